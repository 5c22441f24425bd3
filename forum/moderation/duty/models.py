"""Whose turn it is, who is away, and who was asked to look at a case."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from forum.communities.models import Community
from forum.moderation.reports.models import Case, Level


class Turn(models.Model):
    """A moderator's place in the community's rota. Those without one come after, as they came to the role."""

    community = models.ForeignKey(Community, on_delete=models.CASCADE, related_name="turns")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="turns")
    position = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["community", "member"], name="one_turn_each")]

    def __str__(self) -> str:
        return f"{self.member_id} in {self.community_id}: {self.position}"


class Away(models.Model):
    """Days on which a member takes no turn, in any community; the last one counts in. By themselves."""

    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="away")
    first = models.DateField()
    last = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(last__gte=F("first")), name="away_ends_after_it_begins")]
        indexes = [models.Index(fields=["member", "last"], name="away_of_member")]

    def __str__(self) -> str:
        return f"{self.member_id} away {self.first} to {self.last}"


class Call(models.Model):
    """Somebody was asked to look at a case: once, on the level it stood on then."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="calls")
    member = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    level = models.PositiveSmallIntegerField(choices=Level.choices)
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "member"], name="one_call_a_case")]

    def __str__(self) -> str:
        return f"{self.member_id} asked about {self.case_id}"
