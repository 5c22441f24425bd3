"""Answers when something went wrong: they keep what was typed and say a way on."""

import logging

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation

from forum.web import kept

logger = logging.getLogger(__name__)


def page_not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """One answer for what is closed and for what never was: the reason stays out of it."""
    return render(request, "errors/404.html", status=404)


def permission_denied(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "errors/403.html", status=403)


def server_error(request: HttpRequest) -> HttpResponse:
    """Without the database, the session or the member: any of them may be what is broken."""
    language = getattr(request, "LANGUAGE_CODE", None) or translation.get_language_from_request(request)
    with translation.override(language):
        try:
            return HttpResponse(render_to_string("errors/500.html", {"LANGUAGE_CODE": language}), status=500)
        except Exception:  # even the template: say it plainly rather than not at all
            logger.exception("The error page itself failed")
            return HttpResponse("Something broke here. Please try again.", status=500, content_type="text/plain")


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A page that stood open too long, usually across a sign-in: the text comes back with a fresh form.

    A script of our own page gets a fresh token to try once more with. Another site's form gets neither.
    """
    if kept.from_elsewhere(request):
        return permission_denied(request)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"csrf": get_token(request)}, status=403)
    if kept.is_writing(request):
        return kept.kept_page(request, "stale" if request.user.is_authenticated else "signed-out", 403)
    return render(request, "errors/stale.html", {"back": request.get_full_path()}, status=403)
