"""The addresses the composer talks to. Each works for a form without JavaScript and for the composer's script."""

import json
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forum.drafts import actions, keeping, queries, registry
from forum.drafts.forms import ComposerForm
from forum.drafts.models import Draft
from forum.drafts.preview import fill_preview
from forum.web import kept
from forum.web.errors import Refusal
from forum.web.pace import ask_pace
from forum.web.requests import MemberRequest, wants_json

UNREADABLE = gettext_lazy("Your text did not arrive whole, so nothing was changed here. Please try again.")
# A minute's, far beyond anybody's hands: a page saves every two seconds at most, and asks for each quote it opens with.
MOST_SAVES = 240
MOST_PREVIEWS = 120
MOST_LOOK_UPS = 240


@login_required
@require_GET
def drafts(request: MemberRequest) -> HttpResponse:
    return render(request, "drafts/drafts.html", {"drafts": queries.list_drafts(request.user)})


@require_http_methods(["PUT", "POST", "DELETE"])
def draft(request: HttpRequest, place: str) -> HttpResponse:
    """PUT or POST keeps, DELETE discards; JSON. 409 with the other text when another page saved a newer one.

    Kept is what was sent as JSON or, by POST, as a form. What cannot be read is 400 or 415 and changes nothing: an
    empty text would delete what stands here.
    """
    if not request.user.is_authenticated:
        return JsonResponse({"error": _("You are signed out. Your text is kept on this device.")}, status=401)
    if request.method == "DELETE":
        actions.discard_draft(member=request.user, place=place)
        kept.forget(request, place)
        return JsonResponse({})
    try:
        ask_pace(
            "drafts", request.user, most=MOST_SAVES, words=_("That was very quick. Your text is kept on this device.")
        )
        sent = _sent(request)
        saved = actions.keep_draft(
            member=request.user,
            place=place,
            title=str(sent.get("title") or ""),
            body=sent["body"],
            body_format=str(sent.get("body_format") or ""),
            based_on=keeping.revision_in(str(sent.get("based_on") or "")),
            fields=_fields(sent),
            started_from=str(sent["version"] or "") if "version" in sent else None,
        )
    except actions.NewerText as newer:
        return JsonResponse({"draft": _as_json(newer.draft)}, status=409)
    except IntegrityError as gone:
        raise Http404 from gone  # the account was closed while its page saved
    except Refusal as refusal:
        if not registry.is_allowed(request.user, place):
            raise Http404 from refusal
        return refusal.answered(JsonResponse({"error": str(refusal.message)}))
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
    for_script = wants_json(request)
    if not request.user.is_authenticated:
        if for_script:
            return JsonResponse({"error": _("You are signed out.")}, status=401)
        return kept.kept_page(request, "signed-out", 401) if kept.is_writing(request) else redirect_to_login("/")
    form = ComposerForm(request.POST, writer=request.user)
    shown, refused = {"html": "", "stored": "", "error": ""}, None
    try:
        ask_pace("previews", request.user, most=MOST_PREVIEWS)
        shown |= _preview(form, request.user, request.POST.get("place", ""))
    except Refusal as refusal:
        refused = refusal
        shown["error"] = str(refusal.message)
    except Http404:
        if for_script or not kept.is_writing(request):
            raise
        return kept.kept_page(request, "gone", 404)
    if for_script:
        response: HttpResponse = JsonResponse(shown)
    else:
        is_kept = kept.keep(request) | keeping.keep_posted(request)
        context = shown | {"form": form, "is_kept": is_kept} | kept.form_again(request)
        response = render(request, "composer/preview.html", context)
    return refused.answered(response) if refused else response


def _preview(form: ComposerForm, member: Any, place: str) -> dict[str, str]:
    if not form.is_valid():
        return {"error": " ".join(map(str, form["body"].errors))}
    stored = form.cleaned_data["text"].html
    return {"html": fill_preview(stored, member=member, place=place), "stored": stored}


@login_required
@require_GET
def mentions(request: HttpRequest) -> HttpResponse:
    """Who may be mentioned at a place: {"members": [{"username", "name", "line"}]}, at most ten; none with 429."""
    place, beginning = request.GET.get("place", "")[:60], request.GET.get("q", "").replace("\0", "")[:40].strip()
    try:
        ask_pace("mentions", request.user, most=MOST_LOOK_UPS)
    except Refusal as refusal:
        return refusal.answered(JsonResponse({"members": [], "error": str(refusal.message)}))
    found = registry.mentions_at(request.user, place, beginning)
    return JsonResponse({"members": [{"username": who, "name": name, "line": line} for who, name, line in found]})


def _sent(request: HttpRequest) -> dict[str, Any]:
    """{name: value} of a draft. Refusal (400, 415) for what is none."""
    if request.method == "POST" and request.content_type in {
        "application/x-www-form-urlencoded",
        "multipart/form-data",
    }:
        sent: Any = {name: request.POST[name] for name in request.POST}
    elif request.content_type != "application/json":
        raise Refusal(UNREADABLE, status=415)
    else:
        try:
            sent = json.loads(request.body)
        except (ValueError, RecursionError):
            sent = None
    if not isinstance(sent, dict) or not isinstance(sent.get("body"), str):
        raise Refusal(UNREADABLE, status=400)
    return sent


def _fields(sent: dict[str, Any]) -> dict[str, Any] | None:
    """Of a form of many fields, what stands in all of them."""
    fields = sent.get("fields")
    return keeping.typed_fields(fields) if isinstance(fields, dict) else None


def _as_json(draft: Draft, *, with_text: bool = True) -> dict[str, Any]:
    about = {"version": actions.version_of(draft), "at": draft.saved_at.isoformat(), "saved": draft.saved_words}
    if with_text:
        about |= {"title": draft.title, "body": draft.body, "body_format": draft.body_format}
        about |= {"fields": draft.fields} if draft.fields else {}
    return about
