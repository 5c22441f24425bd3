"""A card in another language, as its page prints it."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings

from forum import text
from forum.methods import howto, shown
from forum.methods.card import Card
from forum.methods.differences import Difference, differences
from forum.methods.models import Method, MethodVersion
from forum.methods.translations import rules
from forum.methods.translations.models import TranslationState
from forum.methods.translations.queries import states_of, translators_of
from forum.methods.translations.texts import FIELDS, carried, told, untold


@dataclass(frozen=True)
class Reading:
    """The translation on the page. `changed`: the words of the original that changed since the version it was made
    from, None when it is of the present one."""

    state: TranslationState
    translators: list[str]
    checked_by: str
    changed: list[Difference] | None

    @property
    def is_outdated(self) -> bool:
        return self.changed is not None or self.state.is_behind


@dataclass(frozen=True)
class Tongue:
    """One language of the method; `is_older`: its translation was made from an earlier version."""

    code: str
    url: str
    is_original: bool = False
    is_shown: bool = False
    is_older: bool = False


def in_language(context: dict[str, Any], viewer: Any, language: str, *, is_asked: bool = False) -> dict[str, Any]:
    """The context of a card's page with its words in this language; the original where there is no translation.
    `is_asked`: by the address, so that the page says when there is none."""
    method, version = context["method"], context["version"]
    states = states_of(method, viewer)
    state = states.get(language)
    may_translate = viewer.is_authenticated and rules.may_translate(viewer, method) is None
    context = context | {
        "tongues": _tongues(method, states, language if state else method.language),
        "offered": [code for code in dict(settings.LANGUAGES) if code not in states and code != method.language],
        "may_translate": may_translate,
        "original_url": _address(method, method.language),
    }
    if state is None:
        missing = language if is_asked and language != method.language else ""
        return context | {"missing_language": missing}
    texts = carried(state.texts, state.source.card, version.card)
    card = told(version.card, texts, language)
    reading = _reading(state, version)
    state.translation.method = method
    return context | {
        "card": card,
        "steps": shown.steps(card),
        "sections": shown.sections(card),
        "access": shown.access(card),
        "body": text.filled(state.html) if texts.get("body") else context["body"],
        "untold": untold(version.card, texts),
        "reading": reading,
        "may_remove": viewer.is_authenticated and rules.may_remove(viewer, state.translation) is None,
        "howto": context["howto"] and _howto(context, card, reading),
    }


def _reading(state: TranslationState, present: MethodVersion) -> Reading:
    changed = None if state.source_id == present.pk else differences(state.source, present, FIELDS)
    checked = state.credited.get("checked_by", "") or (str(state.checked_by) if state.checked_by else "")
    return Reading(state, translators_of(state), checked, changed)


def _tongues(method: Method, states: dict[str, TranslationState], language: str) -> list[Tongue]:
    """The original first."""
    original = Tongue(method.language, _address(method, method.language), True, language == method.language)
    return [original] + [
        Tongue(
            code,
            _address(method, code),
            is_shown=code == language,
            is_older=state.is_behind or state.source.number != method.version,
        )
        for code, state in states.items()
    ]


def _address(method: Method, language: str) -> str:
    return f"/methods/{method.pk}/in/{language}/"


def _howto(context: dict[str, Any], card: Card, reading: Reading) -> dict[str, Any]:
    """JSON-LD of the translated page: the same in other words, and whose translation it is."""
    method, version = context["method"], context["version"]
    said = MethodVersion(method=method, number=version.number, content=card.to_json())
    stated = howto.of(method, said, context["tries"], context["parent"])
    return stated | {
        "name": card.title,
        "url": f"{settings.SITE_URL}{_address(method, card.language)}",
        "inLanguage": card.language,
        "translator": [{"@type": "Person", "name": name} for name in reading.translators],
        "translationOfWork": {
            "@type": "HowTo",
            "name": method.title,
            "url": f"{settings.SITE_URL}{_address(method, method.language)}",
            "inLanguage": method.language,
        },
    }
