"""Who may follow a stream and how its changes look: features say it here, so this room knows no threads."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from forum.changes.models import Change

#: One thing a page does: {"op": "append" | "prepend" | "replace" | "remove" | "refresh", "target": "#posts",
#: "id": "post-345", "html": "...", "also": [ops], "otherwise": [ops, when an append did not fit the page]}
Op = dict[str, Any]


@dataclass(frozen=True)
class Follow:
    """The rules of one kind of stream, by the id behind the colon.

    may_follow(viewer, id): may this person (or AnonymousUser) follow it? False for what does not exist.
    is_open(id): may anyone at all read it? Then the hub asks for nobody in particular.
    readers(id, member_ids): those of the members who may read it now, in one query.
    render(id, changes): one Op for each change, in order, from the rows as they are now, in the active language,
        the same for every viewer; a constant number of queries.
    kinds: the kinds of change this stream records.
    """

    may_follow: Callable[[Any, int], bool]
    is_open: Callable[[int], bool]
    readers: Callable[[int, Iterable[int]], set[int]]
    render: Callable[[int, "list[Change]"], list[Op]]
    kinds: frozenset[str]


_follows: dict[str, Follow] = {}


def register(prefix: str, follow: Follow) -> None:
    _follows[prefix] = follow


def find(stream: str) -> tuple[Follow, int] | None:
    """The rules for `thread:12` and the 12, or None for what no feature knows."""
    prefix, _, ident = stream.partition(":")
    follow = _follows.get(prefix)
    if follow is None or not (ident.isascii() and ident.isdigit() and len(ident) < 19) or str(int(ident)) != ident:
        return None  # one stream has one name: 012 is not 12
    return follow, int(ident)


def all_follows() -> dict[str, Follow]:
    return dict(_follows)
