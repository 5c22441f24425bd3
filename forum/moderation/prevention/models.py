"""What a community does by itself before a text is read by others: each effect is remembered, so that its errors can be
counted."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.communities.models import Community
from forum.moderation.reports.models import Case
from forum.threads.holding.models import HeldText


class Guard(models.Model):
    """How a community meets newcomers nobody invited. Without a row: as it meets everybody."""

    community = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="guard")
    first_posts = models.PositiveSmallIntegerField(default=0, help_text="so many of their first texts are held")
    links = models.PositiveSmallIntegerField(null=True, help_text="most links in a text of theirs; None: as everybody")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    def __str__(self) -> str:
        return f"guard of {self.community_id}"


class Watchword(models.Model):
    """Words, or the name of a site that is linked to. Never changed: taken out, and another one put in."""

    class Kind(models.TextChoices):
        WORDS = "words", _("words")
        LINK = "link", _("links to a site")

    class Effect(models.TextChoices):
        FLAG = "flag", _("show it to the moderators")
        HOLD = "hold", _("hold it until a moderator has read it")
        REFUSE = "refuse", _("do not take it, and say why")

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="watchwords")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    pattern = models.CharField(max_length=120)
    effect = models.CharField(max_length=8, choices=Effect.choices)
    reply = models.CharField(max_length=300, blank=True, help_text="said to the writer of what is not taken")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    retired_at = models.DateTimeField(null=True)
    retired_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return self.pattern


class Catch(models.Model):
    """Something the house did by itself. Whether it was right is what a human decided of it afterwards."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="catches")
    watchword = models.ForeignKey(Watchword, null=True, on_delete=models.PROTECT, related_name="catches")
    effect = models.CharField(max_length=8, choices=Watchword.Effect.choices)
    at = models.DateTimeField(default=timezone.now)
    held = models.OneToOneField(HeldText, null=True, on_delete=models.CASCADE, related_name="catch")
    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="catches")

    def __str__(self) -> str:
        return f"{self.effect} {self.pk}"
