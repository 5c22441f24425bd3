"""The pages of "we tried it"."""

from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from forum.drafts import telling
from forum.drafts.keeping import writing_needs_sign_in
from forum.methods import actions, queries, rules
from forum.methods.models import Method, Try
from forum.methods.telling.words import try_of
from forum.methods.tryforms import LONGEST, SENTENCE, FullTryForm, ToldTryForm, TryForm
from forum.methods.views.writing import about, answer
from forum.threads.views.writing import keep_promise
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def new_try(request: MemberRequest, pk: int) -> HttpResponse:
    method = queries.load_method(request.user, pk)
    refusal = None
    place = f"try:{method.pk}"
    form, stays = _try_form(request)
    if request.method != "POST":
        form.go_on(request, place)
    elif form.is_valid():
        try:
            keep_promise(request, method.community, method.audience)
            told = actions.tell_try(member=request.user, version=queries.load_version(method), **form.cleaned_data)
            return redirect(told)
        except Refusal as refused:
            form.refuse(refusal := refused)
    context = {"form": form, "reason": rules.may_tell(request.user, method), "place": place, **about(method)}
    context["stays"] = stays
    return answer(request, "methods/try.html", context, refusal)


def _try_form(request: MemberRequest) -> tuple[TryForm, bool]:
    """Empty, or (`?from=tell`) with the words of Tell; and whether some of those stay there."""
    initial: dict[str, Any] = {"month": date.today()} | TryForm.prefilled(request.GET)
    if request.method == "POST":
        kind = ToldTryForm if "said" in request.POST else TryForm
        return kind(request.POST, initial=initial), False
    draft = telling.told_by(request.user) if request.GET.get("from") == telling.PREFIX else None
    if draft is None:
        return TryForm(initial=initial), False
    told = try_of(draft, SENTENCE, LONGEST)
    initial |= {"sentence": told.sentence, "changed": told.changed, "said": told.said}
    return ToldTryForm(initial=initial), not told.said


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def edit_try(request: MemberRequest, pk: int) -> HttpResponse:
    told = own_try(request, pk)
    refusal, place = None, f"report:{told.pk}"
    initial = {name: getattr(told, name) for name in FullTryForm.grown}
    form = FullTryForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method != "POST":
        form.go_on(request, place)
    elif form.is_valid():
        try:
            keep_promise(request, told.method.community, told.method.audience)
            fields = {name: form.cleaned_data[name] for name in FullTryForm.grown}
            actions.grow_try(member=request.user, told=told, **fields)
            return redirect(told)
        except Refusal as refused:
            form.refuse(refusal := refused)
    context = {"form": form, "told": told, "place": place, **about(told.method)}
    return answer(request, "methods/try_edit.html", context, refusal)


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def withdraw_try(request: MemberRequest, pk: int) -> HttpResponse:
    """Also where one may read no more, and when it is hidden: one's own words can always be taken back."""
    mine = Try.objects.filter(member=request.user, withdrawal=None).select_related(
        "method__community", "method__thread"
    )
    told = mine.filter(pk=pk).first()
    if told is None:
        raise Http404
    readable = Method.objects.visible_to(request.user).filter(pk=told.method_id).exists()
    if request.method == "POST":
        actions.withdraw_try(by=request.user, told=told)
        return redirect(told.method if readable else "profile", *(() if readable else (request.user.username,)))
    context = {"told": told, "readable": readable}
    if readable:
        context |= {"method": told.method, "community": told.method.community}
    return render(request, "methods/try_withdraw.html", context)


@require_safe
def try_address(request: HttpRequest, pk: int) -> HttpResponse:
    """`/tries/7/` leads to it on the page of its method."""
    told = queries.load_try(request.user, pk)
    return redirect(f"{told.method.get_absolute_url()}#try-{told.pk}")


def own_try(request: MemberRequest, pk: int) -> Try:
    told = queries.load_try(request.user, pk)
    if told.member_id != request.user.pk:
        raise Http404
    return told
