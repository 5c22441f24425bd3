"""A card in another language: its page, and the pages it is translated, checked and taken away on."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forum.drafts.keeping import resume, writing_needs_sign_in
from forum.methods import queries
from forum.methods.differences import Difference, differences
from forum.methods.models import Method, MethodVersion
from forum.methods.translations import actions, rules
from forum.methods.translations.actions import place_of
from forum.methods.translations.forms import RemovalForm, TranslationForm
from forum.methods.translations.models import TranslationState
from forum.methods.translations.queries import load_translation, states_of
from forum.methods.translations.showing import in_language
from forum.methods.translations.texts import FIELDS, carried
from forum.methods.views.reading import method_context, read_notices, whole_number
from forum.methods.views.writing import about, answer
from forum.threads.views.writing import keep_promise
from forum.web.errors import Conflict, Refusal
from forum.web.requests import MemberRequest


@require_safe
def method_in(request: HttpRequest, pk: int, language: str) -> HttpResponse:
    """`/methods/12/in/de/`: in German; the original, saying so, where there is no translation."""
    method = _load(request, pk, language)
    context = in_language(method_context(request, method), request.user, language, is_asked=True)
    read_notices(request, context)
    return render(request, "methods/method.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def translate(request: MemberRequest, pk: int, language: str) -> HttpResponse:
    method = _load(request, pk, language)
    if language == method.language:
        raise Http404
    place, state = place_of(method, language), states_of(method, request.user).get(language)
    if reason := rules.may_translate(request.user, method):
        return _refused(request, method, language, str(reason))
    base = _base(request, method, place)
    texts = carried(state.texts, state.source.card, base.card) if state else {}
    initial = {"source": base.number, "based_on": state.number if state else 0}
    initial["is_by_machine"] = state.is_by_machine if state else False
    context: dict[str, Any] = {"place": place, "language": language, "state": state, **about(method)}
    refusal: Refusal | None = None
    form = TranslationForm(request.POST if request.method == "POST" else None, base=base, texts=texts, initial=initial)
    if request.method != "POST":
        form.go_on(request, place)
    elif form.is_valid():
        try:
            keep_promise(request, method.community, method.audience)
            state = actions.translate_method(
                translator=request.user,
                source=base,
                language=language,
                saying=form.saying(),
                based_on=form.cleaned_data["based_on"],
            )
            return redirect(state.translation)
        except Refusal as refused:
            refusal = refused
            if refused.status == 409:
                form = _begun_again(request, base, refused)
                context["between"] = refused.present if isinstance(refused, Conflict) else None
            form.refuse(refused)
    context |= {"form": form, "base": base, "since": _since(method, base, state)}
    return answer(request, "methods/translations/translate.html", context, refusal)


def _base(request: MemberRequest, method: Method, place: str) -> MethodVersion:
    """The version beside the fields: the one the form or its draft began with, else the present one."""
    begun = request.POST.get("source") if request.method == "POST" else resume(request, place).typed.get("source")
    number = whole_number(begun if isinstance(begun, str) else None)
    version = method.versions.filter(number=number).first() if number else None
    version = version or queries.load_version(method)
    version.method = method
    return version


def _begun_again(request: MemberRequest, base: MethodVersion, refusal: Refusal) -> TranslationForm:
    """The same words, now beginning from what stands there."""
    data = request.POST.copy()
    state = refusal.present if isinstance(refusal, Conflict) else None
    data["based_on"] = str(state.number if state else 0)
    again = TranslationForm(data, base=base, texts={})
    again.is_valid()
    again.theirs = carried(state.texts, state.source.card, base.card) if state else {}
    return again


def _since(method: Method, base: MethodVersion, state: TranslationState | None) -> list[Difference]:
    """What changed in the original: since the translation was made, else since this form was begun."""
    before = state.source if state else base
    if before.number == method.version:
        return []
    return differences(before, queries.load_version(method) if base == before else base, FIELDS)


def _refused(request: MemberRequest, method: Method, language: str, reason: str) -> HttpResponse:
    context = {"reason": reason, "language": language, **about(method)}
    status = 422 if request.method == "POST" else 200
    return render(request, "methods/translations/refused.html", context, status=status)


@require_POST
@writing_needs_sign_in
def check(request: MemberRequest, pk: int, language: str) -> HttpResponse:
    translation = load_translation(request.user, pk, language)
    try:
        number = whole_number(request.POST.get("number")) or translation.number
        actions.check_translation(by=request.user, translation=translation, number=number)
    except Conflict:
        pass  # its page shows what stands there now, unread
    except Refusal as refused:
        return refused.answered(_refused(request, translation.method, language, str(refused.message)))
    return redirect(translation)


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def remove(request: MemberRequest, pk: int, language: str) -> HttpResponse:
    translation = load_translation(request.user, pk, language)
    if rules.may_remove(request.user, translation) is not None:
        raise Http404
    refusal = None
    form = RemovalForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.remove_translation(by=request.user, translation=translation, **form.cleaned_data)
            return redirect(translation.method)
        except Refusal as refused:
            form.refuse(refusal := refused)
    method = translation.method
    context = {"form": form, "translation": translation, "method": method, "community": method.community}
    return answer(request, "methods/translations/remove.html", context, refusal)


def _load(request: HttpRequest, pk: int, language: str) -> Method:
    method = queries.load_method(request.user, pk)
    if language not in dict(settings.LANGUAGES):
        raise Http404
    return method
