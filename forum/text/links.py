"""Addresses: which may stand in a text. Asked of every address, whatever the sanitisers said."""

import re
from urllib.parse import urlsplit
from uuid import UUID

from django.conf import settings

from forum.text import limits
from forum.text.characters import strip_invisible, tidy

_UNSAFE = re.compile(r"""[\s"'<>\\^`{|}]""")
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_MAIL = re.compile(r"mailto:[^\s@:/?]+@[^\s@:/?]+\.[^\s@:/?]+(\?[^\s]*)?", re.IGNORECASE)
_PICTURE = re.compile(r"/pictures/([0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})/?")
_METHOD = re.compile(r"/methods/([1-9][0-9]{0,17})/(?:[a-z0-9-]+/)?")
_HOST = re.compile(r"(?:\w(?:[\w-]*\w)?(?:\.\w(?:[\w-]*\w)?)*\.?|\[[0-9a-fA-F:.]+\])(?::[0-9]{1,5})?")
#: A plain address in a text; what ends a sentence is taken off by `trimmed`.
PLAIN = r"(?<![\w/.@-])(?:https?://|www\.(?=\w))[^\s<>\"„”“«»\u200b\u200e\u200f\u2026]+"
_ENDS = ".,:;!?'’‘*_~"
_PAIRS = {")": "(", "]": "[", "}": "{"}


def safe_href(value: str) -> str | None:
    """The address as it may be printed, or None: http, https, mailto, or a path of this site ("/threads/12/")."""
    url = _UNSAFE.sub(lambda found: f"%{ord(found[0]):02X}", tidy(strip_invisible(value.strip().replace(" ", "%20"))))
    if not url or len(url) > limits.URL:
        return None
    if url.startswith("/"):
        # "//host" and "/\host" (here "/%5C") leave the site.
        return None if url[1:2] == "/" or url[1:4].upper() == "%5C" else url
    scheme = _SCHEME.match(url)
    if scheme is None:
        return None
    if scheme[1].lower() == "mailto":
        return url if _MAIL.fullmatch(url) else None
    return url if scheme[1].lower() in {"http", "https"} and _has_host(url) else None


def is_external(href: str) -> bool:
    own = settings.SITE_URL
    return href.lower().startswith("http") and href != own and not href.startswith(f"{own}/")


def picture_id(src: str) -> str | None:
    """The uuid of one of our own pictures, or None for every other image."""
    path = strip_invisible(src).removeprefix(settings.SITE_URL)
    found = _PICTURE.fullmatch(path)
    return str(UUID(found[1])) if found else None


def method_number(href: str) -> str | None:
    """The number in the address of one of our own methods ("/methods/12/soup/"), or None."""
    found = _METHOD.fullmatch(href.removeprefix(settings.SITE_URL))
    return found[1] if found else None


def trimmed(url: str) -> str:
    """A plain address without the marks that belong to the sentence around it; brackets stay when they are pairs."""
    # Counted once: a long row of brackets would otherwise cost the square of its length.
    lonely = {last: url.count(last) - url.count(first) for last, first in _PAIRS.items()}
    end = len(url)
    while end:
        last = url[end - 1]
        if lonely.get(last, 0) > 0:
            lonely[last] -= 1
        elif last not in _ENDS:
            break
        end -= 1
    return url[:end]


def _has_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError:
        return False
    # "https://bank.example@evil.example" shows one host and opens another.
    return url[len(parts.scheme) :].startswith("://") and _HOST.fullmatch(parts.netloc) is not None
