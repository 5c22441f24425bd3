"""Plans and their revisions, who plans together, and which methods a plan names."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from forum.communities.models import Audience, Community, Deed, Membership
from forum.methods.models import Method, MethodVersion
from forum.methods.vocabularies import Licence
from forum.plans.outline import PLAYLIST, SESSION, Outline
from forum.web.language import address_words

#: Pages beside a plan's own: a plan with such a title is not hidden by them.
PAGES = frozenset({"edit", "run-sheet", "shopping-list", "handout", "copies", "planners", "removal"})


class Readers(models.TextChoices):
    """Who may see a plan; never more people than its community has readers."""

    PLANNERS = "planners", _("only those who plan")
    MEMBERS = Audience.MEMBERS.value, Audience.MEMBERS.label
    ANYONE = Audience.ANYONE.value, Audience.ANYONE.label


class Kind(models.TextChoices):
    SESSION = SESSION, _("A session: with times, breaks and who does what")
    PLAYLIST = PLAYLIST, _("A list of methods, with a sentence on each")


class PlanQuerySet(models.QuerySet["Plan"]):
    def visible_to(self, viewer: Any) -> "PlanQuerySet":
        """One's own; those of one's fellow planners; those shown to a community one reads."""
        standing = self.filter(removal=None)
        anyone = Q(readers=Readers.ANYONE, community__audience=Audience.ANYONE)
        if not viewer.is_authenticated:
            return standing.filter(anyone)
        inside = Membership.objects.filter(member_id=viewer.pk).values("community")
        shown = Q(readers__in=[Readers.ANYONE, Readers.MEMBERS], community__in=inside)
        planned = PlanEditor.objects.filter(member_id=viewer.pk).values("plan")
        # A copy of a members' plan goes dark for planners who left; its owner keeps it, as one keeps one's own words.
        still_in = Q(kept_in=None) | Q(kept_in__in=inside)
        ours = Q(owner_id=viewer.pk) | Q(readers=Readers.PLANNERS, pk__in=planned) & still_in
        return standing.filter(anyone | shown | ours)


class Plan(models.Model):
    """What stands still (whose, for whom, its rights, of which it is a copy), and what lists ask of the present
    revision, copied here by actions."""

    owner = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="plans")
    community = models.ForeignKey(Community, null=True, blank=True, on_delete=models.CASCADE, related_name="plans")
    readers = models.CharField(max_length=12, choices=Readers.choices, default=Readers.PLANNERS)
    licence = models.CharField(max_length=20, choices=Licence.choices)
    made_at = models.DateTimeField(default=timezone.now)
    changed_at = models.DateTimeField(default=timezone.now)
    revision = models.PositiveIntegerField(default=1, help_text="the number of the present one")

    title = models.CharField(max_length=100)
    language = models.CharField(max_length=5)
    kind = models.CharField(max_length=10, choices=Kind.choices)
    day = models.DateField(null=True, blank=True)

    source = models.ForeignKey(
        "self", null=True, blank=True, on_delete=models.SET_NULL, related_name="copies", help_text="it is a copy of"
    )
    # Words that were for the members of one community stay with them, however often they are copied.
    kept_in = models.ForeignKey(Community, null=True, blank=True, on_delete=models.CASCADE, related_name="+")
    submission = models.UUIDField(null=True, blank=True)

    objects = PlanQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["owner", "submission"], name="one_plan_a_submission"),
            models.CheckConstraint(
                condition=Q(readers=Readers.PLANNERS, community=None)
                | Q(readers__in=[Readers.MEMBERS, Readers.ANYONE], community__isnull=False),
                name="shown_plans_have_a_community",
            ),
        ]
        indexes = [models.Index(fields=["community", "-changed_at"], name="plans_of_community")]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return f"/plans/{self.pk}/{self.slug}/"

    @property
    def slug(self) -> str:
        words = address_words(self.title)
        return f"{words}-plan" if words in PAGES else words

    @property
    def file_name(self) -> str:
        """Of its downloads, without the ending."""
        return f"plan-{self.pk}" if self.slug == "-" else self.slug

    @property
    def is_session(self) -> bool:
        return self.kind == SESSION

    @property
    def readers_now(self) -> str:
        """Who may see it: an open community may have closed since."""
        if self.readers == Readers.ANYONE and self.community and not self.community.is_open:
            return Readers.MEMBERS
        return self.readers

    @property
    def may_be_copied(self) -> bool:
        return self.licence != Licence.READ_ONLY


class PlanRevisionQuerySet(models.QuerySet["PlanRevision"]):
    def present(self) -> "PlanRevisionQuerySet":
        return self.filter(number=F("plan__revision"))


class PlanRevision(models.Model):
    """One state of a plan, whole. It never changes."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    content = models.JSONField(help_text="Outline.to_json()")
    editor = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = PlanRevisionQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="one_plan_revision_a_number")]

    def __str__(self) -> str:
        return f"{self.plan_id} rev {self.number}"

    @cached_property
    def outline(self) -> Outline:
        return Outline.from_json(self.content)


class PlanMethod(models.Model):
    """The present revision names this method: its page hears when the method changes."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="named")
    method = models.ForeignKey(Method, on_delete=models.CASCADE, related_name="in_plans")
    version = models.ForeignKey(MethodVersion, on_delete=models.CASCADE, related_name="in_plans")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "version"], name="one_version_a_plan")]

    def __str__(self) -> str:
        return f"{self.version_id} in {self.plan_id}"


class PlanEditorQuerySet(models.QuerySet["PlanEditor"]):
    def planning(self, plan: Plan) -> "PlanEditorQuerySet":
        """Of a plan shown to a community, or kept in one, those who belong to it still."""
        rows, home = self.filter(plan=plan), plan.community_id or plan.kept_in_id
        return rows.filter(member__memberships__community=home) if home else rows


class PlanEditor(models.Model):
    """Somebody plans along, named by the owner."""

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="editors")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="plans_along")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    objects = PlanEditorQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "member"], name="one_planner_a_plan")]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.plan_id}"


class PlanRemoval(Deed):
    """Its owner, or a moderator of the community that saw it, took it away."""

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="removal")

    def __str__(self) -> str:
        return f"{self.plan_id} removed"
