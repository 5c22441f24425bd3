"""The addresses the composer talks to. Each works for a form without JavaScript and for the composer's script."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forum.drafts import actions, keeping, queries, registry
from forum.drafts.forms import ComposerForm
from forum.drafts.models import Draft
from forum.drafts.preview import fill_preview
from forum.web import kept
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest


@login_required
@require_GET
def drafts(request: MemberRequest) -> HttpResponse:
    return render(request, "drafts/drafts.html", {"drafts": queries.list_drafts(request.user)})


@require_http_methods(["PUT", "POST", "DELETE"])
def draft(request: HttpRequest, place: str) -> HttpResponse:
    """PUT or POST keeps, DELETE discards; JSON. 409 with the other text when another page saved a newer one."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("You are signed out. Your text is kept on this device.")}, status=401)
    if request.method == "DELETE":
        actions.discard_draft(member=request.user, place=place)
        kept.forget(request, place)
        return JsonResponse({})
    sent = _sent(request)
    try:
        saved = actions.keep_draft(
            member=request.user,
            place=place,
            title=str(sent.get("title") or ""),
            body=str(sent.get("body") or ""),
            body_format=str(sent.get("body_format") or ""),
            based_on=keeping.revision_in(str(sent.get("based_on") or "")),
            started_from=str(sent["version"] or "") if "version" in sent else None,
        )
    except actions.NewerText as newer:
        return JsonResponse({"draft": _as_json(newer.draft)}, status=409)
    except Refusal as refusal:
        return JsonResponse({"error": str(refusal.message)}, status=413)
    kept.forget(request, place)
    return JsonResponse(_as_json(saved, with_text=False))


@login_required
@require_POST
def deletion(request: MemberRequest, place: str) -> HttpResponse:
    actions.discard_draft(member=request.user, place=place)
    kept.forget(request, place)
    messages.success(request, _("The draft is deleted."))
    return redirect(kept.back_address(request) if request.POST.get("back") else "drafts")


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The text as it will be published: a fragment for the script, else a page that leads on or back."""
    for_script = request.headers.get("Accept") == "application/json"
    if not request.user.is_authenticated:
        if for_script:
            return JsonResponse({"error": _("You are signed out.")}, status=401)
        return kept.kept_page(request, "signed-out", 401) if kept.is_writing(request) else redirect_to_login("/")
    form = ComposerForm(request.POST)
    is_valid, place = form.is_valid(), request.POST.get("place", "")
    try:
        html = fill_preview(form.cleaned_data["text"].html, member=request.user, place=place) if is_valid else ""
    except Http404:
        if for_script or not kept.is_writing(request):
            raise
        return kept.kept_page(request, "gone", 404)
    if for_script:
        stored = form.cleaned_data["text"].html if is_valid else ""
        return JsonResponse({"html": html, "stored": stored, "error": " ".join(map(str, form["body"].errors))})
    is_kept = kept.keep(request) | keeping.keep_posted(request)
    context = {"html": html, "form": form, "is_kept": is_kept} | kept.form_again(request)
    return render(request, "composer/preview.html", context)


@login_required
@require_GET
def mentions(request: HttpRequest) -> HttpResponse:
    """Who may be mentioned at a place: {"members": [{"username", "name", "line"}]}, at most ten."""
    place, beginning = request.GET.get("place", "")[:60], request.GET.get("q", "").replace("\0", "")[:40].strip()
    found = registry.mentions_at(request.user, place, beginning)
    return JsonResponse({"members": [{"username": who, "name": name, "line": line} for who, name, line in found]})


def _sent(request: HttpRequest) -> dict[str, Any]:
    if request.content_type != "application/json":
        return {name: request.POST[name] for name in request.POST}
    try:
        sent = json.loads(request.body)
    except (ValueError, RecursionError) as error:
        raise Http404 from error
    if not isinstance(sent, dict):
        raise Http404
    return sent


def _as_json(draft: Draft, *, with_text: bool = True) -> dict[str, Any]:
    about = {"version": actions.version_of(draft), "at": draft.saved_at.isoformat(), "saved": draft.saved_words}
    if with_text:
        about |= {"title": draft.title, "body": draft.body, "body_format": draft.body_format}
    return about
