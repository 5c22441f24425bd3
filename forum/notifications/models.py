"""What happened and waits to be told, what was told to whom, and what each member chose to hear of."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

MOST_TOLD = 100  # happenings a line tells apart; of older ones it knows how many they were


class HappeningQuerySet(models.QuerySet["Happening"]):
    def due(self) -> "HappeningQuerySet":
        return self.filter(done_at=None, due_at__lte=timezone.now()).order_by("pk")


class Happening(models.Model):
    """ "This happened": one row, written with the deed. The worker spreads it to the members it concerns."""

    kind = models.CharField(max_length=30)
    topic = models.CharField(max_length=12, help_text="what it is gathered under: thread, method, community …")
    topic_id = models.BigIntegerField()
    community = models.ForeignKey("forum.Community", null=True, on_delete=models.CASCADE, related_name="+")
    actor = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    about = models.BigIntegerField(default=0, help_text="the post, the try … itself")
    more = models.JSONField(default=dict, blank=True)
    at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    # Where the worker stands: everybody up to this member has been told.
    told_to = models.BigIntegerField(default=0)
    attempts = models.PositiveIntegerField(default=0, help_text="that failed")
    due_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True, blank=True)

    objects = HappeningQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["due_at"], condition=Q(done_at=None), name="happenings_waiting"),
            models.Index(fields=["kind", "about"], name="happenings_about"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} in {self.topic} {self.topic_id}"


class Line(models.Model):
    """What one member is told of one thread (or method, or decision): gathered until it is read, then begun anew.

    `told`: [[happening, reason, actor or 0, about], …], oldest first; `older`: {reason: how many} before those.
    """

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    topic = models.CharField(max_length=12)
    topic_id = models.BigIntegerField()
    community = models.ForeignKey("forum.Community", null=True, on_delete=models.CASCADE, related_name="+")
    told = models.JSONField(default=list)
    older = models.JSONField(default=dict)
    rings = models.BooleanField(default=True, help_text="counts on the bell")
    last_at = models.DateTimeField(default=timezone.now)
    read_at = models.DateTimeField(null=True, blank=True)

    shown: Any  # registry.Shown, when a page prints it

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "topic", "topic_id"], name="one_line_a_topic")]
        indexes = [
            models.Index(fields=["topic", "topic_id", "member"], name="lines_of_topic"),
            models.Index(fields=["member", "-last_at"], name="lines_of_member"),
            models.Index(fields=["member"], condition=Q(read_at=None), name="lines_unread"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.topic_id} for {self.member_id}"

    @property
    def counts(self) -> dict[str, int]:
        """{reason: how many}"""
        counts = dict(self.older)
        for _happening, reason, _actor, _about in self.told:
            counts[reason] = counts.get(reason, 0) + 1
        return counts

    def add(self, happening: Happening, reason: str, *, rings: bool) -> bool:
        """Tells one thing more, on a line that was read before as its first. False when it was told already."""
        if any(entry[0] == happening.pk for entry in self.told):
            return False
        if self.read_at:
            self.told, self.older, self.rings, self.read_at = [], {}, False, None
        fresh = not self.told
        self.told = sorted([*self.told, [happening.pk, reason, happening.actor_id or 0, happening.about]])
        for _happening, left, _actor, _about in self.told[:-MOST_TOLD]:
            self.older[left] = self.older.get(left, 0) + 1
        self.told = self.told[-MOST_TOLD:]
        self.rings = self.rings or rings
        self.last_at = happening.at if fresh else max(self.last_at, happening.at)
        return True

    def drop(self, *, happening: int = 0, actor: int = 0) -> bool:
        """Tells one thing (or one person's) less; False when there was nothing of it."""
        kept = [entry for entry in self.told if entry[0] != happening and (not actor or entry[2] != actor)]
        changed = len(kept) != len(self.told)
        self.told = kept
        return changed


class Level(models.TextChoices):
    """How much one wants to hear of a community."""

    EVERYTHING = "everything", _("Everything")
    CONCERNS = "concerns", _("What concerns me")
    WEEKLY = "weekly", _("Quietly")
    NOTHING = "nothing", _("Nothing")


class CommunityChoice(models.Model):
    """Only where somebody chose; else it is what concerns them."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    community = models.ForeignKey("forum.Community", on_delete=models.CASCADE, related_name="+")
    level = models.CharField(max_length=12, choices=Level.choices)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "community"], name="one_choice_a_community")]
        indexes = [models.Index(fields=["community", "level"], name="choices_of_community")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.level} of {self.community_id}"


class Following(models.Model):
    """What somebody chose for a single thread or section; without one, threads one wrote in are followed."""

    class How(models.TextChoices):
        WATCH = "watch", _("Watch")
        DIRECT = "direct", _("Only what is said to me")
        MUTE = "mute", _("Mute")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="followings")
    topic = models.CharField(max_length=12)
    topic_id = models.BigIntegerField()
    how = models.CharField(max_length=8, choices=How.choices)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "topic", "topic_id"], name="one_following_a_topic")]
        indexes = [models.Index(fields=["topic", "topic_id", "how"], name="followers_of_topic")]

    def __str__(self) -> str:
        return f"{self.member_id} {self.how} {self.topic} {self.topic_id}"


class PersonMute(models.Model):
    """`member` wants no notices of what `muted` does. Nobody else learns of it."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    muted = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["member", "muted"], name="one_mute_a_person")]

    def __str__(self) -> str:
        return f"{self.member_id} muted {self.muted_id}"
