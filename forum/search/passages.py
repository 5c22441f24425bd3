"""The places of a text where the words stand: pieces to print, each found or not. Nobody's HTML is built here."""

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from forum.search.analysis import terms_of, words_in

AROUND, MOST, FURTHEST = 90, 2, 60_000


@dataclass(frozen=True)
class Piece:
    words: str
    found: bool


Passage = list[Piece]


def marked(text: str, language: str, query: list[frozenset[str]]) -> Passage:
    """The whole of a short text, such as a title."""
    text = _even(text)
    return _pieces(text, list(_spots(text, language, query)), 0, len(text))


def passages(text: str, language: str, query: list[frozenset[str]]) -> list[Passage]:
    """The first places, each with some words around it."""
    text = _even(text[:FURTHEST])
    spots: list[tuple[int, int]] = []
    places: list[tuple[int, int]] = []
    end = 0
    for spot in _spots(text, language, query):  # no further than is shown: a stem costs
        if spot[0] >= end:
            if len(places) == MOST:
                break
            places.append(_around(text, spot[0], end))
            end = places[-1][1]
        spots.append(spot)
    return [_pieces(text, spots, *place) for place in places]


def plain(passage: Passage) -> str:
    return "".join(piece.words for piece in passage)


def _even(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _spots(text: str, language: str, query: list[frozenset[str]]) -> Iterator[tuple[int, int]]:
    wanted = frozenset().union(*query)
    return (word.span() for word in words_in(text) if not wanted.isdisjoint(terms_of(word[0], language)))


def _around(text: str, start: int, after: int) -> tuple[int, int]:
    """Cut at spaces."""
    begin, end = max(start - AROUND, after), min(start + 2 * AROUND, len(text))
    if begin > after and (space := text.find(" ", begin, start)) >= 0:
        begin = space + 1
    if end < len(text) and (space := text.rfind(" ", start, end)) > start:
        end = space
    return begin, end


def _pieces(text: str, spots: list[tuple[int, int]], begin: int, end: int) -> Passage:
    pieces, at = [Piece("… ", found=False)] if begin else [], begin
    for start, stop in spots:
        if begin <= start and stop <= end:
            pieces += [Piece(text[at:start], found=False), Piece(text[start:stop], found=True)]
            at = stop
    pieces.append(Piece(text[at:end] + (" …" if end < len(text) else ""), found=False))
    return [piece for piece in pieces if piece.words]
