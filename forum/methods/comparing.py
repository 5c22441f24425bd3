"""Two to four methods side by side: what differs first, what is the same after it."""

from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from itertools import zip_longest

from django.utils.text import Truncator
from django.utils.translation import gettext as _

from forum.methods.card import Card
from forum.methods.differences import row_words
from forum.methods.facts import NOT_STATED, minutes_words, told
from forum.methods.labels import LABELS
from forum.methods.models import Method, MethodVersion

MOST = 4
#: What stands above the table, or is too long for its cells.
_ELSEWHERE = frozenset({"title", "summary", "body", "pictures"})
#: Told in the card's own language; everything else is in the reader's.
_OWN_WORDS = frozenset(
    {"purpose", "steps", "invitation", "when_not", "people", "materials", "cost_note", "inclusion", "risks"}
    | {"consent_note", "after", "tips", "credits", "tags"}
)


@dataclass(frozen=True)
class Row:
    """A field: its name, and what each method says of it, "not stated" where it says nothing. `languages` of the cells
    that are not in the reader's."""

    label: str
    cells: list[str]
    differs: bool
    languages: tuple[str, ...] = ()

    @property
    def spoken(self) -> list[tuple[str, str]]:
        """(words, language or "") of each method."""
        return list(zip_longest(self.cells, self.languages, fillvalue=""))

    def filled(self) -> "Row":
        languages = tuple(language if cell else "" for cell, language in self.spoken)
        return replace(self, cells=[cell or str(NOT_STATED) for cell in self.cells], languages=languages)


def rows(versions: Sequence[MethodVersion]) -> list[Row]:
    """Differences first, each part in the order of the card; what no method states is left out."""
    cards = [version.card for version in versions]
    found = [_row(one.name, cards) for one in fields(Card) if one.name in LABELS and one.name not in _ELSEWHERE]
    reported = _reported([version.method for version in versions])
    stated = [row for row in (*found, *([reported] if reported else [])) if any(row.cells)]
    return sorted((row.filled() for row in stated), key=lambda row: not row.differs)


def _row(name: str, cards: Sequence[Card]) -> Row:
    cells = [_titles(card) if name == "steps" else in_words(card, name) for card in cards]
    languages = tuple(card.language for card in cards) if name in _OWN_WORDS else ()
    return Row(str(LABELS[name]), cells, len(set(cells)) > 1, languages)


def _titles(card: Card) -> str:
    """Whole steps would fill the page: what each is called, else how it begins."""
    return "\n".join(step.title or Truncator(step.text).chars(60) for step in card.steps)


def in_words(card: Card, name: str) -> str:
    """A field's value as one piece of text, rows parted by lines."""
    value = getattr(card, name)
    if value is None or value in ((), ""):
        return ""
    return "\n".join(row_words(name, each) for each in (value if isinstance(value, tuple) else (value,)))


def _reported(methods: Sequence[Method]) -> Row | None:
    """What tries say of the minutes, beside what the cards state."""
    spans = [told(list(getattr(method, "told", []))) for method in methods]
    cells = [minutes_words(each.minutes_min, each.minutes_max) for each in spans]
    return Row(_("Minutes, as reported"), cells, len(set(cells)) > 1) if any(cells) else None
