"""Finding: only ever what this viewer may see, counts included."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q
from django.db.models.expressions import RawSQL
from django.utils.translation import get_language

from forum.search import analysis, index, passages
from forum.search.models import SearchDocument
from forum.search.registry import Shown, kinds


@dataclass(frozen=True)
class Result:
    kind: str
    id: int
    shown: Shown
    title: passages.Passage
    passages: list[passages.Passage]


@dataclass(frozen=True)
class Found:
    """`counts` of every kind there is something of, whichever kind the results are of."""

    results: list[Result]
    counts: dict[str, int]


def find(viewer: Any, words: str, *, kind: str = "", limit: int = 20, start: int = 0) -> Found:
    query = analysis.query(words)
    if not query:
        return Found([], {})
    rows = index.documents(query).filter(_visible(viewer))
    counted = rows.order_by().values_list("kind").annotate(Count("pk"))
    counts = dict(counted)
    if kind:
        rows = rows.filter(kind=kind)
    return Found(_results(list(rows[start : start + limit]), query), counts)


def matching(kind: str, words: str) -> "RawSQL | None":
    """The ids of those things of a kind that have all the words, for a filter of the feature's own rows; None when
    there is no word in the words. What the viewer may see is the feature's to ask."""
    query = analysis.query(words)
    return index.object_ids(kind, query) if query else None


def _visible(viewer: Any) -> Q:
    seen = Q(pk__in=[])
    for name, kind in kinds().items():
        seen |= Q(kind=name, object_id__in=kind.visible(viewer).values("pk"))
    return seen


def _results(rows: list[SearchDocument], query: list[frozenset[str]]) -> list[Result]:
    """In the order of the rows, one description a kind."""
    pks: dict[str, list[int]] = defaultdict(list)
    for row in rows:
        pks[row.kind].append(row.object_id)
    shown = {name: kinds()[name].describe(mine) for name, mine in pks.items()}
    return [
        Result(
            kind=row.kind,
            id=row.object_id,
            shown=thing,
            title=passages.marked(thing.title, thing.language, query),
            passages=passages.passages(thing.text, thing.language, query),
        )
        for row in rows
        if (thing := _spoken(shown[row.kind].get(row.object_id), query))
    ]


def _spoken(thing: Shown | None, query: list[frozenset[str]]) -> Shown | None:
    """The thing in the language most of the words are of; in the reader's when several have as many."""
    if thing is None or not thing.also:
        return thing

    def has(one: Shown) -> tuple[int, bool]:
        found = analysis.terms(f"{one.title} {one.text[: passages.FURTHEST]}", one.language)
        return sum(not word.isdisjoint(found) for word in query), one.language == get_language()

    return max((thing, *thing.also), key=has)
