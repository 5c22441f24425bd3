"""Translations as part of their method's line in a file: {"de": {"texts": …, "translators": […], "at": …}}.

What is not written so passes through the line as it came, and no translation is made of it.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from json import dumps
from typing import Any

from django.conf import settings

from forum import text
from forum.methods.card import Card
from forum.methods.models import MethodVersion
from forum.methods.translations.actions import Saying
from forum.methods.translations.models import TranslationState
from forum.methods.translations.texts import FORMAT, carried, spots
from forum.text import Cleaned, TextRefused

LONGEST, MOST_NAMES = 100_000, 100
_KEYS = frozenset({"texts", "translators", "at", "by_machine", "checked_by", "outdated"})


@dataclass(frozen=True)
class Arriving:
    """A translation of a line; `saying.credited` holds the names it came with."""

    language: str
    saying: Saying
    at: datetime


def outgoing_of(versions: Iterable[MethodVersion]) -> dict[int, dict[str, Any]]:
    """{method: what its line says of its translations} of these present versions, in one query."""
    cards = {version.method_id: version for version in versions}
    rows = TranslationState.objects.filter(translation__method__in=cards, translation__removal=None)
    states: dict[tuple[int, str], list[TranslationState]] = defaultdict(list)
    for state in rows.select_related("translation", "source", "translator", "checked_by").order_by(
        "translation__method", "translation__language", "number"
    ):
        states[state.translation.method_id, state.translation.language].append(state)
    found: dict[int, dict[str, Any]] = defaultdict(dict)
    for (method, language), all_states in states.items():
        found[method][language] = _written(all_states, cards[method])
    return found


def _written(states: list[TranslationState], present: MethodVersion) -> dict[str, Any]:
    last = states[-1]
    names: list[str] = []
    for state in states:
        names += state.credited.get("translators") or [str(state.translator)]
    checked = last.credited.get("checked_by") or (str(last.checked_by) if last.checked_by else "")
    return _line(
        _in_order(carried(last.texts, last.source.card, present.card), present.card),
        list(dict.fromkeys(names)),
        last.at,
        is_by_machine=last.is_by_machine,
        checked_by=checked,
        is_behind=last.is_behind or last.source_id != present.pk,
    )


def _line(
    texts: dict[str, str], names: list[str], at: datetime, *, is_by_machine: bool, checked_by: str, is_behind: bool
) -> dict[str, Any]:
    line: dict[str, Any] = {"texts": texts, "translators": names, "at": at.isoformat()}
    stated = {"by_machine": is_by_machine, "checked_by": checked_by, "outdated": is_behind}
    return line | {key: value for key, value in stated.items() if value}


def _in_order(texts: dict[str, str], card: Card) -> dict[str, str]:
    names = [spot.name for spot in spots(card)] + [FORMAT]
    return {name: texts[name] for name in names if texts.get(name)}


def arriving(value: Any, card: Card, *, is_foreign: bool) -> list[Arriving] | None:
    """The translations of a line of this card, None for what is written in another way."""
    if not isinstance(value, dict) or not value:
        return None
    try:
        found = [_arriving(language, line, card, is_foreign=is_foreign) for language, line in value.items()]
    except (AttributeError, KeyError, TypeError, ValueError):
        return None
    again = {each.language: _again(each, card) for each in found}
    return found if dumps(again) == dumps(value) else None


def _arriving(language: str, line: dict[str, Any], card: Card, *, is_foreign: bool) -> Arriving:
    texts, names = line["texts"], line["translators"]
    if language not in dict(settings.LANGUAGES) or language == card.language or not set(line) <= _KEYS:
        raise ValueError(language)
    checked = line.get("checked_by", "")
    said = [*texts.values(), *names, checked]
    if not all(isinstance(words, str) and len(words) <= LONGEST for words in said) or len(names) > MOST_NAMES:
        raise TypeError(language)
    if not texts["title"].strip() or not set(texts) <= {FORMAT, *(spot.name for spot in spots(card))}:
        raise ValueError(language)
    if (at := datetime.fromisoformat(line["at"])).tzinfo is None:
        raise ValueError(language)
    saying = Saying(
        texts=texts,
        body=_body(texts, is_foreign=is_foreign),
        is_by_machine=bool(line.get("by_machine")),
        is_behind=bool(line.get("outdated")),
        credited={"translators": names} | ({"checked_by": checked} if checked else {}),
    )
    return Arriving(language, saying, at)


def _again(each: Arriving, card: Card) -> dict[str, Any]:
    saying = each.saying
    return _line(
        _in_order(saying.kept, card),
        saying.credited["translators"],
        each.at,
        is_by_machine=saying.is_by_machine,
        checked_by=saying.credited.get("checked_by", ""),
        is_behind=saying.is_behind,
    )


def _body(texts: dict[str, str], *, is_foreign: bool) -> Cleaned | None:
    if not (body := texts.get("body", "")).strip():
        return None
    written = "html" if texts.get(FORMAT) == "html" else "markdown"
    try:
        return text.clean(body, written, most=LONGEST, is_foreign=is_foreign)
    except TextRefused:
        words = text.as_words(body)
        return Cleaned(body, written, words, text.plain(words), text.VERSION, (), (), ())
