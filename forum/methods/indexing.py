"""What search knows of methods: the words of the present version, and of its translations."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import fields
from typing import Any

from forum import search, text
from forum.methods.card import Card
from forum.methods.models import Method, MethodVersion
from forum.methods.translations.models import TranslationState
from forum.methods.translations.texts import searched
from forum.search import Entry, Shown

#: What is no word of the author's: keys of the house's lists, and what says how the body is written.
_KEYS = frozenset(
    {"title", "summary", "language", "body", "body_format", "licence", "maturity", "purposes", "grouping", "basis",
     "format", "space", "cost_band", "skill", "access", "consent", "art_form", "credits", "imported"}
)  # fmt: skip
_NO_WORDS = frozenset({"per", "id", "rights"})


def register() -> None:
    search.register("method", search.Kind(Method.objects.visible_to, describe, Method.objects.all, entries))


def put(pks: Iterable[int]) -> None:
    search.put_all(entries(pks))


def entries(pks: Iterable[int]) -> list[Entry]:
    said = _translated(pks)
    return [
        Entry(
            kind="method",
            pk=version.method_id,
            community=version.method.community_id,
            language=version.method.language,
            title=version.method.title,
            text=words_of(version),
            others=tuple(
                (state.translation.language, state.translation.title, _words_of_state(state))
                for state in said[version.method_id]
            ),
        )
        for version in _present(pks).select_related("method")
    ]


def describe(pks: Iterable[int]) -> dict[int, Shown]:
    said = _translated(pks)
    return {
        version.method_id: Shown(
            version.method.get_absolute_url(),
            version.method.title,
            version.method.community,
            version.method.language,
            words_of(version),
            tuple(_shown(state, version.method.community) for state in said[version.method_id]),
        )
        for version in _present(pks).select_related("method__community")
    }


def _shown(state: TranslationState, community: Any) -> Shown:
    translation = state.translation
    url, language = translation.get_absolute_url(), translation.language
    return Shown(url, translation.title, community, language, _words_of_state(state))


def _words_of_state(state: TranslationState) -> str:
    return searched(state.texts, text.plain(state.html))


def _translated(pks: Iterable[int]) -> dict[int, list[TranslationState]]:
    """By method, in one query."""
    found: dict[int, list[TranslationState]] = defaultdict(list)
    states = TranslationState.objects.present().filter(translation__method__in=pks).select_related("translation")
    for state in states.order_by("translation__language"):
        found[state.translation.method_id].append(state)
    return found


def words_of(version: MethodVersion) -> str:
    """Summary first, then what it is for, how it goes, and whatever else the card says in its author's words."""
    card = version.card
    parts = [card.summary, text.plain(version.html)]
    for one in fields(Card):
        if one.name not in _KEYS:
            parts += _words(getattr(card, one.name))
    parts += [each.note for each in card.access] + [each.name for each in card.credits]
    return "\n".join(part for part in parts if part)


def _words(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    if isinstance(value, tuple):
        return [words for each in value for words in _words(each)]
    row = hasattr(value, "__dataclass_fields__")
    names = [one.name for one in fields(value) if one.name not in _NO_WORDS] if row else []
    return [words for name in names for words in _words(getattr(value, name))]


def _present(pks: Iterable[int]) -> Any:
    return MethodVersion.objects.present().filter(method__in=pks)
