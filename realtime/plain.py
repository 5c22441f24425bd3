"""Answers the server gives by itself, before Django has a request: pages of the house, in the reader's language.

Each is rendered once a language and kept: a flood of refusals costs no more than sending them.
"""

from functools import cache

from django.http import HttpRequest, parse_cookie
from django.template.loader import render_to_string
from django.utils import translation

HEADERS = (
    "Content-Type: text/html; charset=utf-8\r\nContent-Security-Policy: default-src 'none'; style-src 'self'\r\n"
    "X-Content-Type-Options: nosniff\r\nCache-Control: no-store\r\n"
)


def answer(status: int, reason: str, *, cookies: str, languages: str) -> bytes:
    """A whole HTTP answer that ends the connection: templates/errors/<status>.html."""
    request = HttpRequest()
    request.COOKIES, request.META = parse_cookie(cookies), {"HTTP_ACCEPT_LANGUAGE": languages}
    language = translation.get_language_from_request(request)
    body = page(status, language)
    again = "Retry-After: 5\r\n" if status == 503 else ""
    head = f"HTTP/1.1 {status} {reason}\r\n{HEADERS}{again}Content-Language: {language}\r\n"
    return f"{head}Content-Length: {len(body)}\r\nConnection: close\r\n\r\n".encode() + body


@cache
def page(status: int, language: str) -> bytes:
    with translation.override(language):
        return render_to_string(f"errors/{status}.html", {"LANGUAGE_CODE": language}).encode()
