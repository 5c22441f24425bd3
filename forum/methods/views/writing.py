"""The pages people tell and change methods on. What was typed comes back with every answer that is not a yes."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forum.communities import queries as communities
from forum.communities.models import Community
from forum.drafts import telling
from forum.drafts.keeping import writing_needs_sign_in
from forum.methods import actions, check, queries, rules
from forum.methods.card import Card
from forum.methods.differences import differences
from forum.methods.forms import AdaptationForm, CardForm, NewCardForm, RedactionForm, RevisionForm
from forum.methods.models import Method
from forum.methods.pictures.rows import take_files
from forum.methods.pictures.settling import carried
from forum.methods.redacting import foreseen
from forum.methods.telling.words import card_of
from forum.methods.tryforms import TryForm
from forum.methods.vocabularies import Maturity
from forum.methods.wishes.steps import audience_of
from forum.threads.models import Post
from forum.threads.views.writing import keep_promise
from forum.web.errors import Conflict, Refusal
from forum.web.requests import MemberRequest


def answer(request: MemberRequest, template: str, context: dict[str, Any], refusal: Refusal | None) -> HttpResponse:
    """The form again: 200 fresh, 422 with its mistakes, or what the refusal says."""
    response = render(request, template, context, status=422 if request.method == "POST" else 200)
    return refusal.answered(response) if refusal else response


def about(method: Method) -> dict[str, Any]:
    """What a form about a method says of it, and of who will read what is written."""
    return {
        "method": method,
        "community": method.community,
        "cancel_url": method.get_absolute_url(),
        **communities.who_will_see(method.community, method.audience),
    }


def asks_for_rows(request: MemberRequest) -> bool:
    """A button that only moves or adds steps was pressed, by somebody without a script."""
    return "rows" in request.POST


def tells_of_a_try(posted: Any) -> bool:
    """Does it say how it was? The month stands there from the beginning."""
    return posted is not None and any(posted.get(f"try-{name}", "").strip() for name in ("sentence", "people"))


def _as_done(card: Card) -> Card:
    """Whoever tells how it was has done it, whatever stands above."""
    return replace(card, maturity=Maturity.ONCE) if card.maturity == Maturity.IDEA else card


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def new_method(request: MemberRequest, slug: str) -> HttpResponse:
    """Empty, or with the words of Tell (`?from=tell`, `done=once`: it was done already)."""
    community = communities.load_community(request.user, slug)
    place, base = telling.place_here(request, f"methods:{community.pk}"), None
    if telling.is_telling(place) and (told := telling.told_by(request.user)):
        base = card_of(told, is_done="done" in request.GET)
    context = {"reason": rules.may_publish(request.user, community)}
    return method_form(request, community, place, context, base=base)


def method_form(
    request: MemberRequest,
    community: Community,
    place: str,
    context: dict[str, Any],
    *,
    base: Card | None,
    of: Post | None = None,
) -> HttpResponse:
    """The form of a method that is not there yet, and what comes of it. `base` stands in it when it is opened; `of` is
    the post it is made of."""
    refused_file = take_files(request)
    posted = request.POST if request.method == "POST" else None
    form = NewCardForm(posted, base=None if posted else base)
    form.refuse_pictures(refused_file)
    told = TryForm(posted, prefix="try", initial={"month": date.today()})
    refusal, audience = None, audience_of(of) if of else None
    if posted is None:
        if title := request.GET.get("title"):  # a name that waits in a post
            form.initial["title"] = title[: check.LENGTHS["title"]]
        form.go_on(request, place)
        told.go_on(request, place)
    elif not asks_for_rows(request) and _is_whole(form, told, posted):
        try:
            keep_promise(request, community, audience)
            return redirect(_publish(request, form, told, community=community, place=place, of=of))
        except Refusal as refused:
            form.refuse(refusal := refused)
    context = {
        "form": form,
        "told": told,
        "place": place,
        "community": community,
        "cancel_url": of.get_absolute_url() if of else community.get_absolute_url(),
        **communities.who_will_see(community, audience),
        **context,
    }
    return answer(request, "wishes/card.html" if of else "methods/new.html", context, refusal)


def _is_whole(form: NewCardForm, told: TryForm, posted: Any) -> bool:
    if tells_of_a_try(posted) and not told.is_valid():
        form.add_error(None, _("Something in how it went needs another look."))
        return False
    return form.is_valid()


def _publish(request: MemberRequest, form: NewCardForm, told: TryForm, **where: Any) -> Method:
    """`where`: its community, the place of its draft, the post it is of."""
    wants_try = tells_of_a_try(request.POST)
    return actions.publish_method(
        author=request.user,
        card=_as_done(form.card()) if wants_try else form.card(),
        body=form.text,
        first_try=told.cleaned_data if wants_try else None,
        submission=form.cleaned_data["submission"],
        **where,
    )


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def edit_method(request: MemberRequest, pk: int) -> HttpResponse:
    method = queries.load_method(request.user, pk)
    if not rules.is_kept_by(request.user, method):
        raise Http404
    version = queries.load_version(method)
    refused_file = take_files(request)
    refusal: Refusal | None = None
    place = f"method:{method.pk}"
    context: dict[str, Any] = {"place": place, **about(method)}
    if request.method == "POST":
        form: CardForm = RevisionForm(request.POST, base=version.card)
        form.know_theirs(request.user)
        form.refuse_pictures(refused_file)
        if not asks_for_rows(request) and form.is_valid():
            try:
                keep_promise(request, method.community, method.audience)
                actions.revise_method(
                    editor=request.user,
                    method=method,
                    card=form.card(),
                    body=form.text,
                    based_on=form.cleaned_data["based_on"],
                    note=form.cleaned_data["note"],
                )
                return redirect(method)
            except Conflict as conflict:
                started = method.versions.filter(number=form.cleaned_data["based_on"]).first()
                form, refusal = _merging(request, conflict), conflict
                context["between"] = differences(started or version, conflict.present)
            except Refusal as refused:
                form.refuse(refusal := refused)
    else:
        form = RevisionForm(base=version.card)
        form.know_theirs(request.user)
        form.initial["based_on"] = version.number
        form.go_on(request, place)
    context["form"] = form
    return answer(request, "methods/edit.html", context, refusal)


def _merging(request: MemberRequest, conflict: Conflict) -> CardForm:
    """The same form, now starting from the version that came between."""
    data = request.POST.copy()
    data["based_on"] = str(conflict.present.number)
    again = RevisionForm(data, base=conflict.present.card)
    again.know_theirs(request.user)
    again.is_valid()
    again.refuse(conflict)
    return again


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def adapt_method(request: MemberRequest, pk: int) -> HttpResponse:
    """Our version, in the community the method is in."""
    method = queries.load_method(request.user, pk)
    version = queries.load_version(method)
    refused_file = take_files(request)
    refusal, place = None, f"adaptation:{method.pk}"
    card, left_behind = carried(version, request.user)
    form = AdaptationForm(request.POST if request.method == "POST" else None, base=card)
    form.know_theirs(request.user)
    form.refuse_pictures(refused_file)
    if request.method != "POST":
        form.go_on(request, place)
    elif not asks_for_rows(request) and form.is_valid():
        try:
            keep_promise(request, method.community, method.audience)
            made = actions.adapt_method(
                author=request.user,
                parent=version,
                community=method.community,
                card=form.card(),
                body=form.text,
                why=form.cleaned_data["why"],
                kinds=form.cleaned_data["kinds"],
                submission=form.cleaned_data["submission"],
            )
            return redirect(made)
        except Refusal as refused:
            form.refuse(refusal := refused)
    context = {
        "form": form,
        "left_behind": left_behind,
        "place": place,
        "reason": rules.may_adapt(request.user, method, method.community),
        **about(method),
    }
    return answer(request, "methods/adapt.html", context, refusal)


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def redact_method(request: MemberRequest, pk: int) -> HttpResponse:
    method = queries.load_method(request.user, pk)
    if rules.may_redact(request.user, method) is not None:
        raise Http404
    context: dict[str, Any] = {"place": f"redaction:{method.pk}", **about(method)}
    refusal: Refusal | None = None
    form = RedactionForm(request.POST if request.method == "POST" else None)
    if request.method != "POST":
        form.go_on(request, context["place"])
    elif form.is_valid():
        try:
            keep_promise(request, method.community, method.audience)
            if not (shown := request.POST.get("confirmed")):
                context |= {"form": form, "found": foreseen(by=request.user, method=method, **form.cleaned_data)}
                return render(request, "methods/redact.html", context)
            actions.redact_method(by=request.user, method=method, shown=shown, **form.cleaned_data)
            return redirect("method_versions", pk=method.pk)
        except Conflict as conflict:
            form.refuse(refusal := conflict)
            context["found"] = conflict.present
        except Refusal as refused:
            form.refuse(refusal := refused)
    return answer(request, "methods/redact.html", context | {"form": form}, refusal)
