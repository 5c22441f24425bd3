"""Answers when something went wrong: they keep what was typed and say a way on."""

import logging

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.translation import gettext as _

from forum.web import kept
from forum.web.requests import wants_json

logger = logging.getLogger(__name__)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """One answer for what is closed and for what never was: the reason stays out of it."""
    return render(request, "errors/404.html", status=404)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """A body that is broken, cut off, too large, of too many fields; a name of this site it does not answer to.

    Nothing of such a body is there to be kept: the page sends back to where it was written.
    """
    status = 413 if isinstance(exception, RequestDataTooBig) else 400
    if not wants_json(request):
        return _alone(request, status)
    with translation.override(_language(request)):
        words = _("This is too large to send here") if status == 413 else _("This did not arrive whole")
        return JsonResponse({"error": words}, status=status)


def server_error(request: HttpRequest) -> HttpResponse:
    try:
        return _alone(request, 500)
    except Exception:  # even the template: say it plainly rather than not at all
        logger.exception("The error page itself failed")
        return HttpResponse("Something broke here. Please try again.", status=500, content_type="text/plain")


def _alone(request: HttpRequest, status: int) -> HttpResponse:
    """Without the database, the session or the member: any of them may be what is broken, or not yet known."""
    language = _language(request)
    with translation.override(language):
        page = render_to_string(f"errors/{status}.html", {"LANGUAGE_CODE": language})
    return HttpResponse(page, status=status, headers={"Content-Language": language})


def _language(request: HttpRequest) -> str:
    return getattr(request, "LANGUAGE_CODE", None) or translation.get_language_from_request(request)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page that stood open too long, usually across a sign-in: the text comes back with a fresh form.

    A script of our own page gets a fresh token to try once more with. Another site's form gets neither.
    """
    if kept.from_elsewhere(request):
        return permission_denied(request)
    if wants_json(request):
        return JsonResponse({"csrf": get_token(request)}, status=403)
    if kept.is_writing(request):
        return kept.kept_page(request, "stale" if request.user.is_authenticated else "signed-out", 403)
    return render(request, "errors/stale.html", {"back": request.get_full_path()}, status=403)
