"""Methods as a spreadsheet: a row each, lists joined, for programs that open a file by a double click.

The byte order mark tells them it is UTF-8; Polish, German and Ukrainian ones expect semicolons. A cell that begins like
a formula gets an apostrophe, or somebody's title would run in somebody else's office
(https://owasp.org/www-community/attacks/CSV_Injection).
"""

import csv
from collections.abc import Container, Iterable, Iterator
from dataclasses import fields
from typing import Any

from django.utils import translation

from forum.methods.card import Card
from forum.methods.comparing import in_words
from forum.methods.crediting import attribution, here, parent_of
from forum.methods.differences import row_words
from forum.methods.labels import LABELS
from forum.methods.models import MethodVersion
from forum.methods.pictures import address_of, may_be_shown

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")  # the wide ones: some offices read them alike
_NAMES = [one.name for one in fields(Card) if one.name in LABELS]
#: What stays of a card for reading only.
_OF_READ_ONLY = frozenset({"title", "language", "licence"})


class _Line:
    """A file that gives back each line it is given."""

    def write(self, line: str) -> str:
        return line


def lines(versions: Iterable[MethodVersion], language: str, parents: Container[int]) -> Iterator[str]:
    """The whole sheet in `language`, a line at a time. It is sent after the page's own language was put away.
    `parents`: the methods that may be named where others were made from them."""
    writer: Any = csv.writer(_Line(), delimiter="," if language == "en" else ";")
    with translation.override(language):
        head = "\ufeff" + writer.writerow(["url", *(str(LABELS[name]) for name in _NAMES)])
    yield head
    for version in versions:
        with translation.override(language):
            line = writer.writerow([safe(cell) for cell in _cells(version, parents)])
        yield line


def _cells(version: MethodVersion, seen: Container[int]) -> list[str]:
    method = version.method
    parent = method.parent if method.parent and method.parent.method_id in seen else None
    names = _NAMES if method.may_be_adapted else [name if name in _OF_READ_ONLY else "" for name in _NAMES]
    said = [_cell(version, name, parent).replace("\n", " | ") if name else "" for name in names]
    return [here(method), *said]


def _cell(version: MethodVersion, name: str, parent: MethodVersion | None) -> str:
    """A field in words; the credits with whose it is, where it came from and what it was made from; a picture with
    where it is."""
    if name == "pictures":
        shown = (each for each in version.card.pictures if may_be_shown(each))
        return "\n".join(f"{row_words(name, each)} · {address_of(each.id)}" for each in shown)
    words = [in_words(version.card, name)]
    if name == "credits":
        words += [attribution(version), version.method.source_url]
        if parent:
            words.append(" · ".join(parent_of(parent).values()))
    return "\n".join(part for part in words if part)


def safe(cell: str) -> str:
    return f"'{cell}" if cell.startswith(_FORMULA) else cell
