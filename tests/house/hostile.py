"""Bad input, what a page must still be after it, and the stage both files of such tests play on."""

import html
import logging
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from types import SimpleNamespace
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from accounts.models import Member
from tests.cast import person
from tests.house.walk import browser_of, furnish, people

__all__ = ["author", "cast", "nothing_broke", "place"]  # the fixtures: `import *` brings these, the rest is named


@pytest.fixture(autouse=True)
def nothing_broke(settings: Any, tmp_path: Any, caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    settings.MEDIA_ROOT = tmp_path
    with caplog.at_level(logging.ERROR):
        yield
    assert not [record for record in caplog.records if record.name == "django.request" or record.exc_info]


@pytest.fixture
def cast(db: None) -> dict[str, Member]:
    return people() | {"overseer": person("overseer", is_staff=True, is_superuser=True)}


@pytest.fixture
def place(cast: dict[str, Member]) -> SimpleNamespace:
    return furnish("open", cast)


@pytest.fixture
def author(cast: dict[str, Member]) -> Client:
    return browser_of(cast["author"])


CANARY = '<img src=x onerror=alert(1)>"\' onfocus=alert(2) x="'

#: name -> (format, text, may it stand?) None: either is right, as long as it is clean.
TEXTS: dict[str, tuple[str, str, bool | None]] = {
    "empty": ("markdown", "", False),
    "white space": ("html", "<p>\u00a0 \u200b\u2060</p>", False),
    "200 kB": ("markdown", "a" * 200_000, False),
    "200 kB of HTML": ("html", "<p>a</p>" * 25_000, False),
    "controls": ("markdown", "a\0b\x01\x08\x1b\x7f\x85\ufffec", True),
    "direction": ("html", "<p>\u202etxet \u2066more\u2069 \u200fwords</p>", True),
    "only direction": ("markdown", "\u202e\u2066\u2069\ufeff", False),
    "a tower of marks": ("markdown", "a" + "\u0301" * 20_000, True),
    "10,000 quotes": ("markdown", ">" * 10_000 + " x", False),
    "10,000 lists": ("markdown", "- " * 10_000 + "x", None),
    "10,000 blockquotes": ("html", "<blockquote>" * 10_000 + "x", False),
    "10,000 lists of HTML": ("html", "<ul><li>" * 10_000 + "x", False),
    "10,000 divs": ("html", "<div>" * 10_000 + "x" + "</div>" * 10_000, None),
    "10,000 bold": ("html", "<b>" * 10_000 + "x", None),
    "a wide table": ("markdown", "|a" * 500 + "|\n" + "|-" * 500 + "|\n" + "|b" * 500 + "|", False),
    "a huge table": ("html", "<table>" + ("<tr>" + "<td>x" * 15) * 1_500 + "</table>", False),
    "5,000 links": ("html", "".join(f"<a href=https://x.pl/{n}>l</a> " for n in range(5_000)), False),
    "brackets": ("markdown", "[" * 20_000 + "x", None),
    "back ticks": ("markdown", "`" * 15_001 + "x", None),
    "stars": ("markdown", "*a_ " * 7_000, None),
    "open comments": ("html", "x<!--" * 10_000, None),
    "entities": ("html", "&#0;&#x110000;&#xd800;&lt;script&gt;x&bogus;", True),
    "a script": ("html", "<p>words<script>alert(1)</script>" + CANARY, True),
    "a script in Markdown": ("markdown", f"words {CANARY} [a](javascript:alert(1)) ![b](data:image/svg+xml,x)", True),
    "quotes of nothing": ("markdown", ">>99999999999999999.9\n\n>>1.1:9-3\n\n>>0\n\nx", None),
}

#: For fields of one line, of paragraphs, of choices, hidden ones.
CONTROLS = "a\0b\x01\x1b\x7f \u202etxet\u2066"
LINES = ["", "x" * 200_000, CONTROLS, CANARY, "9" * 5_000]
NUMBERS = ["", "x", "-1", "٣", "9" * 5_000, "9223372036854775808", "a\0b", CANARY]

_UNWANTED = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


class Reader(HTMLParser):
    """What stands on a page: its live attributes that should not be, and its forms."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.alive: list[str] = []
        self.forms: list[dict[str, Any]] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        bad = [name for name in given if name.startswith("on")]
        bad += [
            name
            for name in ("href", "src", "action")
            if re.match(r"\s*(javascript|data|vbscript):", given.get(name, ""))
        ]
        if bad or given.get("src") == "x":
            self.alive.append(self.get_starttag_text() or tag)
        if tag == "form":
            self.forms.append({"action": given.get("action", ""), "hidden": {}, "post": given.get("method") == "post"})
        elif tag == "input" and given.get("type") == "hidden" and self.forms:
            self.forms[-1]["hidden"][given.get("name", "")] = given.get("value", "")


def faults(answer: HttpResponse) -> Iterator[str]:
    """What no answer may be: a fault, alive with a stranger's words, without its headers."""
    if answer.status_code >= 500:
        yield f"status {answer.status_code}"
    for header in ("Content-Security-Policy", "X-Content-Type-Options", "Referrer-Policy", "X-Frame-Options"):
        if header not in answer.headers:
            yield f"no {header}"
    if answer.headers.get("Content-Type", "").startswith("text/html") and not answer.streaming:
        page = answer.content.decode()
        if CANARY[:10] in page:
            yield "the canary, as it was written"
        for tag in Reader(page).alive if "alert(1)" in page else ():
            yield f"alive: {tag[:200]}"


def is_clean(words: str) -> bool:
    return not _UNWANTED.search(words)


def textarea(answer: HttpResponse) -> str:
    """What stands in the composer's text of a page."""
    page = answer.content.decode()
    found = re.search(r'<textarea[^>]*name="body"[^>]*>\n?(.*?)</textarea>', page, re.DOTALL)
    found = found or re.search(r'<input type="hidden" name="body" value="(.*?)">', page, re.DOTALL)
    assert found, "no text on the page"
    return html.unescape(found[1]).replace("\r\n", "\n")
