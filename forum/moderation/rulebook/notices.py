"""What members are told of their community's rules."""

from collections.abc import Callable, Iterable

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Member
from forum import notifications
from forum.communities.models import Community
from forum.moderation.rulebook.actions import CHANGED
from forum.notifications import Kind, Reach, Reason, Shown, Topic
from forum.notifications.models import Happening


def register(readers: Callable[[int, Iterable[int]], set[int]]) -> None:
    notifications.register_topic("rules", Topic(Community.objects.visible_to, readers, _rules))
    notifications.register(CHANGED, Kind("rules", (RULES,)))


def _members(happening: Happening) -> "QuerySet[Member]":
    inside = Member.objects.filter(memberships__community=happening.topic_id)
    return inside.exclude(pk=happening.actor_id or 0)


def _rules(pks: Iterable[int]) -> dict[int, Shown]:
    rows = Community.objects.filter(pk__in=pks)
    return {row.pk: Shown(f"{row.get_absolute_url()}rules/", row.name) for row in rows}


RULES = Reason("rules", _members, lambda _n: _("The rules of this community changed."), Reach.DIRECT)
