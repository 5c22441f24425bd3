"""What open pages may follow: a community, and what concerns one member alone.

A community has three streams. `community:3` is for its own pages: everybody who may read it hears what everybody may
know. `inside:3` is for its members' lists: the threads only they may read, so that nobody else learns even that
something happens. `house:3` is for the pages of its threads: seldom anything, and not what happens in other threads.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Exists, OuterRef, Q

from accounts.models import Member
from forum import changes
from forum.changes import Op
from forum.changes.models import Change
from forum.communities import notices
from forum.communities.models import Audience, Community, Membership
from forum.notifications.queries import bell_html


def _refresh(target: str, *also: str) -> Op:
    op: Op = {"op": "refresh", "target": target}
    if also:
        op["also"] = [_refresh(each) for each in also]
    return op


def _rendering(targets: Mapping[str, tuple[str, ...]]) -> Callable[[int, list[Change]], list[Op]]:
    """Each kind of change is some regions that only the server can say for this reader."""
    return lambda _pk, some: [_refresh(*targets[change.kind]) for change in some]


_LIST_KINDS = (
    *("thread.started", "thread.active", "thread.retitled", "thread.moved"),
    *("thread.locked", "thread.unlocked", "thread.pinned", "thread.unpinned", "threads.imported"),
    *("thread.hidden", "thread.shown"),
)
_INSIDE_TARGETS = dict.fromkeys(_LIST_KINDS, ("#threads", "#list-pager"))
_COMMUNITY_TARGETS = {
    **_INSIDE_TARGETS,
    "community.changed": ("#community-head", "#list-bar", "#threads"),
    "members.changed": ("#community-head", "#members", "#wishes"),
    "rules.changed": ("#rules",),
}
_HOUSE_TARGETS = {
    "community.changed": (*("#thread-head", "#thread-tools", "#thread-act", "#posts", "#composer", "#thread-readers"),),
    "members.changed": ("#members-alone",),  # how many they are
}
_MEMBER_TARGETS = {
    "membership.changed": (
        *("#my-communities", "#community-head", "#list-bar", "#threads", "#wishes"),
        *("#thread-tools", "#thread-act", "#mine", "#posts", "#composer"),  # the posts after what one may do with them
        *("#desk-head", "#desk-list", "#desk-count", "#desk-answer"),
    ),
    "standing.changed": ("#composer", "#list-bar", "#thread-act", "#posts"),  # paused, or not any more
    "request.answered": ("#my-communities", "#community-head"),
    "requests.changed": ("#requests", "#community-head", "#desk-head", "#desk-list", "#desk-count", "#desk-answer"),
    "reaction.changed": ("#mine",),
    "wishes.changed": ("#wishes",),
    "composer.changed": ("#composer",),
    "duty.changed": ("#duty",),
    "following.changed": ("#following", "#followings", "#muted", "#muting"),
}
_BELL_KINDS = frozenset({"notices.changed", "membership.changed"})  # whatever changes how many there are to read


def _may_follow_community(viewer: Any, pk: int) -> bool:
    return Community.objects.visible_to(viewer).filter(pk=pk).exists()


def _community_is_open(pk: int) -> bool:
    return Community.objects.filter(pk=pk, audience=Audience.ANYONE).exists()


def community_readers(pk: int, member_ids: Iterable[int]) -> set[int]:
    belongs = Exists(Membership.objects.filter(community=pk, member=OuterRef("pk")))
    anyone = Exists(Community.objects.filter(pk=pk, audience=Audience.ANYONE))
    readers = Member.objects.filter(Q(belongs) | Q(anyone), pk__in=list(member_ids), is_active=True)
    return set(readers.values_list("pk", flat=True))


def _may_follow_inside(viewer: Any, pk: int) -> bool:
    return bool(viewer.is_authenticated and _inside_readers(pk, [viewer.pk]))


def _inside_readers(pk: int, member_ids: Iterable[int]) -> set[int]:
    rows = Membership.objects.filter(community=pk, member__in=list(member_ids), member__is_active=True)
    return set(rows.values_list("member", flat=True))


def _may_follow_member(viewer: Any, pk: int) -> bool:
    return bool(viewer.is_authenticated and viewer.is_active and viewer.pk == pk)


def _never_open(_pk: int) -> bool:
    return False


def _member_reader(pk: int, member_ids: Iterable[int]) -> set[int]:
    if pk not in set(member_ids):
        return set()
    return set(Member.objects.filter(pk=pk, is_active=True).values_list("pk", flat=True))


def _render_member(pk: int, some: list[Change]) -> list[Op]:
    """The bell itself: it is on every page, and nobody else's. The rest are regions."""
    rings = any(change.kind in _BELL_KINDS for change in some)
    bell: Op = {"op": "replace", "target": "#bell-count", "html": bell_html(pk) if rings else ""}
    ops: list[Op] = []
    for change in some:
        targets = _MEMBER_TARGETS.get(change.kind, ("#notices",))
        op = _refresh(*targets)
        if change.kind in _BELL_KINDS:
            op = {**bell, "also": [_refresh(target) for target in targets]}
        ops.append(op)
    return ops


def register() -> None:
    for prefix, targets in (("community", _COMMUNITY_TARGETS), ("house", _HOUSE_TARGETS)):
        changes.register(
            prefix,
            changes.Follow(
                may_follow=_may_follow_community,
                is_open=_community_is_open,
                readers=community_readers,
                render=_rendering(targets),
                kinds=frozenset(targets),
            ),
        )
    changes.register(
        "inside",
        changes.Follow(
            may_follow=_may_follow_inside,
            is_open=_never_open,
            readers=_inside_readers,
            render=_rendering(_INSIDE_TARGETS),
            kinds=frozenset(_INSIDE_TARGETS),
        ),
    )
    changes.register(
        "member",
        changes.Follow(
            may_follow=_may_follow_member,
            is_open=_never_open,
            readers=_member_reader,
            render=_render_member,
            kinds=frozenset(_MEMBER_TARGETS) | _BELL_KINDS,
        ),
    )
    notices.register(community_readers)
