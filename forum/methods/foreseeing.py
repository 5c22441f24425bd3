"""What a redaction would take out, shown before it does; and whose versions would still say it."""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from functools import cached_property
from typing import Any

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum import text
from forum.methods.blackening import leaves, lines_of, longer_words, pattern
from forum.methods.card import Card
from forum.methods.labels import LABELS, label_of
from forum.methods.models import Method, MethodVersion
from forum.methods.translations.models import TranslationState
from forum.methods.translations.texts import FORMAT

AROUND = 40  # characters shown on each side
MOST_SHOWN, MOST_LONGER = 100, 12
DEEPEST = 6  # adaptations of adaptations
_ORDER = [one.name for one in fields(Card)]


@dataclass(frozen=True)
class Held:
    """A text that holds the words: in which field, of which version or of the translation into which language."""

    field: str
    version: int
    language: str
    text: str


@dataclass(frozen=True)
class Piece:
    words: str
    found: bool


@dataclass(frozen=True)
class Place:
    """A text that would change, as it stands in one version or in several."""

    label: str
    where: str
    language: str
    count: int
    pieces: list[Piece]


class Foreseen:
    """What stands there now of these words (one form a line), as far as `viewer` may see the versions of others."""

    def __init__(self, viewer: Any, method: Method, words: str, *, inside: bool) -> None:
        self.viewer, self.method, self.inside = viewer, method, inside
        self.forms = lines_of(words)
        self.taken = pattern(self.forms, inside=inside)
        self.texts = list(_texts_of(method, self.taken))
        self.held = [each for each in self.texts if self.taken.search(each.text)]

    @property
    def count(self) -> int:
        return sum(len(self.taken.findall(each.text)) for each in self.held)

    @property
    def shown(self) -> str:
        """A sign for exactly these places: who says yes says it to what was shown."""
        seen = [self.taken.pattern, *((each.field, each.version, each.language, each.text) for each in self.held)]
        return hashlib.sha256(repr(seen).encode()).hexdigest()[:32]

    @cached_property
    def every_place(self) -> list[Place]:
        alike: dict[tuple[str, str, str], list[int]] = {}
        for each in self.held:
            alike.setdefault((each.field, each.language, each.text), []).append(each.version)
        return [
            Place(
                _label(field),
                _where(language, numbers),
                language or self.method.language,
                len(self.taken.findall(said)) * len(numbers),
                list(_pieces(said, self.taken)),
            )
            for (field, language, said), numbers in alike.items()
        ]

    @property
    def places(self) -> list[Place]:
        return self.every_place[:MOST_SHOWN]

    @property
    def more(self) -> int:
        return len(self.every_place) - len(self.places)

    @property
    def longer(self) -> list[str]:
        """What stays because it is part of a longer word."""
        if self.inside:
            return []
        return longer_words((each.text for each in self.texts), self.forms, MOST_LONGER)

    @cached_property
    def others(self) -> list[Method]:
        """What it was made from and what was made of it, that still says the words."""
        rows = (
            Method.objects.visible_to(self.viewer)
            .filter(pk__in=_family(self.method))
            .select_related("thread")
            .order_by("pk")
        )
        return [each for each in rows if any(self.taken.search(held.text) for held in _texts_of(each, self.taken))]


def _texts_of(method: Method, taken: "re.Pattern[str]") -> Iterator[Held]:
    for version in MethodVersion.objects.filter(method=method).order_by("number"):
        for field, said in _of_fields(version.content, version.html, taken):
            yield Held(field, version.number, "", said)
        yield Held("note", version.number, "", version.note)
    states = TranslationState.objects.filter(translation__method=method).select_related("translation")
    for state in states.order_by("translation__language", "number"):
        texts = {name: said for name, said in state.texts.items() if name != FORMAT}
        for field, said in _of_fields(texts | {"imported": state.credited}, state.html, taken):
            yield Held(field, state.number, state.translation.language, said)
    yield Held("why", 0, "", method.why_changed)
    if method.thread:
        yield Held("thread", 0, "", method.thread.title)


def _of_fields(content: dict[str, Any], html: str, taken: "re.Pattern[str]") -> Iterator[tuple[str, str]]:
    """(field, text); the free text as it is read, or its source where that says more: an address behind a word."""
    told = text.plain(html)
    for field, value in sorted(content.items(), key=_rank):
        for leaf in leaves({field: value}):
            is_read = field == "body" and len(taken.findall(told)) >= len(taken.findall(leaf))
            yield field, told if is_read else leaf


def _rank(entry: tuple[str, Any]) -> tuple[int, str]:
    """As a card is read: a database gives the keys of JSON in an order of its own."""
    name = entry[0].partition("-")[0]
    return (_ORDER.index(name) if name in _ORDER else len(_ORDER), entry[0])


def _family(method: Method) -> set[int]:
    found: set[int] = {method.pk}
    below = {method.pk}
    for _depth in range(DEEPEST):
        below = {*Method.objects.filter(parent__method__in=below).values_list("pk", flat=True)} - found
        if not below:
            break
        found |= below
    return (found | ({method.parent.method_id} if method.parent else set())) - {method.pk}


def _label(field: str) -> str:
    others = {
        "thread": _("Title of its thread"),
        "why": _("Why it was changed"),
        "note": _("What changed in a version"),
        "imported": _("What it came with"),
    }
    name = field.partition("-")[0]  # a spot of a translation: steps-0-text
    return str(others.get(field) or LABELS.get(name, name))


def _where(language: str, numbers: list[int]) -> str:
    if language:
        return str(label_of("language", language)) if language in dict(settings.LANGUAGES) else language
    if not any(numbers):
        return ""
    said = ", ".join(map(str, dict.fromkeys(numbers)))
    return ngettext("version %(numbers)s", "versions %(numbers)s", len(set(numbers))) % {"numbers": said}


def _pieces(said: str, taken: "re.Pattern[str]") -> Iterator[Piece]:
    """The words with what stands around them."""
    end = 0
    for match in taken.finditer(said):
        before = said[end : match.start()]
        if len(before) > (2 * AROUND if end else AROUND):
            before = f"{before[:AROUND]} … {before[-AROUND:]}" if end else f"… {before[-AROUND:]}"
        yield Piece(before, False)
        yield Piece(match.group(), True)
        end = match.end()
    yield Piece(said[end : end + AROUND] + (" …" if len(said) > end + AROUND else ""), False)
