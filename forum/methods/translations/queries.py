"""What pages need of translations."""

from typing import Any

from django.conf import settings
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404
from django.utils.translation import get_language

from forum.methods.models import Method
from forum.methods.translations.models import Translation, TranslationState
from forum.notifications.queries import unread_line


def in_my_language(methods: "QuerySet[Method]") -> Any:
    """With `said_title`, `said_summary` and `said_language`: of the translation into the reader's language, None where
    there is none, and where the card is written in it. No query more."""
    mine = Translation.objects.standing().filter(method=OuterRef("pk"), language=get_language() or "")
    return methods.annotate(
        said_title=Subquery(mine.values("title")[:1]),
        said_summary=Subquery(mine.values("summary")[:1]),
        said_language=Subquery(mine.values("language")[:1]),
    )


def put_in_my_language(methods: list[Any]) -> None:
    """The same for rows that are there already, in one query: of a long list only those on the page are asked for."""
    mine = Translation.objects.standing().filter(method__in=methods, language=get_language() or "")
    said = {each.method_id: each for each in mine} if methods else {}
    for method in methods:
        each = said.get(method.pk)
        method.said_title = each.title if each else None
        method.said_summary = each.summary if each else None
        method.said_language = each.language if each else None


def states_of(method: Method, viewer: Any) -> dict[str, TranslationState]:
    """{language: what its translation says now}. `.my_line`: has the viewer a notice of it to read?"""
    states = TranslationState.objects.present().filter(translation__method=method)
    states = states.annotate(my_line=unread_line(viewer, "translation", "translation"))
    rows = states.select_related("translation", "source", "translator", "checked_by")
    return {state.translation.language: state for state in rows.order_by("translation__language")}


def translators_of(state: TranslationState) -> list[str]:
    """Everybody whose hand was in it, in the order they came; those a file named before them."""
    rows = TranslationState.objects.filter(translation=state.translation_id, number__lte=state.number)
    found: list[str] = []
    for each in rows.select_related("translator").only("credited", "translator").order_by("number"):
        found += each.credited.get("translators") or [str(each.translator)]
    return list(dict.fromkeys(found))


def load_translation(viewer: Any, pk: int, language: str) -> Translation:
    """Http404 if unseen, or taken away."""
    if language not in dict(settings.LANGUAGES):
        raise Http404
    rows = Translation.objects.visible_to(viewer).select_related("method__community__closing", "method__thread__lock")
    translation = rows.filter(method__pk=pk, language=language).first()
    if translation is None:
        raise Http404
    return translation
