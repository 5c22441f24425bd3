"""The reader's language and time zone, for the whole request."""

import zoneinfo
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers


class PersonalMiddleware:
    """Language: the member's own choice, else the cookie, else what the browser asks for, else the site's.

    A visitor without a session cookie costs no query. Templates are rendered inside, so they speak the language too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        language = translation.get_language_from_request(request)
        zone = settings.TIME_ZONE
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            language = request.user.interface_language or language
            zone = request.user.time_zone or zone
        with translation.override(language), timezone.override(_zone(zone)):
            request.LANGUAGE_CODE = language  # as Django's own LocaleMiddleware does
            response = self.get_response(request)
        response.headers.setdefault("Content-Language", language)
        patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def _zone(name: str) -> zoneinfo.ZoneInfo:
    """The zone, or the site's, should a name have left the system's tables since it was chosen."""
    try:
        return zoneinfo.ZoneInfo(name)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError):
        return zoneinfo.ZoneInfo(settings.TIME_ZONE)
