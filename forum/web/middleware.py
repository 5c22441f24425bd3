"""Pages are one reader's own, and travel light."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware


class LightMiddleware(GZipMiddleware):
    """Compresses texts (Django adds random bytes, so that their length tells nothing); pictures are compact already."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_text = response.get("Content-Type", "").startswith(("text/", "application/json"))
        return super().process_response(request, response) if is_text else response


class PrivateMiddleware:
    """No cache between may keep a page, and the reader's own asks again; what says otherwise itself stays so.

    A cookie with a NUL, which no browser sends, is not read: PostgreSQL takes no such session key.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\\000" in request.META.get("HTTP_COOKIE", ""):
            request.COOKIES = {name: value for name, value in request.COOKIES.items() if "\0" not in value}
        response = self.get_response(request)
        response.setdefault("Cache-Control", "private, no-cache")
        return response
