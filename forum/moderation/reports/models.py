"""Reports, gathered into cases: one open case a thing, however many report it.

The words follow the Digital Services Act (Regulation (EU) 2022/2065): article 16 says what a notice holds.
"""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forum.communities.models import Community
from forum.log.targets import TARGETS, Targeted, exactly_one


class Urgency(models.IntegerChoices):
    USUAL = 1, _("usual")
    URGENT = 2, _("urgent")
    DANGER = 3, _("danger to life")


class Level(models.IntegerChoices):
    """Who is asked: the moderators; when nobody claimed it, or it is about them, the stewards, the administrators."""

    MODERATORS = 1, _("moderators")
    STEWARDS = 2, _("stewards")
    ADMINISTRATORS = 3, _("administrators")


class Case(Targeted):
    """What needs a human's look: reports of one thing, and what was decided. `community` None: the whole site's."""

    community = models.ForeignKey(Community, null=True, on_delete=models.PROTECT, related_name="cases")
    opened_at = models.DateTimeField(default=timezone.now)
    urgency = models.PositiveSmallIntegerField(choices=Urgency.choices, default=Urgency.USUAL)
    level = models.PositiveSmallIntegerField(choices=Level.choices, default=Level.MODERATORS)
    # Of a case that climbed by itself: where it began. It is asked of more people then, and taken from nobody.
    begins = models.PositiveSmallIntegerField(choices=Level.choices, null=True)
    claimed_by = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    claimed_at = models.DateTimeField(null=True)
    follow_up_at = models.DateTimeField(null=True, help_text="looked at again then, e.g. a day after asking to reword")
    closed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            exactly_one(TARGETS, "one_target_a_case"),
            *(
                models.UniqueConstraint(fields=[name], condition=Q(closed_at=None), name=f"one_open_case_a_{name}")
                for name in TARGETS
            ),
        ]
        indexes = [models.Index(fields=["community", "closed_at"], name="cases_of_community")]

    def __str__(self) -> str:
        return f"case {self.pk} ({self.target_kind} {self.target_id})"


class Report(models.Model):
    class Ground(models.TextChoices):
        ADVERTISING = "advertising", _("advertising or spam")
        INSULT = "insult", _("an insult or an attack on a person")
        HATE = "hate", _("hatred against a group of people")
        PRIVACY = "privacy", _("somebody's private life, data or picture")
        RIGHTS = "rights", _("a text or picture used without permission")
        DECEPTION = "deception", _("deceit or fraud")
        MINORS = "minors", _("sexual abuse of children")
        DANGER = "danger", _("danger to somebody's life")
        OTHER = "other", _("something else that is not allowed")

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="reports")
    at = models.DateTimeField(default=timezone.now)
    ground = models.CharField(max_length=12, choices=Ground.choices)
    words = models.TextField(max_length=5000, blank=True)
    address = models.URLField(max_length=500, help_text="exactly where it stood")
    revision = models.PositiveIntegerField(null=True, help_text="of the post, as it was reported")
    # A member, or somebody without an account, unnamed only for the offences that article 16(2)(c) excepts.
    member = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    language = models.CharField(max_length=5)
    is_good_faith = models.BooleanField(default=False)
    is_trusted = models.BooleanField(default=False, help_text="by a trusted flagger, article 22")
    # The same form submitted twice is one report. The tracking token is made of it, so that nobody need keep that.
    submission = models.UUIDField(default=uuid.uuid4, unique=True)
    digest = models.CharField(max_length=64, unique=True, help_text="SHA-256 of the tracking token, hex")
    answered_at = models.DateTimeField(null=True, help_text="the reporter was told the decision")
    unfounded_at = models.DateTimeField(null=True, help_text="found manifestly unfounded, article 23(2)")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "member"], condition=Q(member__isnull=False), name="one_report_each"
            ),
        ]

    def __str__(self) -> str:
        return f"report {self.pk} of case {self.case_id}"
