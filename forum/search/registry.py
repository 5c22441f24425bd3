"""What can be found: features say it here, so this room knows neither threads nor methods."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from forum.search.index import Entry


@dataclass(frozen=True)
class Shown:
    """A thing as results print it. `text` is its plain words, passages are cut from; `also` the same thing in other
    languages: of all, the one that has the words is printed."""

    url: str
    title: str
    community: Any
    language: str
    text: str
    also: tuple["Shown", ...] = ()


@dataclass(frozen=True)
class Kind:
    """visible(viewer): the rows this person (or AnonymousUser) may find now.
    describe(pks): how they look, in a constant number of queries; what it leaves out is not shown.
    rows: every row that can be found; entries(pks): what the index knows of them.
    """

    visible: Callable[[Any], "QuerySet[Any]"]
    describe: Callable[[Iterable[int]], dict[int, Shown]]
    rows: Callable[[], "QuerySet[Any]"]
    entries: Callable[[Iterable[int]], list[Entry]]


_kinds: dict[str, Kind] = {}


def register(name: str, kind: Kind) -> None:
    _kinds[name] = kind


def kinds() -> dict[str, Kind]:
    return dict(_kinds)
