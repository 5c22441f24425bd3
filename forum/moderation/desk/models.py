"""What moderators leave for each other: notes beside a case or a complaint, and sentences they use again."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from forum.communities.models import Community
from forum.moderation.decisions.models import Complaint
from forum.moderation.reports.models import Case


class CaseNote(models.Model):
    """For those who decide, and nobody else: about a case, or about a complaint."""

    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="notes")
    complaint = models.ForeignKey(Complaint, null=True, on_delete=models.PROTECT, related_name="notes")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField(max_length=2000)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(case__isnull=False, complaint=None) | Q(case=None, complaint__isnull=False),
                name="one_thing_a_note",
            )
        ]

    def __str__(self) -> str:
        return f"note {self.pk} by {self.by_id}"


class SavedReply(models.Model):
    """A sentence one writes often, in one language. `community` None: for every desk of the site."""

    community = models.ForeignKey(Community, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    language = models.CharField(max_length=5, choices=settings.LANGUAGES)
    title = models.CharField(max_length=80)
    text = models.TextField(max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["language", "title", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["community", "language", "title"], name="one_saved_reply_a_title"),
            models.UniqueConstraint(
                fields=["language", "title"], condition=Q(community=None), name="one_saved_reply_of_the_site"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.language})"
