"""What moved where, as records: lines where posts stood, threads that went into others, and moves their authors are
asked about."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.communities.models import Audience, Community, Deed, Section
from forum.threads.models import Thread

#: Silence so long is a no.
ASKED_FOR = timedelta(days=14)


class Leaving(Deed):
    """So many posts went to another thread: one line where they stood, below the post numbered `after`; 0: on top."""

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="leavings")
    target = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="+")
    after = models.PositiveIntegerField()
    count = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.count} of {self.thread_id} to {self.target_id}"


class Merging(Deed):
    """All of `thread` went into another one. It is empty and nobody's to see; its addresses lead to `into`."""

    thread = models.OneToOneField(Thread, on_delete=models.CASCADE, related_name="merging")
    into = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="merged")
    posts = models.JSONField(default=list, help_text="ids in their order, for addresses that name a number")

    def __str__(self) -> str:
        return f"{self.thread_id} into {self.into_id}"


class MoveRequestQuerySet(models.QuerySet["MoveRequest"]):
    def waiting(self) -> "MoveRequestQuerySet":
        return self.filter(outcome=MoveRequest.Outcome.WAITING, until__gt=timezone.now())

    def asking(self, viewer: Any) -> "MoveRequestQuerySet":
        """Those that ask this member for a yes."""
        return self.filter(answers__author=viewer.pk or 0)


def _until() -> datetime:
    return timezone.now() + ASKED_FOR


class MoveRequest(Deed):
    """A thread is to go where others than its authors wrote for could read it: each of them is asked."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("waiting")
        MOVED = "moved", _("moved")
        WITHDRAWN = "withdrawn", _("withdrawn")
        ENDED = "ended", _("ended")  # the time was over and another one was begun

    thread = models.ForeignKey(Thread, on_delete=models.CASCADE, related_name="move_requests")
    # Both as they were when it was asked: a yes was for these readers, and for no others.
    source = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    target = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="+")
    audience = models.CharField(max_length=12, choices=Audience.choices, help_text="of the target")
    section = models.ForeignKey(Section, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    until = models.DateTimeField(default=_until)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    objects = MoveRequestQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["thread"], condition=Q(outcome="waiting"), name="one_waiting_move")
        ]

    def __str__(self) -> str:
        return f"{self.thread_id} to {self.target_id}: {self.outcome}"

    def get_absolute_url(self) -> str:
        return f"/move-requests/{self.pk}/"

    @property
    def is_waiting(self) -> bool:
        return self.outcome == self.Outcome.WAITING and self.until > timezone.now()


class MoveAnswer(models.Model):
    """What one author was asked and said. A yes is for the words as they stood: {post: revision}."""

    class Said(models.TextChoices):
        NOTHING = "", _("no answer yet")
        YES = "yes", _("yes")
        NO = "no", _("no")

    request = models.ForeignKey(MoveRequest, on_delete=models.CASCADE, related_name="answers")
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    said = models.CharField(max_length=3, choices=Said.choices, default=Said.NOTHING, blank=True)
    words = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["request", "author"], name="one_answer_an_author")]

    def __str__(self) -> str:
        return f"{self.author_id} {self.said or 'silent'} on {self.request_id}"
