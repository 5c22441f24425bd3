"""Drafts: text that is not published yet and must not be lost."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.dateformat import format as format_date
from django.utils.translation import get_language


class Draft(models.Model):
    """One member's unfinished text at one place: `thread:12` (reply), `community:3` (new thread), `post:55` (edit)."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="drafts")
    place = models.CharField(max_length=60)
    title = models.CharField(max_length=300, blank=True)
    body = models.TextField(blank=True)
    body_format = models.CharField(max_length=10, default="markdown")
    fields = models.JSONField(default=dict, blank=True, help_text="{name: what was typed} of a form of many fields")
    based_on = models.PositiveIntegerField(default=0, help_text="for an edit: the revision it started from")
    saved_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "place"], name="one_draft_a_place")]

    def __str__(self) -> str:
        return f"draft of {self.member_id} at {self.place}"

    @property
    def saved_words(self) -> str:
        """When it was saved: "14:02", and with its day when that was not today: "21 November, 14:02"."""
        saved = timezone.localtime(self.saved_at)
        if saved.date() == timezone.localdate():
            return format_date(saved, "H:i")
        return format_date(saved, "j. F, H:i" if get_language() == "de" else "j E, H:i")
