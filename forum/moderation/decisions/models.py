"""Decisions, with everything a statement of reasons must say (Digital Services Act, article 17), and complaints about
them (article 20)."""

from datetime import datetime, timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.communities.models import Community, Deed
from forum.communities.restrictions import in_words
from forum.log.targets import TARGETS, Targeted, exactly_one
from forum.moderation.reports.models import Case, Report
from forum.moderation.rulebook.models import Clause


class Act(models.TextChoices):
    """In proportion: the mildest first."""

    FINE = "fine", _("leave it as it is")
    REWORD = "reword", _("ask to reword")
    FOLD = "fold", _("fold")
    HIDE = "hide", _("hide")
    WARN = "warn", _("warn its author")
    PAUSE = "pause", _("pause its author's writing")
    REMOVE = "remove", _("remove its author from the community")
    SUSPEND = "suspend", _("suspend its author's account")


COMPLAINTS_FOR = timedelta(days=184)
#: These need a ground, and their addressee a statement of reasons.
RESTRICTIONS = (Act.FOLD, Act.HIDE, Act.WARN, Act.PAUSE, Act.REMOVE, Act.SUSPEND)


class Decision(Targeted):
    """Who decided stays in the log: to its addressee it is signed "moderators of …"."""

    case = models.ForeignKey(Case, null=True, on_delete=models.PROTECT, related_name="decisions")
    community = models.ForeignKey(Community, null=True, on_delete=models.PROTECT, related_name="decisions")
    addressee = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=8, choices=Act.choices)
    is_site_wide = models.BooleanField(default=False, help_text="not in the community alone")
    until = models.DateTimeField(null=True, help_text="None: for good")
    facts = models.TextField(max_length=3000, blank=True)
    clause = models.ForeignKey(Clause, null=True, on_delete=models.PROTECT, related_name="+")
    law = models.CharField(max_length=500, blank=True, help_text="the legal ground, where it is not the rules")
    is_own_initiative = models.BooleanField(default=False, help_text="nobody had reported it")
    is_found_by_machine = models.BooleanField(default=False)
    is_by_machine = models.BooleanField(default=False, help_text="decided without a human")
    language = models.CharField(max_length=5, help_text="of the facts")
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the statement's token, hex")
    effects = models.JSONField(default=dict, blank=True, help_text="ids and values: what it did, to take it back")

    class Meta:
        constraints = [
            exactly_one(TARGETS, "one_target_a_decision"),
            models.CheckConstraint(
                condition=~Q(act__in=[act.value for act in RESTRICTIONS]) | Q(clause__isnull=False) | ~Q(law=""),
                name="a_restriction_has_a_ground",
            ),
        ]
        indexes = [models.Index(fields=["community", "-at"], name="decisions_of_community")]

    def __str__(self) -> str:
        return f"decision {self.pk}: {self.act}"

    def get_absolute_url(self) -> str:
        return f"/decisions/{self.pk}/"

    @property
    def is_restriction(self) -> bool:
        return self.act in RESTRICTIONS

    @property
    def is_reversed(self) -> bool:
        return hasattr(self, "reversal")

    @property
    def complaint_until(self) -> datetime:
        """At least six months, article 20(1)."""
        return self.at + COMPLAINTS_FOR


class Reversal(Deed):
    """The decision holds no more: undone at once by whoever made it, or after a complaint."""

    decision = models.OneToOneField(Decision, on_delete=models.PROTECT, related_name="reversal")

    def __str__(self) -> str:
        return f"{self.decision_id} reversed"


class RewordAskingQuerySet(models.QuerySet["RewordAsking"]):
    def waiting(self) -> "RewordAskingQuerySet":
        return self.filter(settled_at=None, until__gt=timezone.now(), decision__reversal=None)


class RewordAsking(models.Model):
    """ "Ask to reword": the post stands as it is until then; an edit by its author settles it. The sentence is the
    decision's `facts`."""

    decision = models.OneToOneField(Decision, on_delete=models.CASCADE, related_name="asking")
    post = models.ForeignKey("forum.Post", on_delete=models.PROTECT, related_name="askings")
    revision = models.PositiveIntegerField(help_text="of the post, as it was asked about")
    until = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, help_text="its author changed it")

    objects = RewordAskingQuerySet.as_manager()

    def __str__(self) -> str:
        return f"post {self.post_id} to be reworded"

    @property
    def until_words(self) -> str:
        return in_words(self.until)


class Complaint(models.Model):
    """By the addressee, or by somebody who had reported (`report`); decided by another than the decision."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", _("waiting")
        UPHELD = "upheld", _("the decision stands")
        REVERSED = "reversed", _("the decision was taken back")

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="complaints")
    report = models.ForeignKey(Report, null=True, on_delete=models.PROTECT, related_name="complaints")
    at = models.DateTimeField(default=timezone.now)
    words = models.TextField(max_length=5000)
    language = models.CharField(max_length=5)
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.WAITING)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    decided_at = models.DateTimeField(null=True)
    reasons = models.TextField(max_length=3000, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["decision"], condition=Q(report=None), name="one_complaint_of_the_addressee"
            ),
            models.UniqueConstraint(fields=["decision", "report"], name="one_complaint_a_report"),
        ]

    def __str__(self) -> str:
        return f"complaint {self.pk} about decision {self.decision_id}"

    def get_absolute_url(self) -> str:
        return f"/complaints/{self.pk}/"

    @property
    def is_waiting(self) -> bool:
        return self.outcome == self.Outcome.WAITING
