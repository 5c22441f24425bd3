"""A community's rules: versions that stand still, with clauses that decisions cite."""

from django.conf import settings
from django.db import models
from django.utils import timezone

from forum.communities.models import Community
from forum.web.language import in_my_language


class RuleBook(models.Model):
    """One version of a community's rules; the highest number is in force."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="rule_books")
    number = models.PositiveIntegerField()
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    note = models.CharField(max_length=300, blank=True, help_text="what changed")
    is_significant = models.BooleanField(default=True, help_text="members were told")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "number"], name="one_rule_book_a_number")]

    def __str__(self) -> str:
        return f"rules of {self.community_id}, version {self.number}"

    def get_absolute_url(self) -> str:
        """Of this version, whatever is in force."""
        return f"{self.community.get_absolute_url()}rules/versions/{self.number}/"


class Clause(models.Model):
    book = models.ForeignKey(RuleBook, on_delete=models.CASCADE, related_name="clauses")
    number = models.PositiveSmallIntegerField(help_text="1, 2, 3 … as cited")
    titles = models.JSONField(help_text="{language: a few words}")
    texts = models.JSONField(default=dict, blank=True, help_text="{language: the rule}")

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["book", "number"], name="one_clause_a_number")]

    def __str__(self) -> str:
        return f"{self.number}. {self.title}"

    def get_absolute_url(self) -> str:
        """As it was cited: the clause of its own version."""
        return f"{self.book.get_absolute_url()}#{self.anchor}"

    @property
    def anchor(self) -> str:
        return f"clause-{self.number}"

    @property
    def title(self) -> str:
        return in_my_language(self.titles)

    @property
    def text(self) -> str:
        return in_my_language(self.texts)
