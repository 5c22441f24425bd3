"""From an address of ours to what stands there, before anything is asked of the database: what such words lead to is
the same whether there is anything or not."""

import re
from urllib.parse import urlsplit

from django.conf import settings

from forum.moderation.subjects import Subject

LONGEST = 500
_NUMBER = r"(\d{1,15})"
_PLACES = (
    ("post", re.compile(rf"/posts/{_NUMBER}(?:/.*)?")),
    ("thread", re.compile(rf"/threads/{_NUMBER}(?:/.*)?")),
    ("method", re.compile(rf"/(?:methods|m)/{_NUMBER}(?:/.*)?")),
    ("try", re.compile(rf"/tries/{_NUMBER}(?:/.*)?")),
    ("member", re.compile(r"/members/([a-z0-9_-]{1,40})(?:/.*)?")),
    ("picture", re.compile(r"/pictures/([0-9a-f-]{36})(?:/.*)?")),
)
_SPOT = re.compile(rf"(post|try)-{_NUMBER}")  # …/threads/12/soup/#post-55


def about_of(address: str) -> str:
    """`post:55` for an address of this site, "" for any other and for pages nobody wrote."""
    path, fragment = _of_ours(address)
    if spot := _SPOT.fullmatch(fragment):
        return f"{spot[1]}:{int(spot[2])}"
    for kind, pattern in _PLACES:
        if found := pattern.fullmatch(path):
            return f"{kind}:{found[1]}"
    return ""


def whole(address: str) -> str:
    """As it is kept: of this site, whichever of its names was typed."""
    path, fragment = _of_ours(address)
    return f"{settings.SITE_URL}{path}{'#' + fragment if fragment else ''}"[:LONGEST]


def address_of(about: Subject) -> str:
    return f"{settings.SITE_URL}{about.url}"


def _of_ours(address: str) -> tuple[str, str]:
    """(path, fragment), both empty for what is no address of ours. With or without https://, as people copy it."""
    try:
        parts = urlsplit(address if "://" in address or address.startswith("/") else f"https://{address}")
    except ValueError:
        return "", ""
    names = {"", *(urlsplit(origin).netloc for origin in settings.SITE_ORIGINS)}
    if parts.scheme not in {"", "http", "https"} or parts.netloc.lower() not in names or not parts.path:
        return "", ""
    return parts.path, parts.fragment
