"""Words taken out of a method are out of what others said of it in their languages, too."""

from collections.abc import Callable
from typing import Any

from forum import text
from forum.methods.models import Method, MethodVersion
from forum.methods.translations.models import TranslationState
from forum.methods.translations.texts import FORMAT
from forum.text import TextRefused


def redact_translations(method: Method, without: Callable[[Any], Any]) -> bool:
    """Whether any state of any translation held them. `without(value)` is the value without the words.

    A present state that held them takes the next number: whoever is changing it hears, and brings nothing back.
    """
    states = TranslationState.objects.filter(translation__method=method).select_related("translation")
    touched = [state for state in states.order_by("pk") if _redact(state, without)]
    for state in touched:
        translation = state.translation
        if state.number == translation.number:
            state.number = translation.number = translation.number + 1
        state.save(update_fields=["texts", "html", "credited", "number"])
        if state.number == translation.number:
            translation.title, translation.summary = state.texts["title"][:300], state.texts.get("summary", "")
            translation.save(update_fields=["number", "title", "summary"])
    return bool(touched)


def follow_redaction(method: Method, before: MethodVersion, after: MethodVersion) -> None:
    """A version that only lost words is no reason to call a translation outdated."""
    TranslationState.objects.present().filter(translation__method=method, source=before).update(source=after)


def _redact(state: TranslationState, without: Callable[[Any], Any]) -> bool:
    texts = {name: words if name == FORMAT else without(words) for name, words in state.texts.items()}
    told = text.plain(state.html)
    html = _cleaned(texts) if texts.get("body") != state.texts.get("body") else state.html
    if without(told) != told and without(plain := text.plain(html)) != plain:
        # They stood in the markup in pieces, "Zo<b>sia</b>": the words stay without it.
        texts |= {"body": text.as_words(without(told)), FORMAT: "html"}
        html = _cleaned(texts)
    credited = without(state.credited)
    if (texts, credited) == (state.texts, state.credited):
        return False
    state.texts, state.html, state.credited = texts, html, credited
    return True


def _cleaned(texts: dict[str, str]) -> str:
    try:
        return text.clean(texts.get("body", ""), texts.get(FORMAT, "markdown")).html
    except TextRefused:  # it was taken when it came; without some words it may be no longer than it was
        return text.as_words(texts.get("body", ""))
