"""Every write of translations. Re-exported by forum.methods.actions."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes
from forum.drafts.actions import discard_draft
from forum.methods import indexing
from forum.methods.citing import reprint_cards
from forum.methods.models import Method, MethodVersion
from forum.methods.rules import check_pace
from forum.methods.translations import notices, rules
from forum.methods.translations.models import Translation, TranslationRemoval, TranslationState
from forum.methods.translations.texts import FORMAT
from forum.text import Cleaned
from forum.threads.steps import narrow, refuse, steady
from forum.web.errors import Conflict, Refusal

CHANGED = _("This translation was changed somewhere else meanwhile. Both are below: nothing was lost.")


@dataclass(frozen=True, kw_only=True)
class Saying:
    """What somebody says a card is in their language. `texts` by spot, already asked by the form or the importer;
    `body` the free text among them cleaned. `credited` and `is_behind` come with a file only."""

    texts: dict[str, str]
    body: Cleaned | None = None
    is_by_machine: bool = False
    is_behind: bool = False
    credited: dict[str, Any] = field(default_factory=dict)

    @property
    def kept(self) -> dict[str, str]:
        said = {name: words for name, words in self.texts.items() if words}
        return said if self.body else {name: words for name, words in said.items() if name not in {"body", FORMAT}}


def place_of(method: Method, language: str) -> str:
    """Where its draft stands."""
    return f"translation-{language}:{method.pk}"


@changes.writing()
def translate_method(
    *,
    translator: Member,
    source: MethodVersion,
    language: str,
    saying: Saying,
    based_on: int,
    at: datetime | None = None,
) -> TranslationState:
    """The method in this language, made from `source`; a new state of the translation there is. `based_on` is the
    number of the state it began from, 0 for none: Conflict when another stands there now."""
    steady(source.method.community_id)
    method = Method.objects.select_for_update(no_key=True).get(pk=source.method_id)
    refuse(rules.may_translate(translator, method))
    _ask_words(method, language, saying)
    translation = Translation.objects.filter(method=method, language=language).first()
    present = _present(translation)
    said = (saying.kept, source.pk, saying.is_by_machine)
    if present and (present.texts, present.source_id, present.is_by_machine) == said:  # the same sent twice
        discard_draft(member=translator, place=place_of(method, language))
        return present
    _ask_state(present, based_on)
    if at is None:
        check_pace(translator)
    discard_draft(member=translator, place=place_of(method, language))
    state = keep_state(
        method=method,
        translation=translation,
        source=source,
        language=language,
        saying=saying,
        translator=translator,
        at=at or timezone.now(),
    )
    if method.thread:
        narrow(method.thread)  # words written for members alone stay with them
    notices.translated(state, is_new=present is None)
    _told(method)
    return state


def _ask_words(method: Method, language: str, saying: Saying) -> None:
    if language not in dict(settings.LANGUAGES) or language == method.language:
        raise Refusal(_("A translation is in another language than the card."), field="language")
    if not saying.kept.get("title"):
        raise Refusal(_("Please fill this in."), field="title")


def _ask_state(present: TranslationState | None, based_on: int) -> None:
    """Refusal unless it began from what stands there."""
    if present and based_on != present.number:
        raise Conflict(present, CHANGED)
    if based_on and not present:
        raise Refusal(_("This translation was taken away meanwhile. Send it once more to bring it back."), status=409)


def keep_state(
    *,
    method: Method,
    translation: Translation | None,
    source: MethodVersion,
    language: str,
    saying: Saying,
    translator: Member,
    at: datetime,
) -> TranslationState:
    """The rows. Within a write that holds the method."""
    texts = saying.kept
    translation = translation or Translation(method=method, language=language, number=0)
    translation.number += 1
    translation.title, translation.summary = texts["title"][:300], texts.get("summary", "")
    translation.save()
    TranslationRemoval.objects.filter(translation=translation).delete()
    return TranslationState.objects.create(
        translation=translation,
        number=translation.number,
        source=source,
        is_behind=saying.is_behind,
        texts=texts,
        html=saying.body.html if saying.body else "",
        text_version=saying.body.version if saying.body else 0,
        translator=translator,
        role_line=translator.role_line,
        at=at,
        is_by_machine=saying.is_by_machine,
        credited=saying.credited,
    )


@changes.writing()
def check_translation(*, by: Member, translation: Translation, number: int, at: datetime | None = None) -> None:
    """Somebody has read what a machine made, state `number` of it, beside the original. Twice is once."""
    translation, state = _hold(translation)
    refuse(rules.may_translate(by, translation.method))
    if state.number != number:
        raise Conflict(state, CHANGED)
    if state.is_by_machine and state.checked_by_id is None:
        if at is None:
            check_pace(by)
        state.checked_by, state.checked_at = by, at or timezone.now()
        state.save(update_fields=["checked_by", "checked_at"])
        changes.record(f"method:{translation.method_id}", "method.translated", method=translation.method_id)


@changes.writing()
def remove_translation(*, by: Member, translation: Translation, reason: str) -> TranslationRemoval:
    """It is shown no longer; its states stay. Twice is once."""
    steady(translation.method.community_id)
    method = Method.objects.select_for_update(no_key=True).get(pk=translation.method_id)
    refuse(rules.may_remove(by, translation))
    removal, new = TranslationRemoval.objects.get_or_create(
        translation=translation, defaults={"by": by, "reason": reason}
    )
    if new:
        check_pace(by)
        notices.removed(removal, method)
        _told(method)
    return removal


def _hold(translation: Translation) -> tuple[Translation, TranslationState]:
    """As it is now, until the transaction ends. Refusal when it was taken away."""
    steady(translation.method.community_id)
    Method.objects.select_for_update(no_key=True).get(pk=translation.method_id)
    translation = Translation.objects.select_related("method__community").get(pk=translation.pk)
    if (state := _present(translation)) is None:
        raise Refusal(_("This translation was taken away."))
    return translation, state


def _present(translation: Translation | None) -> TranslationState | None:
    return TranslationState.objects.present().filter(translation=translation).first() if translation else None


def _told(method: Method) -> None:
    """Search, small cards in posts and open pages."""
    indexing.put([method.pk])
    reprint_cards(method.pk)
    changes.record(f"method:{method.pk}", "method.translated", method=method.pk)
