"""One row for each thing that can be found. Its terms stand beside it where the database can look for them:
`forum_searchterms` on SQLite, the column `vector` on PostgreSQL (migration 0004)."""

from django.db import models
from django.utils import timezone


class SearchDocument(models.Model):
    kind = models.CharField(max_length=12)
    object_id = models.BigIntegerField()
    community = models.ForeignKey("forum.Community", on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=5)
    changed_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "object_id"], name="one_document_a_thing")]

    def __str__(self) -> str:
        return f"{self.kind} {self.object_id}"
