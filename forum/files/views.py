"""Pictures come in for the composer (with its script or without) and go out behind the rule of what they stand in."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forum.files import rules
from forum.files.actions import keep_picture
from forum.files.models import Picture
from forum.web import kept
from forum.web.errors import Refusal
from forum.web.requests import wants_json


@require_POST
def pictures(request: HttpRequest) -> HttpResponse:
    """Take one picture. JSON: 201 {"url", "width", "height"}, else {"error"} with 401, 422 or 429.

    Without the script: back to the form, with the picture at the end of its text.
    """
    for_script = wants_json(request)
    if not request.user.is_authenticated:
        if for_script:
            return JsonResponse({"error": _("You are signed out. Your text is kept on this device.")}, status=401)
        back = kept.back_address(request)
        return kept.kept_page(request, "signed-out", 401) if kept.is_writing(request) else redirect_to_login(back)
    uploaded = request.FILES.get("picture")
    try:
        if uploaded is None:
            raise Refusal(_("Please choose a picture first."), field="picture")
        taken = keep_picture(uploader=request.user, file=uploaded, size=uploaded.size or 0)
    except Refusal as refusal:
        if for_script:
            return refusal.answered(JsonResponse({"error": str(refusal.message)}))
        messages.warning(request, str(refusal.message))
        return _back_to_the_text(request, request.POST.get("body", ""))
    if for_script:
        about = {"url": taken.get_absolute_url(), "width": taken.width, "height": taken.height}
        return JsonResponse(about, status=201)
    messages.success(request, _("The picture stands at the end of your text."))
    return _back_to_the_text(request, _with_picture(request, taken))


@require_safe
def picture(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The picture, or the same 404 for what is closed and what never was."""
    found = Picture.objects.filter(pk=pk).first()
    is_public = found is not None and rules.is_public(found)
    if found is None or not (is_public or rules.may_see(request.user, found)):
        raise Http404
    tag = f'"{found.pk.hex}"'  # a picture never changes: its name is its version
    if request.headers.get("If-None-Match") == tag:
        response: HttpResponse = HttpResponseNotModified()
    else:
        try:
            with found.file.open() as stored:
                response = HttpResponse(stored.read(), content_type=found.content_type)
        except FileNotFoundError as error:
            raise Http404 from error
    response["ETag"] = tag
    # Short for all, and asked again each time where not everyone may look: losing access holds at once.
    response["Cache-Control"] = "public, max-age=60" if is_public else "private, no-cache"
    response["Content-Disposition"] = "inline"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    response["Cross-Origin-Resource-Policy"] = "same-origin"
    return response


def _with_picture(request: HttpRequest, taken: Picture) -> str:
    body, address = request.POST.get("body", ""), taken.get_absolute_url()
    alt = " ".join(request.POST.get("picture_alt", "").split())[:300]
    if request.POST.get("body_format") == "html":
        return body + format_html('<p><img src="{}" alt="{}"></p>', address, alt)
    plain_alt = alt.translate(dict.fromkeys(map(ord, "[]\\<>`!*_"), " "))
    return f"{body.rstrip()}\n\n![{plain_alt}]({address})\n".lstrip()


def _back_to_the_text(request: HttpRequest, body: str) -> HttpResponse:
    if not kept.keep(request, body=body):
        return kept.kept_page(request, "stale", 413)
    return redirect(kept.back_address(request))
