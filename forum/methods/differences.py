"""What changed between two cards, field by field."""

from collections.abc import Container
from dataclasses import dataclass, fields
from typing import Any

from django.utils.safestring import SafeString

from forum import text
from forum.methods.card import Access, Card, CardPicture, Credit, Material, Step
from forum.methods.facts import span
from forum.methods.labels import LABELS, label_of
from forum.methods.models import MethodVersion


@dataclass(frozen=True)
class Difference:
    label: str
    words: SafeString


def differences(
    earlier: MethodVersion, later: MethodVersion, among: Container[str] = frozenset(LABELS)
) -> list[Difference]:
    """In the order of the card; the free text word by word, lists and figures as words."""
    old, new = earlier.card, later.card
    found = []
    for one in fields(Card):
        before, after = getattr(old, one.name), getattr(new, one.name)
        if before == after or one.name not in LABELS or one.name not in among:
            continue
        if one.name == "body":
            shown = text.diff(earlier.html, later.html)
        else:
            shown = text.diff(as_paragraphs(one.name, before), as_paragraphs(one.name, after))
        found.append(Difference(str(LABELS[one.name]), shown))
    return found


def as_paragraphs(name: str, value: Any) -> str:
    """A field's value as HTML of plain paragraphs, one a row."""
    if value is None or value in ((), ""):
        return ""
    rows = value if isinstance(value, tuple) else (value,)
    return text.as_words("\n\n".join(row_words(name, row) for row in rows))


def row_words(name: str, row: Any) -> str:
    if isinstance(row, Step):
        minutes = span(row.minutes_min, row.minutes_max)
        return " · ".join(part for part in (row.title, row.text, minutes, row.note) if part)
    if isinstance(row, Material):
        return " ".join(part for part in (row.quantity, row.unit, row.name, row.note) if part)
    if isinstance(row, Access):
        return f"{label_of('access', row.key)}: {label_of('answer', row.answer)} {row.note}".strip()
    if isinstance(row, Credit):
        return " · ".join(part for part in (row.name, row.role, str(row.year or ""), row.url, row.licence) if part)
    if isinstance(row, CardPicture):
        rights = label_of("picture_rights", row.rights)
        return " · ".join(part for part in (row.alt, row.author, rights) if part)
    return label_of(name, str(row))
