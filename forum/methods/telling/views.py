"""The pages of Tell: photos and words; what it is and where; of which method it tells. None of them publishes."""

from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from forum.communities.queries import audience_sentence
from forum.drafts import telling
from forum.drafts.actions import NewerText, keep_draft, version_of
from forum.drafts.keeping import writing_needs_sign_in
from forum.drafts.models import Draft
from forum.drafts.preview import fill_anywhere
from forum.methods.facts import in_one_line
from forum.methods.telling import queries
from forum.methods.telling.forms import Kind, KindForm, TellForm
from forum.methods.telling.pictures import described, take_in, undescribed
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest, wants_json


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def tell(request: MemberRequest) -> HttpResponse:
    place, refusal = telling.place_of(request.user), None
    if request.method == "POST":
        form, refusal = _sent(request, place)
        if not form.errors:
            answer = redirect(_with(reverse("tell_place"), request))
            is_script = wants_json(request)
            return JsonResponse({"url": answer["Location"]}) if is_script else answer
    else:
        form = TellForm.opened(request, place, writer=request.user)
    context = {"form": form, "place": place, "audience_line": _("Nobody else sees this yet.")}
    response = render(request, "telling/tell.html", context, status=422 if form.is_bound else 200)
    return refusal.answered(response) if refusal else response


def _sent(request: MemberRequest, place: str) -> tuple[TellForm, Refusal | None]:
    """What was sent stands in the draft, with the pictures that could be taken; the errors say what could not."""
    form = TellForm(request.POST, request.FILES, writer=request.user)
    form.is_valid()
    body, body_format = request.POST.get("body", ""), form.cleaned_data.get("body_format", "markdown")
    files = form.cleaned_data.get("pictures", [])
    body, refused = take_in(uploader=request.user, files=files, body=body, body_format=body_format)
    wrong = [str(words) for words in form.errors.get("pictures", [])]
    other: Draft | None = None
    data = request.POST.copy()
    data["body"] = body
    refusal: Refusal | None = refused[0] if refused else None
    try:
        keep_draft(
            member=request.user,
            place=place,
            title=request.POST.get("title", ""),
            body=body,
            body_format=body_format,
            started_from=request.POST.get("draft_version", ""),
        )
    except NewerText as newer:
        other = newer.draft
        refusal = Refusal(_("Another version of this text was kept on another page or device."), status=409)
    except Refusal as too_long:
        refusal = too_long
    form = TellForm(data, writer=request.user)
    for words in [*wrong, *dict.fromkeys(str(each.message) for each in refused)]:
        form.add_error("pictures", words)
    if refusal and not refused:
        form.add_error("body", str(refusal.message))
    if other:
        form.other_text, form.other_format = other.body, other.body_format
    if not (body.strip() or form.errors):
        form.add_error("body", _("Please add a photo or a few words."))
    return form, refusal


def _with(address: str, request: MemberRequest, **more: str) -> str:
    """The address with the community that was said already."""
    said = {"community": request.GET.get("community", "")[:60], **more}
    query = urlencode({name: value for name, value in said.items() if value})
    return f"{address}?{query}" if query else address


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def tell_place(request: MemberRequest) -> HttpResponse:
    draft = telling.told_by(request.user)
    if draft is None:
        return redirect(_with(reverse("tell"), request))
    communities = queries.places_of(request.user)
    asked = request.GET.get("community", "")
    preset = asked if any(each.slug == asked for each in communities) else ""
    if len(communities) == 1:
        preset = communities[0].slug
    form = KindForm(
        request.POST if request.method == "POST" else None,
        communities=communities,
        pictures=undescribed(draft.body),
        initial={"community": preset},
    )
    if form.is_bound and form.is_valid():
        _describe(request, draft, form.alts)
        return redirect(_next(form.cleaned_data["kind"], form.cleaned_data["community"]))
    context = {
        "form": form,
        "communities": [(each, audience_sentence(each)) for each in communities],
        "chosen": form["community"].value(),
        "back": _with(reverse("tell"), request),
        "words": fill_anywhere(telling.html_of(draft)),
    }
    return render(request, "telling/place.html", context, status=422 if form.is_bound else 200)


def _describe(request: MemberRequest, draft: Draft, alts: dict[str, str]) -> None:
    body = described(draft.body, alts)
    if body != draft.body:
        about: dict[str, Any] = {"title": draft.title, "body": body, "body_format": draft.body_format}
        with suppress(NewerText):  # written on elsewhere this moment: those words are the later ones
            keep_draft(member=request.user, place=draft.place, started_from=version_of(draft), **about)


def _next(kind: str, slug: str) -> str:
    if kind == Kind.TRY:
        return f"{reverse('tell_method')}?{urlencode({'community': slug})}"
    name = "new_thread" if kind == Kind.CONVERSATION else "new_method"
    return f"{reverse(name, args=[slug])}?from={telling.PREFIX}"


@require_safe
@writing_needs_sign_in
def tell_method(request: MemberRequest) -> HttpResponse:
    """Which method was it? Or is it not told here yet?"""
    draft = telling.told_by(request.user)
    if draft is None:
        return redirect(_with(reverse("tell"), request))
    words = request.GET.get("q", "").replace("\0", "")[:200].strip()
    found: list[Any] = list(queries.found(request.user, words))
    for method in found:
        method.facts = in_one_line(method)
    asked = request.GET.get("community", "")
    home = next((each for each in queries.places_of(request.user) if each.slug == asked), None)
    context = {
        "found": found,
        "q": words,
        "home": home,
        "back": _with(reverse("tell_place"), request),
        "beginning": telling.first_sentence(telling.words_of(draft), 140),
    }
    return render(request, "telling/method.html", context)
