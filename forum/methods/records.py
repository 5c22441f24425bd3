"""A method as a line of a file, in and out: nothing that came in is lost on the way out.

A line is a JSON object with the fields of `SHARED` (always there, in this order) and after them whatever else the card
states, under the card's own names. Lists may hold plain words or objects. What we have no field for is kept as it came.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _

from forum import text
from forum.methods.card import ROWS, Card, Credit, Material, Step
from forum.methods.check import ONE_OF, SOME_OF, is_address
from forum.methods.pictures import address_of, may_be_shown
from forum.methods.translations.records import Arriving, arriving
from forum.methods.vocabularies import Access, Answer, Licence
from forum.text import Cleaned, TextRefused

LONGEST_BODY = 100_000
LONGEST_TITLE = 300
LONGEST_KEY = 200

#: The file's name of a field -> the card's; "" for what is the method's or only passes through.
SHARED = {
    "id": "",
    "source": "",
    "licence": "licence",
    "attribution": "",
    "source_url": "",
    "lang": "language",
    "title": "title",
    "summary": "summary",
    "purpose": "purpose",
    "category": "",
    "tags": "tags",
    "duration_raw": "",
    "duration_min": "minutes_min",
    "duration_max": "minutes_max",
    "duration_basis": "basis",
    "group_min": "group_min",
    "group_max": "group_max",
    "materials": "materials",
    "difficulty": "skill",
    "steps": "steps",
    "body_markdown": "body",
    "origin": "credits",
    "translations": "",
}
_ROW_OF_WORD = {"steps": "text", "materials": "name", "credits": "name"}
_LISTS = frozenset(one.name for one in fields(Card) if one.default == ()) - set(ROWS)
_NUMBERS = frozenset(
    {"group_min", "group_max", "ideal_min", "ideal_max", "age_min", "age_max", "minutes_min", "minutes_max",
     "preparation_min", "preparation_max", "leaders"}
)  # fmt: skip
_MOST = 2**31 - 1
_MOST_YEARS = 2**15 - 1  # what the columns of ages hold


#: What has no place in one line: it would end a mail's subject, or turn the rest of a page round.
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069]+")
#: Where our translations stand in the line of a card that came with others, told in another way.
OURS = "translations_here"


class BadRecord(ValueError):
    """Why this line is left out, in a few words for the report."""


@dataclass(frozen=True)
class Incoming:
    """`key` tells it apart for ever: the same key again is the same method."""

    key: str
    card: Card
    body: Cleaned | None
    source_url: str
    translations: tuple[Arriving, ...] = ()


def incoming(record: Any) -> Incoming:
    """What one line holds. BadRecord says why not; nothing else is raised."""
    if not isinstance(record, dict):
        raise BadRecord(_("not an object"))
    key, title = record.get("id"), record.get("title")
    if not isinstance(key, str) or not 0 < len(key) <= LONGEST_KEY:
        raise BadRecord(_("no “id”"))
    if not isinstance(title, str) or not title.strip() or len(title) > LONGEST_TITLE:
        raise BadRecord(_("no “title”, or one that is too long"))
    if record.get("licence") not in Licence.values:
        raise BadRecord(_("rights that are not known here"))
    if record.get("lang") not in dict(settings.LANGUAGES):
        raise BadRecord(_("a language that is not known here"))
    try:
        _ask_characters(record)
        card = _card({**record, "title": _CONTROLS.sub(" ", title)})
        body = clean_body(card, key)
    except BadRecord:
        raise
    except (TypeError, ValueError, AttributeError, RecursionError) as wrong:
        raise BadRecord(_("a field that cannot be read: %(what)s") % {"what": str(wrong)[:200]}) from wrong
    url = record.get("source_url") or ""
    card, translations = _translations(card, key)
    address = url if isinstance(url, str) and is_address(url) else ""
    return Incoming(key, card, body, address, tuple(translations))


def _translations(card: Card, key: str) -> tuple[Card, list[Arriving]]:
    """Those written as we write them; others stay with the card as they came."""
    for name in (OURS, "translations"):
        found = arriving(card.imported.get(name), card, is_foreign=not key.startswith("courtyard:"))
        if found is not None:
            left = {key: value for key, value in card.imported.items() if key != name}
            return replace(card, imported=left), found
    return card, []


def _ask_characters(record: Mapping[str, Any]) -> None:
    """ValueError for what a file can say and no database can keep: half a character, the character 0, no number."""
    written = json.dumps(record, ensure_ascii=False, allow_nan=False)
    written.encode()
    if "\\u0000" in written:
        raise ValueError("\\u0000")


def clean_body(card: Card, key: str) -> Cleaned | None:
    """The free text cleaned, as words alone when its formatting is refused. BadRecord when it is too long.

    `key`, the method's, tells where it was written: here HTML in Markdown is text, elsewhere it is HTML.
    """
    if not card.body.strip():
        return None
    if len(card.body) > LONGEST_BODY:
        raise BadRecord(_("a text that is too long"))
    try:
        foreign = not key.startswith("courtyard:")
        return text.clean(card.body, card.body_format, most=LONGEST_BODY, is_foreign=foreign)
    except TextRefused:
        words = text.as_words(card.body)
        return Cleaned(card.body, card.body_format, words, text.plain(words), text.VERSION, (), (), ())


def _card(record: Mapping[str, Any]) -> Card:
    values: dict[str, Any] = {}
    left: dict[str, Any] = {}
    names = {one.name for one in fields(Card)} - {"imported"}
    for key, value in record.items():
        name = SHARED.get(key, key)
        fits = name in names and (value in (None, "", []) or _fits(name, value))
        if not fits and key not in {"id", "source_url"}:
            if value not in (None, [], {}):
                left[key] = value
        elif value not in (None, "", []) and name in names:
            values[name] = _value(name, value)
    return Card(**values, imported=left)


def _fits(name: str, value: Any) -> bool:
    """What our field cannot hold passes through as it came."""
    if name in ONE_OF:
        return str(value) in ONE_OF[name].values
    if name in SOME_OF:
        return isinstance(value, list) and all(str(each) in SOME_OF[name].values for each in value)
    if name == "access":
        return all(each.get("key") in Access.values and each.get("answer") in Answer.values for each in value)
    if name == "pictures":  # pictures stay where they are: elsewhere they are only named
        return False
    if name == "credits" and isinstance(value, list):
        urls = [each.get("url") for each in value if isinstance(each, dict)]
        return all(not url or is_address(url) for url in urls)
    return True


def _value(name: str, value: Any) -> Any:
    if name in _NUMBERS:
        if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= most_of(name):
            raise ValueError(f"{name}: {value!r}")
        return value
    if name in ROWS:
        return tuple(_row(name, each) for each in (value if isinstance(value, list) else [value]))
    if name in _LISTS or isinstance(value, list):
        if name not in _LISTS or not isinstance(value, list) or not all(isinstance(each, str) for each in value):
            raise ValueError(name)
        return tuple(dict.fromkeys(value))
    if name == "skill":
        return str(value)
    if not isinstance(value, str):
        raise TypeError(name)
    return value


def most_of(name: str) -> int:
    return _MOST_YEARS if name.startswith("age_") else _MOST


def _row(name: str, each: Any) -> Any:
    kind = ROWS[name]
    if isinstance(each, str):
        word = _ROW_OF_WORD.get(name)
        if word is None:
            raise TypeError(name)
        said: dict[str, Any] = {word: _words(each) if kind is Step else each}
        return kind(**said)
    types = {one.name: one.type for one in fields(kind)}
    if not isinstance(each, dict) or any(not _is_of(types.get(key), value) for key, value in each.items()):
        raise ValueError(name)
    return kind(**each)


def _is_of(kind: Any, value: Any) -> bool:
    if kind in (bool, str):
        return isinstance(value, kind)
    if kind is None:  # no such field
        return False
    return value is None or (isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _MOST)


def _words(html: str) -> str:
    """A step that came with markup keeps its words; its links stand in the free text too."""
    if "<" not in html and "](" not in html:
        return html
    try:
        return text.clean(html, "markdown", is_foreign=True).plain
    except TextRefused:
        return html


def outgoing(card: Card, key: str, source_url: str, translations: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The line of this card: `incoming(outgoing(…))` is the same card. `translations` as `outgoing_of` gives them."""
    stated = card.to_json()
    passing = dict(stated.pop("imported", {}))
    if translations:
        passing[OURS if passing.get("translations") else "translations"] = dict(translations)
    stated["licence"] = card.licence
    if "maturity" not in passing:
        stated["maturity"] = card.maturity
    record: dict[str, Any] = {}
    for shared, name in SHARED.items():
        if shared == "id":
            value: Any = key
        elif shared == "source_url":
            value = source_url or passing.pop(shared, None)
        elif name:
            value = _simple(name, stated.pop(name, None))
            value = passing.pop(shared, None) if value is None else value
        else:
            value = passing.pop(shared, None)
        record[shared] = value
    if pictures := _pictures(passing.pop("pictures", None), stated.pop("pictures", [])):
        stated["pictures"] = pictures
    return record | dict(sorted({**passing, **stated}.items()))


def _pictures(passing: Any, own: list[dict[str, Any]]) -> Any:
    """Those of this house by their address, each with its own author and rights, after those the card came with. The
    keys in the order in which PostgreSQL gives them back."""
    named = [
        {"alt": each.alt, "url": address_of(each.id)}
        | ({"author": each.author} if each.author else {})
        | {"people": each.people, "rights": each.rights, "consent": each.consent}
        for each in Card.from_json({"pictures": own}).pictures
        if may_be_shown(each)
    ]
    return [*(passing if isinstance(passing, list) else []), *named] if named else passing


def _simple(name: str, value: Any) -> Any:
    """Rows that only say their one word are written as that word; how hard it is to lead, as a number."""
    if name in _ROW_OF_WORD and value:
        word = _ROW_OF_WORD[name]
        return [each[word] if set(each) == {word} else each for each in value]
    return int(value) if name == "skill" and value else value


__all__ = ["SHARED", "BadRecord", "Credit", "Incoming", "Material", "incoming", "outgoing"]
