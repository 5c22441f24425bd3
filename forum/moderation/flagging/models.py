"""Whose reports come first, and whose have to wait (Digital Services Act, articles 22 and 23)."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.communities.models import Deed


class TrustedFlagger(Deed):
    """A member, an address, or everybody at a domain (`@police.example`). `reason`: why, e.g. who awarded it."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=254, blank=True, help_text="lower case; a domain with its @")
    ended_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(member__isnull=True) & ~Q(address="") | Q(member__isnull=False, address=""),
                name="a_flagger_is_one",
            ),
            models.UniqueConstraint(
                fields=["member"], condition=Q(ended_at=None, member__isnull=False), name="trusted_once_a_member"
            ),
            models.UniqueConstraint(
                fields=["address"], condition=Q(ended_at=None) & ~Q(address=""), name="trusted_once_an_address"
            ),
        ]

    def __str__(self) -> str:
        return self.address or f"member {self.member_id}"


class ReporterStep(models.Model):
    """What followed from reports that were manifestly unfounded: first a warning, later a pause."""

    class Kind(models.TextChoices):
        WARNING = "warning", _("warned")
        PAUSE = "pause", _("paused")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="+")
    email = models.EmailField(blank=True, help_text="lower case; of somebody without an account")
    kind = models.CharField(max_length=8, choices=Kind.choices)
    at = models.DateTimeField(default=timezone.now)
    until = models.DateTimeField(null=True, help_text="of a pause")
    # The finding it followed from: taken back with it.
    report = models.ForeignKey("forum.Report", on_delete=models.PROTECT, related_name="+")
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(member__isnull=False) | ~Q(email=""), name="a_step_is_somebodys"),
            models.CheckConstraint(condition=~Q(kind="pause") | Q(until__isnull=False), name="a_pause_ends"),
        ]
        indexes = [models.Index(fields=["email"], name="steps_of_an_address")]

    def __str__(self) -> str:
        return f"{self.kind} {self.pk}"
