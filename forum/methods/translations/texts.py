"""The words of a card that a translation may say again: each has a spot, `title`, `steps-0-text`, `access-seated`.

A translation is {spot: words}, by the spots of the version it was made from. Shown beside a later version its rows
follow the rows they were made from, so a step that moved keeps its words and a new one stands in the original.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from typing import Any

from forum.methods.card import Card

LINES = (
    "title", "summary", "purpose", "invitation", "body", "when_not", "cost_note", "inclusion", "risks",
    "consent_note", "after", "tips",
)  # fmt: skip
LISTS = ("people", "tags")  # a word a line
PARTS = {"steps": ("title", "text", "note"), "materials": ("name", "unit", "note")}
#: The fields of a card that hold words of its author's.
FIELDS = frozenset({*LINES, *LISTS, *PARTS, "access"})
FORMAT = "body_format"  # stands among the texts beside "body"

Texts = Mapping[str, str]


@dataclass(frozen=True)
class Spot:
    """`field` and `part` say what kind of words stand there, `number` which row, from 0."""

    name: str
    field: str
    words: str
    part: str = ""
    number: int = 0


def spots(card: Card) -> Iterator[Spot]:
    """Where the card says something, in the order of its page."""
    for name in ("title", "summary", "purpose", "invitation"):
        yield from _said(name, getattr(card, name))
    yield from _rows(card, "steps")
    yield from _said("body", card.body)
    yield from _rows(card, "materials")
    for name in LINES[LINES.index("body") + 1 :]:
        yield from _said(name, getattr(card, name))
    for each in card.access:
        if each.note:
            yield Spot(f"access-{each.key}", "access", each.note, each.key)
    for name in LISTS:
        yield from _said(name, "\n".join(getattr(card, name)))


def _said(name: str, words: str) -> Iterator[Spot]:
    if words.strip():
        yield Spot(name, name, words)


def _rows(card: Card, field: str) -> Iterator[Spot]:
    for number, row in enumerate(getattr(card, field)):
        for part in PARTS[field]:
            if words := getattr(row, part):
                yield Spot(f"{field}-{number}-{part}", field, words, part, number)


def carried(texts: Texts, source: Card, present: Card) -> dict[str, str]:
    """The texts by the spots of `present`: those of rows that have gone are left out."""
    if source == present:
        return dict(texts)
    places = {field: _aligned(getattr(source, field), getattr(present, field), field) for field in PARTS}
    found = {}
    for spot in spots(present):
        name = spot.name
        if spot.field in PARTS:
            name = f"{spot.field}-{places[spot.field].get(spot.number)}-{spot.part}"
        if words := texts.get(name):
            found[spot.name] = words
    if "body" in found and FORMAT in texts:
        found[FORMAT] = texts[FORMAT]
    return found


def _aligned(before: Any, after: Any, field: str) -> dict[int, int]:
    """{row of after: row of before that it was}: rows of the same words, then as many changed ones as there were."""
    old, new = ([tuple(getattr(row, part) for part in PARTS[field]) for row in rows] for rows in (before, after))
    found: dict[int, int] = {}
    for kind, start, end, first, last in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind == "equal" or (kind == "replace" and end - start == last - first):
            found |= {first + n: start + n for n in range(last - first)}
    moved = {row: n for n, row in enumerate(old)}
    return {n: moved[row] for n, row in enumerate(new) if row in moved} | found


def told(card: Card, texts: Texts, language: str) -> Card:
    """The card in the words of `texts`, by its own spots; what they do not say stays as it is."""
    values: dict[str, Any] = {"language": language}
    for name in LINES:
        if getattr(card, name) and texts.get(name):
            values[name] = texts[name]
    if "body" in values:
        values[FORMAT] = texts.get(FORMAT, "markdown")
    for name in LISTS:
        if getattr(card, name) and texts.get(name):
            values[name] = tuple(texts[name].split("\n"))
    for field, parts in PARTS.items():
        values[field] = tuple(
            replace(row, **{part: texts.get(f"{field}-{n}-{part}") or getattr(row, part) for part in parts})
            for n, row in enumerate(getattr(card, field))
        )
    values["access"] = tuple(replace(each, note=texts.get(f"access-{each.key}") or each.note) for each in card.access)
    return replace(card, **values)


def untold(card: Card, texts: Texts) -> frozenset[str]:
    """The words that stand in the original, as the page prints them."""
    return frozenset(
        ", ".join(spot.words.split("\n")) if spot.field in LISTS else spot.words
        for spot in spots(card)
        if not texts.get(spot.name)
    )


def searched(texts: Texts, plain_body: str) -> str:
    """What a translation is found by beside its title: summary first, then its free text and the rest."""
    rest = [words for name, words in texts.items() if name not in {"title", "summary", "body", FORMAT}]
    return "\n".join(part for part in (texts.get("summary", ""), plain_body, *rest) if part)
