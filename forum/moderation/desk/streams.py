"""The desk as open pages follow it: `desk:3` of a community's moderators, `desk:0` of the administrators.

Among those who follow may be somebody a case is about. So a change says nothing but that something is different, and
each page asks the server again for what its own reader may see.
"""

from collections.abc import Iterable
from typing import Any

from accounts.models import Member
from forum import changes
from forum.changes.models import Change, Stream
from forum.communities.models import Membership
from forum.moderation import who
from forum.moderation.reports.models import Level
from forum.notifications.queries import ask_beside

MODERATORS = who.ROLES[Level.MODERATORS]
MOST_FOLLOWED = 30  # a socket follows forty streams at the most
_MODERATES = "SELECT 1 FROM forum_membership WHERE member_id = %s AND role IN ('moderator', 'steward')"
REGIONS = (
    *("#desk-head", "#desk-list", "#desk-count"),
    *("#desk-hands", "#desk-reports", "#desk-notes", "#desk-answer"),
)


def register() -> None:
    changes.register(
        "desk",
        changes.Follow(
            may_follow=_may_follow,
            is_open=_is_open,
            readers=_readers,
            render=_render,
            kinds=frozenset({"desk.changed"}),
        ),
    )
    ask_beside("has_desk", _MODERATES)


def heads_of(viewer: Any, communities: Iterable[int]) -> dict[str, int]:
    """{stream: head} of what the viewer's desk follows, read before what it shows."""
    keys = [f"desk:{pk}" for pk in communities][:MOST_FOLLOWED]
    keys += ["desk:0"] if viewer.is_staff else []
    known = dict(Stream.objects.filter(key__in=keys).values_list("key", "head"))
    return {key: known.get(key, 0) for key in keys}


def _moderating(member_ids: Iterable[int], community: int | None = None) -> Any:
    rows = Membership.objects.filter(member__in=list(member_ids), role__in=MODERATORS)
    return rows.filter(community=community) if community is not None else rows


def _may_follow(viewer: Any, pk: int) -> bool:
    return bool(viewer.is_authenticated and _readers(pk, [viewer.pk]))


def _is_open(_pk: int) -> bool:
    return False


def _readers(pk: int, member_ids: Iterable[int]) -> set[int]:
    rows = Member.objects.filter(pk__in=list(member_ids), is_active=True)
    rows = rows.filter(pk__in=_moderating(member_ids, pk).values("member")) if pk else rows.filter(is_staff=True)
    return set(rows.values_list("pk", flat=True))


def _render(_pk: int, some: list[Change]) -> list[changes.Op]:
    first, *others = REGIONS
    also = [{"op": "refresh", "target": target} for target in others]
    return [{"op": "refresh", "target": first, "also": also} for _change in some]
