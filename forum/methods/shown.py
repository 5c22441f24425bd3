"""A card as its page prints it: words ready, what is not stated left out."""

from dataclasses import dataclass
from typing import Any

from forum.methods.card import Card, Step
from forum.methods.differences import row_words
from forum.methods.facts import minutes_words
from forum.methods.howto import ADDRESSES
from forum.methods.labels import LABELS, label_of

#: In the order of the page, after what it is for, how it goes and the materials.
_SECTIONS = (
    "purposes", "people", "grouping", "format", "cost_note", "when_not", "tips", "inclusion", "risks", "consent",
    "consent_note", "after", "art_form",
)  # fmt: skip
_OURS = frozenset({"purposes", "grouping", "format", "consent", "art_form"})


@dataclass(frozen=True)
class Said:
    """`is_ours`: the words are the house's, in the reader's language, not the author's."""

    label: str
    words: str
    is_ours: bool


def sections(card: Card) -> list[Said]:
    found = []
    for name in _SECTIONS:
        value: Any = getattr(card, name)
        words = ", ".join(row_words(name, row) for row in value) if isinstance(value, tuple) else value
        if words:
            found.append(Said(str(LABELS[name]), words, name in _OURS))
    return found


def steps(card: Card) -> list[tuple[Step, str]]:
    """Each with its minutes in words."""
    return [(step, minutes_words(step.minutes_min, step.minutes_max)) for step in card.steps]


def access(card: Card) -> list[tuple[str, str, str]]:
    """(what, the answer, the author's note) of what is stated."""
    return [(label_of("access", each.key), label_of("answer", each.answer), each.note) for each in card.access]


def licence_address(licence: str) -> str:
    return ADDRESSES.get(licence, "")
