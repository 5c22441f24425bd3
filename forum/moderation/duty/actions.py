"""The rota and the days somebody is away."""

from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from forum import changes, log
from forum.communities.models import Community, Membership, Role
from forum.communities.steps import hold, only_for_stewards
from forum.moderation import who
from forum.moderation.duty.models import Away, Turn
from forum.moderation.duty.queries import rota
from forum.web.errors import Refusal

MOST_AWAY = 20  # stretches one keeps at a time
LONGEST_AWAY = timedelta(days=366)


@changes.writing()
def move_turn(*, by: Member, community: Community, member: Member, up: bool) -> None:
    """One place earlier or later in the rota. For stewards; Refusal for others, and for who takes no turns."""
    community = hold(community)
    only_for_stewards(by, community)
    members = rota(community)
    if member not in members:
        raise Refusal(_("This person takes no turns in this community."))
    here = members.index(member)
    there = here + (-1 if up else 1)
    if not 0 <= there < len(members):
        return
    members[here], members[there] = members[there], members[here]
    Turn.objects.filter(community=community).delete()
    Turn.objects.bulk_create(Turn(community=community, member=each, position=n) for n, each in enumerate(members))
    log.enter("duty.changed", by=by, community=community.pk, house=community)
    _tell(community)


@changes.writing()
def go_away(*, member: Member, first: date, last: date) -> Away:
    """Takes no turn from `first` to `last`, both counted in. The same days again are the same row; Refusal for days
    that are over, the wrong way round or more than a year (field "last"), and for who takes no turns anywhere."""
    if not who.moderated_by(member).exists():
        raise Refusal(_("Only those who take turns can be away from them."))
    if last < first:
        raise Refusal(_("The last day is before the first one."), field="last")
    if last < timezone.localdate():
        raise Refusal(_("These days are over already."), field="last")
    if last - first > LONGEST_AWAY:
        raise Refusal(_("That is longer than a year. Hand your role to somebody else for so long."), field="last")
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    if standing := Away.objects.filter(member=member, first=first, last=last).first():
        return standing
    if Away.objects.filter(member=member, last__gte=timezone.localdate()).count() >= MOST_AWAY:
        raise Refusal(_("There are many stretches already. Remove one first."), field="last")
    row = Away.objects.create(member=member, first=first, last=last)
    _tell_all(member)
    return row


@changes.writing()
def come_back(*, member: Member, away: int) -> None:
    """These days after all. One's own only; gone already is fine."""
    if Away.objects.filter(pk=away, member=member).delete()[0]:
        _tell_all(member)


def _tell_all(member: Member) -> None:
    for community in who.moderated_by(member).order_by("pk"):
        log.enter("duty.changed", by=member, community=community.pk, house=community)
        _tell(community)


def _tell(community: Community) -> None:
    """The pages of those who see the rota."""
    rows = Membership.objects.filter(community=community).exclude(role=Role.MEMBER)
    for pk in rows.order_by("member").values_list("member", flat=True):
        changes.record(f"member:{pk}", "duty.changed", community=community.pk)
