"""Translations for the tests."""

from typing import Any

from accounts.models import Member
from forum import text
from forum.methods import actions
from forum.methods.translations.actions import Saying
from forum.models import Method, TranslationState

GERMAN = {"title": "Suppe im Hof", "summary": "Nachbarn kochen einen Topf.", "steps-0-title": "Einladen"}


def said(method: Method, translator: Member, language: str = "de", **more: Any) -> TranslationState:
    """A state of the translation of its present version; `texts` laid over GERMAN."""
    texts = GERMAN | more.pop("texts", {})
    body = text.clean(texts["body"], "markdown") if texts.get("body") else None
    translation = method.translations.filter(language=language, removal=None).first()
    method.refresh_from_db()
    return actions.translate_method(
        translator=translator,
        source=method.versions.get(number=more.pop("version", method.version)),
        language=language,
        saying=Saying(texts=texts, body=body, **more),
        based_on=translation.number if translation else 0,
    )
