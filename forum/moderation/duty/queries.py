"""Whose turn it is."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F
from django.utils import timezone

from accounts.models import Member
from forum.communities.models import Community, Membership, Role
from forum.moderation.duty.models import Away, Turn

SHOWN_WEEKS = 6


@dataclass(frozen=True)
class Week:
    first: date
    members: list[Member]  # the one on duty first, then who comes next


def rota(community: Community) -> list[Member]:
    """Those who take turns, in order: the moderators; in a community without any, the stewards."""
    rows = Membership.objects.filter(community=community, member__is_active=True, member__is_house=False)
    places = dict(Turn.objects.filter(community=community).values_list("member", "position"))
    found = list(rows.exclude(role=Role.MEMBER).select_related("member").order_by("since", "pk"))
    turns = [row for row in found if row.role == Role.MODERATOR] or found
    turns.sort(key=lambda row: places.get(row.member_id, len(places) + 1000))
    return [row.member for row in turns]


def away_on(members: list[Member], first: date, last: date) -> list[Away]:
    """Every stretch of theirs that touches these days."""
    return list(Away.objects.filter(member__in=members, first__lte=last, last__gte=first))


def on_duty(community: Community, today: date) -> list[Member]:
    """Today: the one whose turn it is, then the others in the order they are asked. Nobody who is away."""
    members = rota(community)
    away = {row.member_id for row in away_on(members, today, today)}
    return [member for member in turned(members, today) if member.pk not in away]


def turned(members: list[Member], day: date) -> list[Member]:
    """The rota as it stands in this day's week, which begins on Monday."""
    begin = (day.toordinal() - 1) // 7 % len(members) if members else 0  # day 1 was a Monday
    return members[begin:] + members[:begin]


def weeks(community: Community, today: date) -> list[Week]:
    """This week and the next ones, where they differ; who is away all the rest of a week is left out."""
    monday = today - timedelta(days=today.weekday())
    members = rota(community)
    away = away_on(members, monday, monday + timedelta(weeks=SHOWN_WEEKS))
    found = []
    for n in range(SHOWN_WEEKS if len(members) > 1 or away else 1):
        first = monday + timedelta(weeks=n)
        begin, end = max(first, today), first + timedelta(days=6)
        gone = {row.member_id for row in away if row.first <= begin and row.last >= end}
        found.append(Week(first, [member for member in turned(members, first) if member.pk not in gone]))
    return found


def coming_away(members: list[Member]) -> list[Away]:
    """Stretches that are not over yet, the nearest first."""
    today = timezone.localdate()
    rows = Away.objects.filter(member__in=members, last__gte=today).annotate(name=F("member__display_name"))
    return list(rows.order_by("first", "pk"))
