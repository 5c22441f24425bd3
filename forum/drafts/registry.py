"""Where drafts may stand, said by the features, so that this room knows no threads."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from forum.text import Latest

#: (username, name, what stands behind the name)
Mention = tuple[str, str, str]


@dataclass(frozen=True)
class Standing:
    """A place as its writer sees it: what it is called, where one writes there, and what `Post.thread` would be."""

    title: str
    url: str
    thread: Any = None


@dataclass(frozen=True)
class Place:
    """One kind of place, by the id behind the colon.

    allowed(member, id): may this member write, or have begun to write, there? A lock does not take drafts away.
    where(member, ids): {id: Standing}, without those the member may not see any more; one query.
    published(member, id, title, body): did the member publish exactly this there just now?
    """

    allowed: Callable[[Any, int], bool]
    where: Callable[[Any, set[int]], Mapping[int, Standing]]
    published: Callable[[Any, int, str, str], bool]


_places: dict[str, Place] = {}
_mentions: list[Callable[[Any, str, str], list[Mention]]] = []
_revisions: list[Callable[[Any, str], Latest]] = []


def register_place(
    prefix: str,
    allowed: Callable[[Any, int], bool],
    where: Callable[[Any, set[int]], Mapping[int, Standing]] = lambda member, ids: {},
    published: Callable[[Any, int, str, str], bool] = lambda member, pk, title, body: False,
) -> None:
    """Drafts may stand at `<prefix>:<id>`."""
    _places[prefix] = Place(allowed, where, published)


def register_mentions(resolve: Callable[[Any, str, str], list[Mention]]) -> None:
    """resolve(viewer, place, beginning) -> who may be mentioned there, at most ten; [] for a place unseen."""
    _mentions[:] = [resolve]


def register_revisions(resolve: Callable[[Any, str], Latest]) -> None:
    """resolve(viewer, place) -> which revision of a post a quote without one (">>345") means there."""
    _revisions[:] = [resolve]


def latest_at(viewer: Any, place: str) -> Latest | None:
    return next((resolve(viewer, place) for resolve in _revisions if viewer is not None), None)


def is_allowed(member: Any, place: str) -> bool:
    found = _find(place)
    return found is not None and found[0].allowed(member, found[1])


def is_published(member: Any, place: str, title: str, body: str) -> bool:
    found = _find(place)
    return found is not None and found[0].published(member, found[1], title, body)


def where_are(member: Any, places: Iterable[str]) -> dict[str, Standing]:
    """Places as this member sees them, without those that cannot be seen: one query for each kind."""
    kinds: dict[str, dict[int, str]] = {}
    for place in places:
        if found := _find(place):
            kinds.setdefault(place.partition(":")[0], {})[found[1]] = place
    return {
        named[ident]: standing
        for prefix, named in kinds.items()
        for ident, standing in _places[prefix].where(member, set(named)).items()
    }


def where_is(member: Any, place: str) -> Standing | None:
    return where_are(member, [place]).get(place)


def mentions_at(viewer: Any, place: str, beginning: str) -> list[Mention]:
    if not is_allowed(viewer, place):
        return []
    return [mention for resolve in _mentions for mention in resolve(viewer, place, beginning)][:10]


def _find(place: str) -> tuple[Place, int] | None:
    prefix, _, ident = place.partition(":")
    rules = _places.get(prefix)
    if rules is None or not (ident.isascii() and ident.isdigit() and len(ident) < 19):
        return None
    return rules, int(ident)
