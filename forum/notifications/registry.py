"""What is told, to whom and how: features say it here, so this room knows no threads."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from django.db.models import QuerySet

from accounts.models import Member
from forum.notifications.models import Happening


class Reach(IntEnum):
    """How nearly something concerns somebody; what they chose is asked by it."""

    DECISION = 1  # about them: always told
    DIRECT = 2  # said to them
    MINE = 3  # in what they follow
    ANY = 4  # for those who want to hear of everything


@dataclass(frozen=True)
class Shown:
    """A topic as its line prints it. `note`: words of its own, such as the reason of a decision."""

    url: str
    title: str
    language: str = ""
    note: str = ""


@dataclass(frozen=True)
class Topic:
    """visible(viewer): the rows whose lines this member may see now.
    readers(id, member_ids): those of the members who may see it now, in one query.
    describe(ids): how they look, in a constant number of queries; what it leaves out is not shown.
    """

    visible: Callable[[Any], "QuerySet[Any]"]
    readers: Callable[[int, Iterable[int]], set[int]]
    describe: Callable[[Iterable[int]], dict[int, Shown]]


@dataclass(frozen=True)
class Reason:
    """Why somebody is told, and how so many of it are said.

    people(happening): whom it concerns, as rows of Member. What they chose, whom they muted and what they may see is
    asked afterwards. words(n): "3 replies to you". place(about): where one of it stands; the topic's address without.
    """

    name: str
    people: Callable[[Happening], "QuerySet[Member]"]
    words: Callable[[int], str]
    reach: Reach = Reach.MINE
    place: Callable[[int], str] | None = None


def _nobody(_happening: Happening, _member_ids: list[int]) -> set[int]:
    return set()


@dataclass(frozen=True)
class Kind:
    """One kind of happening. A member hears of it for the first of its reasons that reaches them, the nearest first.

    seen(happening, member_ids): those who have read it already.
    """

    topic: str
    reasons: tuple[Reason, ...]
    seen: Callable[[Happening, list[int]], set[int]] = _nobody


_topics: dict[str, Topic] = {}
_kinds: dict[str, Kind] = {}


def register_topic(name: str, topic: Topic) -> None:
    _topics[name] = topic


def register(name: str, kind: Kind) -> None:
    _kinds[name] = kind


def topics() -> dict[str, Topic]:
    return dict(_topics)


def kind_of(name: str) -> Kind:
    """KeyError for what nobody registered."""
    return _kinds[name]


def reasons() -> dict[str, Reason]:
    """By name; where two kinds share one, it is said alike."""
    return {reason.name: reason for kind in _kinds.values() for reason in kind.reasons}
