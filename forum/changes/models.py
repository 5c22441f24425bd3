"""The journal: what happened, in the order it was committed. Ids only, never text."""

from django.db import models


class Stream(models.Model):
    """Something a page can follow: `thread:12`, `community:3`, `member:7`."""

    key = models.CharField(max_length=60, primary_key=True)
    head = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.key}@{self.head}"


class Change(models.Model):
    stream = models.ForeignKey(Stream, on_delete=models.CASCADE, related_name="changes", db_column="stream")
    n = models.PositiveBigIntegerField()
    kind = models.CharField(max_length=40)
    about = models.JSONField(default=dict, help_text="ids of what it is about")
    at = models.DateTimeField(auto_now_add=True, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "n"], name="one_change_a_number")]

    def __str__(self) -> str:
        return f"{self.stream_id}#{self.n} {self.kind}"
