"""Pictures in texts, and texts without some of them: what can be seen in a picture stays as words in its place."""

import re
from collections.abc import Collection
from dataclasses import replace
from html import escape, unescape
from typing import NamedTuple

from forum.text import limits
from forum.text.errors import TextRefused
from forum.text.pipeline import Cleaned, clean
from forum.text.words import plain

#: As `inline` writes it into what is stored.
_STORED = re.compile(r'<img src="/pictures/([0-9a-f-]{36})/" alt="([^"]*)"[^>]*>')
_HTML = re.compile(r"""<img\b(?:[^>"']|"[^"]*"|'[^']*')*>""", re.IGNORECASE)
_ALT = re.compile(r"""\balt\s*=\s*(?:"([^"]*)"|'([^']*)')""", re.IGNORECASE)
_MARKDOWN = re.compile(r"!\[((?:[^\[\]\\]|\\.)*)\]\(([^()\s]*)[^()]*\)")
_NOTHING = re.compile(r"<p>\s*</p>")


class Told(NamedTuple):
    """A text as it is kept: its source, in which format, the stored HTML."""

    source: str
    format: str
    html: str


def pictures_in(html: str) -> dict[str, str]:
    """{id: what can be seen in it} of a stored text."""
    return {found[1]: unescape(found[2]) for found in _STORED.finditer(html)}


def without_pictures(told: Told, ids: Collection[str]) -> Told:
    """The same with the words of these pictures in their places. A source in which they cannot be found is given up
    for the HTML that was made of it."""
    if not any(each in told.html or each in told.source.lower() for each in ids):
        return told
    html = _NOTHING.sub("", _STORED.sub(lambda found: _words(found) if found[1] in ids else found[0], told.html))
    source = source_without(told.source, told.format, ids)
    try:
        again = clean(source, told.format, most=limits.HTML_SOURCE)
    except TextRefused:
        return Told(html, "html", html)
    return Told(html, "html", html) if set(again.pictures) & set(ids) else Told(source, told.format, html)


def source_without(source: str, format: str, ids: Collection[str]) -> str:  # noqa: A002  the form's own word
    """Of a text that was never cleaned, a draft: as far as its pictures can be told."""

    def alternative(found: re.Match[str]) -> str:
        alt = _ALT.search(found[0])
        words = unescape((alt[1] or alt[2] or "") if alt else "")
        return escape(words, quote=False) if format == "html" else words

    def is_one(address: str) -> bool:
        return any(each in address.lower() for each in ids)

    kept = _HTML.sub(lambda found: alternative(found) if is_one(found[0]) else found[0], source)
    if format == "html":
        return kept
    return _MARKDOWN.sub(lambda found: found[1] if is_one(found[2]) else found[0], kept)


def cleaned_without(body: Cleaned, ids: Collection[str]) -> Cleaned:
    told = without_pictures(Told(body.source, body.format, body.html), ids)
    left = tuple(each for each in body.pictures if each not in ids)
    return replace(body, source=told.source, format=told.format, html=told.html, plain=plain(told.html), pictures=left)


def _words(found: "re.Match[str]") -> str:
    return escape(unescape(found[2]), quote=False)
