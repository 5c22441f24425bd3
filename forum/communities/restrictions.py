"""What a member may not do for a while: write in a community or anywhere, or sign in; and what of them is shown."""

from datetime import datetime

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Member
from forum.communities.models import Community, Deed
from forum.templatetags.courtyard import day_words


class RestrictionQuerySet(models.QuerySet["Restriction"]):
    def standing(self) -> "RestrictionQuerySet":
        ended = models.Q(until__isnull=False, until__lte=timezone.now()) | models.Q(lifted_at__isnull=False)
        return self.exclude(ended)

    def pausing(self, community: int | OuterRef | None) -> "RestrictionQuerySet":
        """Those under which nothing is written in this community, the longest first; None: where no community is."""
        rows = self.standing().filter(kind=Restriction.Kind.WRITING)
        rows = rows.filter(Q(community=None) | Q(community=community) if community else Q(community=None))
        return rows.order_by(F("until").desc(nulls_first=True), "pk")


class Restriction(Deed):
    class Kind(models.TextChoices):
        WRITING = "writing", gettext_lazy("may read, not write")
        SUSPENSION = "suspension", gettext_lazy("suspended")

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="restrictions")
    # None: everywhere. A suspension is always of the whole site.
    community = models.ForeignKey(Community, null=True, on_delete=models.CASCADE, related_name="restrictions")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    until = models.DateTimeField(null=True, help_text="None: for good")
    lifted_at = models.DateTimeField(null=True)
    # Where its statement of reasons stands.
    decision = models.ForeignKey("forum.Decision", null=True, on_delete=models.PROTECT, related_name="restrictions")

    objects = RestrictionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["member", "community"], name="restrictions_of_member")]

    def __str__(self) -> str:
        return f"{self.member_id}: {self.kind}"

    @property
    def until_words(self) -> str:
        return in_words(self.until) if self.until else ""

    @property
    def statement_url(self) -> str:
        return f"/decisions/{self.decision_id}/" if self.decision_id else ""

    @property
    def words(self) -> str:
        """Why this member cannot write now, until when, and where the reasons stand."""
        address = settings.SITE_URL + self.statement_url
        if self.until is None:
            words = _("Your writing here was paused by the moderators. You can read everything. Why: %(address)s")
            return words % {"address": address}
        words = _(
            "Your writing here was paused by the moderators until %(until)s. You can read everything. Why: %(address)s"
        )
        return words % {"until": self.until_words, "address": address}


class ProfileHiding(Deed):
    """Of a person nothing is shown but the name."""

    member = models.OneToOneField(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="profile_hiding")

    def __str__(self) -> str:
        return f"profile of {self.member_id} hidden"


def in_words(moment: datetime) -> str:
    """A day and an hour as the reader's clock shows it."""
    local = timezone.localtime(moment)
    return f"{day_words(local)}, {local:%H:%M}"


def why_paused(member: Member, community: Community | None) -> str | None:
    """None, or that this member's writing is paused there; `community` None: outside of all communities."""
    pause = Restriction.objects.pausing(community.pk if community else None).filter(member=member).first()
    return pause.words if pause else None
