"""A picture that is removed for good goes from what a method says in other languages, too."""

from uuid import UUID

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast

from forum import text
from forum.methods.translations.models import TranslationState
from forum.methods.translations.texts import FORMAT


def showing(picture: UUID) -> QuerySet[TranslationState]:
    rows = TranslationState.objects.annotate(said=Cast("texts", TextField()))
    return rows.filter(Q(html__contains=str(picture)) | Q(said__icontains=str(picture)))


def fold_in_translations(picture: UUID) -> set[int]:
    """Called inside a write that holds the methods; which of them had it. What can be seen in it stays in its place.

    A present state takes the next number: whoever is changing it hears, and brings nothing back.
    """
    methods = set()
    for state in showing(picture).select_related("translation").order_by("pk"):
        _fold(state, str(picture))
        translation = state.translation
        if state.number == translation.number:
            state.number = translation.number = translation.number + 1
            translation.save(update_fields=["number"])
        state.save(update_fields=["texts", "html", "number"])
        methods.add(translation.method_id)
    return methods


def _fold(state: TranslationState, pk: str) -> None:
    told = text.Told(state.texts.get("body", ""), state.texts.get(FORMAT, "markdown"), state.html)
    told = text.without_pictures(told, {pk})
    texts = {name: words for name, words in state.texts.items() if name not in {"body", FORMAT}}
    if told.source:
        texts |= {"body": told.source, FORMAT: told.format}
    state.texts, state.html = texts, told.html
