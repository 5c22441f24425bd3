"""The pictures in a text that is not published yet: taken in, and said in words for people who cannot see them."""

import re
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

from accounts.models import Member
from forum.files.actions import keep_picture
from forum.web.errors import Refusal

_ADDRESS = r"/pictures/([0-9a-f-]{36})/"
# Nothing here looks far ahead: a text of nothing but beginnings is read once, and not from each of them anew.
_MARKDOWN = re.compile(rf"!\[[^\S\n]*\]\({_ADDRESS}\)")
_IMAGE = re.compile(r"<img\b[^<>]*>")
_SOURCE = re.compile(rf'\bsrc="{_ADDRESS}"')
_ALT = re.compile(r' alt="([^"]*)"')
LONGEST = 300
_SIGNS = dict.fromkeys(map(ord, "[]\\<>`!*_"), " ")


def take_in(*, uploader: Member, files: Iterable[Any], body: str, body_format: str) -> tuple[str, list[Refusal]]:
    """The text with the pictures at its end, and why not for those that could not be taken."""
    refused = []
    for file in files:
        try:
            address = keep_picture(uploader=uploader, file=file, size=file.size or 0).get_absolute_url()
        except Refusal as refusal:
            refused.append(refusal)
        else:
            shown = f'<p><img src="{address}" alt=""></p>' if body_format == "html" else f"\n\n![]({address})\n"
            body = f"{body.rstrip()}{shown}".lstrip()
    return body, refused


def undescribed(body: str) -> list[str]:
    """The ids of the pictures nothing is said of yet, in the order of the text, each once."""
    found = [match[1] for match in _MARKDOWN.finditer(body)]
    for image in _IMAGE.findall(body):
        source, alt = _SOURCE.search(image), _ALT.search(image)
        if source and not (alt and alt[1].strip()):
            found.append(source[1])
    return list(dict.fromkeys(found))


def described(body: str, alts: Mapping[str, str]) -> str:
    """The text with these descriptions, by the picture's id."""
    alts = {key: words for key, alt in alts.items() if (words := " ".join(alt.split())[:LONGEST])}

    def in_markdown(match: "re.Match[str]") -> str:
        alt = " ".join(alts.get(match[1], "").translate(_SIGNS).split())
        return f"![{alt}](/pictures/{match[1]}/)" if alt else match[0]

    def in_html(match: "re.Match[str]") -> str:
        source = _SOURCE.search(match[0])
        if source is None or source[1] not in alts:
            return match[0]
        return f'{_ALT.sub("", match[0]).rstrip("/> ")} alt="{escape(alts[source[1]])}">'

    return _IMAGE.sub(in_html, _MARKDOWN.sub(in_markdown, body))
