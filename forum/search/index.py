"""The index, in either database: written in the transaction of what it tells of."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import accumulate, compress
from typing import Any

from django.db import connection
from django.db.models import QuerySet
from django.db.models.expressions import RawSQL
from django.utils import timezone

from forum.search.analysis import terms
from forum.search.models import SearchDocument

TITLE_WEIGHT = 8.0  # a word in the title counts more
MOST_BYTES = 2**20 - 2**10  # PostgreSQL takes no longer vector: what a text has beyond that, it is not found by


@dataclass(frozen=True, kw_only=True)
class Entry:
    """`text` is the thing's own plain words, those it quotes left out; `language` the one they are written in.
    `others`: (language, title, text) of the same thing in other languages."""

    kind: str
    pk: int
    community: int
    language: str
    title: str
    text: str
    others: tuple[tuple[str, str, str], ...] = ()

    @property
    def title_terms(self) -> set[str]:
        return terms(self.title, self.language).union(*(terms(title, code) for code, title, _ in self.others))

    @property
    def text_terms(self) -> set[str]:
        return terms(self.text, self.language).union(*(terms(text, code) for code, _, text in self.others))


def put(*, kind: str, pk: int, community: int, language: str, title: str, text: str) -> None:
    """Makes a thing findable as it is now. Inside the write that changed it."""
    put_all([Entry(kind=kind, pk=pk, community=community, language=language, title=title, text=text)])


def put_all(entries: Iterable[Entry]) -> None:
    rows = {(entry.kind, entry.pk): entry for entry in entries}
    documents = SearchDocument.objects.bulk_create(
        [
            SearchDocument(
                kind=entry.kind,
                object_id=entry.pk,
                community_id=entry.community,
                language=entry.language,
                changed_at=timezone.now(),
            )
            for entry in rows.values()
        ],
        update_conflicts=True,
        unique_fields=["kind", "object_id"],
        update_fields=["community", "language", "changed_at"],
    )
    analysed = [
        (document.pk, entry.title_terms, entry.text_terms)
        for document, entry in zip(documents, rows.values(), strict=True)
    ]
    (_write_sqlite if connection.vendor == "sqlite" else _write_postgresql)(analysed)


def remove(kind: str, pks: Collection[int]) -> None:
    documents = SearchDocument.objects.filter(kind=kind, object_id__in=pks)
    if connection.vendor == "sqlite":
        _forget(list(documents.values_list("pk", flat=True)))
    documents.delete()


def documents(query: list[frozenset[str]]) -> "QuerySet[SearchDocument]":
    """The documents that have a term for every word, best first. Nothing is asked yet of who may see them."""
    rows = SearchDocument.objects.all()
    if not query:
        return rows.none()
    if connection.vendor == "sqlite":
        rows = rows.extra(
            tables=["forum_searchterms"],
            where=["forum_searchterms.rowid = forum_searchdocument.id", "forum_searchterms MATCH %s"],
            params=[_on_sqlite(query)],
        )
        rank = RawSQL("-bm25(forum_searchterms, %s, 1.0)", [TITLE_WEIGHT])
    else:
        asked = _on_postgresql(query)
        rows = rows.extra(where=["forum_searchdocument.vector @@ %s::tsquery"], params=[asked])
        rank = RawSQL("ts_rank(forum_searchdocument.vector, %s::tsquery)", [asked])
    return rows.order_by(rank.desc(), "-changed_at", "-pk")


def object_ids(kind: str, query: list[frozenset[str]]) -> RawSQL:
    """The ids of the things of a kind that have a term for every word, for `filter(pk__in=…)` on their own rows."""
    if connection.vendor == "sqlite":
        return RawSQL(
            "SELECT object_id FROM forum_searchterms JOIN forum_searchdocument ON id = forum_searchterms.rowid"
            " WHERE kind = %s AND forum_searchterms MATCH %s",
            [kind, _on_sqlite(query)],
        )
    return RawSQL(
        "SELECT object_id FROM forum_searchdocument WHERE kind = %s AND vector @@ %s::tsquery",
        [kind, _on_postgresql(query)],
    )


def _on_sqlite(query: list[frozenset[str]]) -> str:
    return _asked(query, '"', " OR ", " AND ")


def _on_postgresql(query: list[frozenset[str]]) -> str:
    return _asked(query, "'", " | ", " & ")


def _asked(query: list[frozenset[str]], quote: str, either: str, both: str) -> str:
    """Terms hold nothing that would need escaping: see analysis."""
    words = (either.join(f"{quote}{term}{quote}" for term in sorted(word)) for word in query)
    return both.join(f"({word})" for word in words)


def _write_sqlite(analysed: list[tuple[int, set[str], set[str]]]) -> None:
    _forget([pk for pk, _, _ in analysed])
    rows = [(pk, " ".join(sorted(title)), " ".join(sorted(words))) for pk, title, words in analysed]
    with connection.cursor() as cursor:
        cursor.executemany("INSERT INTO forum_searchterms (rowid, title, words) VALUES (%s, %s, %s)", rows)


def _forget(pks: list[int]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM forum_searchterms WHERE rowid = %s", [(pk,) for pk in pks])


def kept(title: set[str], words: set[str], most: int = MOST_BYTES) -> list[str]:
    """The terms of the text that fit beside those of the title: the shortest, which are the most."""
    left = most - sum(map(_size, title))
    found = sorted(words - title, key=lambda term: (_size(term), term))
    sizes = accumulate(map(_size, found))
    return list(compress(found, (size <= left for size in sizes)))


def _size(term: str) -> int:
    return len(term.encode()) + 5  # its position, and up to a byte before it


def _write_postgresql(analysed: list[tuple[int, set[str], set[str]]]) -> None:
    rows: list[tuple[Any, ...]] = []
    for pk, title, words in analysed:
        weighed = [f"'{term}':1A" for term in sorted(title)] + [f"'{term}':1" for term in kept(title, words)]
        rows.append((" ".join(weighed), pk))
    with connection.cursor() as cursor:
        cursor.executemany("UPDATE forum_searchdocument SET vector = %s::tsvector WHERE id = %s", rows)
