"""Communities, who belongs to them, and the ways in."""

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.web.language import in_my_language

if TYPE_CHECKING:
    from accounts.models import Member


class Audience(models.TextChoices):
    """Who may read. Also stored on every thread and post, as it was when it was written."""

    ANYONE = "anyone", _("anyone")
    MEMBERS = "members", _("members of the community")


class Joining(models.TextChoices):
    OPEN = "open", _("open to everyone")
    REQUEST = "request", _("by request")
    INVITATION = "invitation", _("by invitation")


class Accent(models.TextChoices):
    CORAL = "coral", _("coral")
    AMBER = "amber", _("amber")
    MOSS = "moss", _("moss")
    TURQUOISE = "turquoise", _("turquoise")
    COBALT = "cobalt", _("cobalt")
    VIOLET = "violet", _("violet")


class Role(models.TextChoices):
    MEMBER = "member", _("member")
    MODERATOR = "moderator", _("moderator")
    STEWARD = "steward", _("steward")


class CommunityQuerySet(models.QuerySet["Community"]):
    def visible_to(self, viewer: Any) -> "CommunityQuerySet":
        """What the viewer may read: open communities, and those the viewer belongs to."""
        if not viewer.is_authenticated:
            return self.filter(audience=Audience.ANYONE)
        mine = Membership.objects.filter(member_id=viewer.pk).values("community")
        return self.filter(Q(audience=Audience.ANYONE) | Q(pk__in=mine))

    def with_my_role(self, viewer: Any) -> "CommunityQuerySet":
        """Annotates `my_role`: a Role, or None for outsiders."""
        mine = Membership.objects.filter(community=models.OuterRef("pk"), member_id=viewer.pk or 0)
        # A variable, here and below: the type checker takes a keyword for a second declaration of the attribute.
        annotation: dict[str, Any] = {"my_role": models.Subquery(mine.values("role")[:1])}
        return self.annotate(**annotation)

    def with_member_count(self) -> "CommunityQuerySet":
        """Annotates `member_count`."""
        members = Membership.objects.filter(community=models.OuterRef("pk")).order_by().values("community")
        count = models.Subquery(members.annotate(n=models.Count("pk")).values("n"))
        annotation: dict[str, Any] = {"member_count": Coalesce(count, 0)}
        return self.annotate(**annotation)

    def doors_for(self, viewer: Any) -> "CommunityQuerySet":
        """What a signed-in outsider may know of and ask for without being able to read it."""
        if not viewer.is_authenticated:
            return self.none()
        mine = Membership.objects.filter(member_id=viewer.pk).values("community")
        return self.filter(audience=Audience.MEMBERS, in_directory=True).exclude(pk__in=mine)


class Community(models.Model):
    slug = models.SlugField(max_length=60, unique=True)
    names = models.JSONField(help_text="{language: name}")
    descriptions = models.JSONField(default=dict, blank=True, help_text="{language: one paragraph}")
    welcomes = models.JSONField(default=dict, blank=True, help_text="{language: text for those who just joined}")
    accent = models.CharField(max_length=12, choices=Accent.choices, default=Accent.COBALT)
    audience = models.CharField(max_length=12, choices=Audience.choices)
    joining = models.CharField(max_length=12, choices=Joining.choices)
    # May people outside know it exists, so that they can ask to join? Only by the steward's choice.
    in_directory = models.BooleanField(default=False)
    created_at = models.DateTimeField(default=timezone.now)

    objects = CommunityQuerySet.as_manager()

    # Annotated by with_my_role() and with_member_count(); absent otherwise.
    my_role: str | None
    member_count: int

    class Meta:
        verbose_name_plural = "communities"

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return f"/c/{self.slug}/"

    @property
    def name(self) -> str:
        return in_my_language(self.names) or self.slug

    @property
    def description(self) -> str:
        return in_my_language(self.descriptions)

    @property
    def welcome(self) -> str:
        return in_my_language(self.welcomes)

    @property
    def is_open(self) -> bool:
        return self.audience == Audience.ANYONE

    @property
    def is_closed(self) -> bool:
        """Read-only since its closing."""
        return hasattr(self, "closing")


class FormerSlug(models.Model):
    """An address a community used to have: it redirects for ever and is never given away."""

    slug = models.SlugField(max_length=60, unique=True)
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="former_slugs")

    def __str__(self) -> str:
        return self.slug


class Deed(models.Model):
    """State as a record: that it is so, since when, by whom and why."""

    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=300, blank=True)

    class Meta:
        abstract = True


class Closing(Deed):
    """The community is read-only."""

    community = models.OneToOneField(Community, on_delete=models.CASCADE, related_name="closing")

    def __str__(self) -> str:
        return f"{self.community_id} closed"


class Section(models.Model):
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="sections")
    names = models.JSONField(help_text="{language: name}")
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        return in_my_language(self.names)


class Membership(models.Model):
    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="memberships")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role.choices, default=Role.MEMBER)
    since = models.DateTimeField(default=timezone.now)

    role_line: str  # as far as the viewer may read it; only on rows of queries.members_page()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "member"], name="one_membership_each")]
        indexes = [models.Index(fields=["member", "community"], name="memberships_of_member")]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.community_id} as {self.role}"


class Departure(Deed):
    """Somebody left (`by` themselves) or was removed (`by` a steward, with a reason)."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="departures")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="departures")

    def __str__(self) -> str:
        return f"{self.member_id} left {self.community_id}"


class JoinRequest(models.Model):
    class Outcome(models.TextChoices):
        WAITING = "waiting", _("waiting")
        APPROVED = "approved", _("approved")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="requests")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="join_requests")
    note = models.CharField(max_length=1000, blank=True)
    at = models.DateTimeField(default=timezone.now)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, default=Outcome.WAITING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["community", "member"], condition=Q(outcome="waiting"), name="one_waiting_request"
            )
        ]

    def __str__(self) -> str:
        return f"{self.member_id} asks for {self.community_id}: {self.outcome}"


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def still_open(self) -> "InvitationQuerySet":
        return self.filter(accepted_at=None, withdrawn_at=None, expires_at__gt=timezone.now())


class Invitation(models.Model):
    """One person's way in: bound to an address, single use, seven days. Only a digest of its token is kept."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField()
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the token, hex")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True, help_text="the mail server took the mail")
    accepted_by: "models.ForeignKey[Member | None, Member | None]" = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.SET_NULL, related_name="+"
    )
    accepted_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    def __str__(self) -> str:
        return f"invitation {self.pk} to {self.community_id}"
