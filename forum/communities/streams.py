"""What open pages may follow: a community, and what concerns one member alone."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts.models import Member
from forum import changes
from forum.changes import Op
from forum.communities.models import Audience, Community, Membership


def _refresh(target: str, *also: str) -> Op:
    op: Op = {"op": "refresh", "target": target}
    if also:
        op["also"] = [_refresh(each) for each in also]
    return op


_THREADS = ("#threads", "#list-pager")
_COMMUNITY_TARGETS = {
    "thread.started": _THREADS,
    "thread.active": _THREADS,
    "thread.retitled": _THREADS,
    "thread.moved": _THREADS,
    "thread.locked": _THREADS,
    "thread.unlocked": _THREADS,
    "thread.pinned": _THREADS,
    "thread.unpinned": _THREADS,
    "threads.imported": _THREADS,
    "community.changed": ("#community-head", "#list-bar", "#threads"),
    "members.changed": ("#community-head", "#members"),
}
_MEMBER_TARGETS = {
    "membership.changed": (
        *("#my-communities", "#community-head", "#list-bar", "#threads"),
        *("#thread-tools", "#thread-act", "#posts", "#composer"),  # the posts after what one may do with them
    ),
    "request.answered": ("#my-communities", "#community-head"),
    "requests.changed": ("#requests", "#community-head"),
}


def _may_follow_community(viewer: Any, pk: int) -> bool:
    return Community.objects.visible_to(viewer).filter(pk=pk).exists()


def _community_is_open(pk: int) -> bool:
    return Community.objects.filter(pk=pk, audience=Audience.ANYONE).exists()


def _community_readers(pk: int, member_ids: Iterable[int]) -> set[int]:
    belongs = Exists(Membership.objects.filter(community=pk, member=OuterRef("pk")))
    anyone = Exists(Community.objects.filter(pk=pk, audience=Audience.ANYONE))
    readers = Member.objects.filter(Q(belongs) | Q(anyone), pk__in=list(member_ids), is_active=True)
    return set(readers.values_list("pk", flat=True))


def _may_follow_member(viewer: Any, pk: int) -> bool:
    return bool(viewer.is_authenticated and viewer.is_active and viewer.pk == pk)


def _never_open(_pk: int) -> bool:
    return False


def _member_reader(pk: int, member_ids: Iterable[int]) -> set[int]:
    if pk not in set(member_ids):
        return set()
    return set(Member.objects.filter(pk=pk, is_active=True).values_list("pk", flat=True))


def register() -> None:
    changes.register(
        "community",
        changes.Follow(
            may_follow=_may_follow_community,
            is_open=_community_is_open,
            readers=_community_readers,
            render=lambda _pk, some: [_refresh(*_COMMUNITY_TARGETS[change.kind]) for change in some],
            kinds=frozenset(_COMMUNITY_TARGETS),
        ),
    )
    changes.register(
        "member",
        changes.Follow(
            may_follow=_may_follow_member,
            is_open=_never_open,
            readers=_member_reader,
            render=lambda _pk, some: [_refresh(*_MEMBER_TARGETS[change.kind]) for change in some],
            kinds=frozenset(_MEMBER_TARGETS),
        ),
    )
