"""Texts that wait for a human's look before anybody else may read them. They are no posts: nothing can leak them."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.communities.models import Community, Section
from forum.threads.models import Post, Thread


class HeldTextQuerySet(models.QuerySet["HeldText"]):
    def waiting(self) -> "HeldTextQuerySet":
        return self.filter(outcome=HeldText.Outcome.WAITING)


class HeldText(models.Model):
    class Outcome(models.TextChoices):
        WAITING = "waiting", _("waiting")
        RELEASED = "released", _("published")
        RETURNED = "returned", _("sent back")
        WITHDRAWN = "withdrawn", _("taken back")

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="held_texts")
    thread = models.ForeignKey(Thread, null=True, on_delete=models.CASCADE, related_name="held_texts")
    section = models.ForeignKey(Section, null=True, on_delete=models.SET_NULL, related_name="+")
    reply_to = models.ForeignKey(Post, null=True, on_delete=models.SET_NULL, related_name="+")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="held_texts")
    title = models.CharField(max_length=200, blank=True, help_text="of a new thread")
    source = models.TextField()
    format = models.CharField(max_length=10)
    html = models.TextField(help_text="as forum.text cleaned it")
    language = models.CharField(max_length=5)
    submission = models.UUIDField(null=True)
    why = models.JSONField(default=dict, help_text="what held it: {newcomer: true} or {watchword: id, found: words}")
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    words = models.CharField(max_length=500, blank=True, help_text="to its author, when it is sent back")
    post = models.OneToOneField(Post, null=True, on_delete=models.SET_NULL, related_name="held")

    objects = HeldTextQuerySet.as_manager()

    filled: Any  # set by text.fill

    class Meta:
        constraints = [models.UniqueConstraint(fields=["author", "submission"], name="one_held_text_a_submission")]
        indexes = [
            models.Index(fields=["community", "at"], condition=Q(outcome="waiting"), name="held_texts_waiting"),
        ]

    def __str__(self) -> str:
        return f"held text {self.pk}: {self.outcome}"

    def get_absolute_url(self) -> str:
        return f"/held/{self.pk}/"

    @property
    def place(self) -> str:
        """Of its draft."""
        return f"thread:{self.thread_id}" if self.thread_id else f"community:{self.community_id}"
