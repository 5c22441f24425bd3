"""What a member may not do for a while: write in a community or anywhere, or sign in at all."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.communities.models import Community, Deed


class RestrictionQuerySet(models.QuerySet["Restriction"]):
    def standing(self) -> "RestrictionQuerySet":
        ended = models.Q(until__isnull=False, until__lte=timezone.now()) | models.Q(lifted_at__isnull=False)
        return self.exclude(ended)


class Restriction(Deed):
    class Kind(models.TextChoices):
        WRITING = "writing", _("may read, not write")
        SUSPENSION = "suspension", _("suspended")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="restrictions")
    # None: everywhere. A suspension is always of the whole site.
    community = models.ForeignKey(Community, null=True, on_delete=models.CASCADE, related_name="restrictions")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    until = models.DateTimeField(null=True, help_text="None: for good")
    lifted_at = models.DateTimeField(null=True)

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["member", "community"], name="restrictions_of_member")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.kind}"
