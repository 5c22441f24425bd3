"""Contributions in a file of JSON lines, one a line, by somebody else's hand: every line is good, or says why not.

Fields: `source`, `source_id`, `lang`, `title`, `text`, `created` (ISO 8601), `url`; others are left alone.
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import IO, Any

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import timezone

from forum import text
from forum.text import TextRefused
from forum.threads.imports import Contribution

LONGEST_LINE = 1_000_000  # bytes
LONGEST_TITLE = 200
LONGEST_URL = 500
WORDS_OF_A_TITLE = 10
EARLIEST = 1990  # year

_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]+")
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_is_address = URLValidator(schemes=["http", "https"])


class BadLine(ValueError):
    """Why this line is left out, in a few words for the report."""


def lines(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """(number, line) of everything that is not blank. Of a line that is too long only its beginning is kept."""
    number = 0
    while line := file.readline(LONGEST_LINE + 1):
        number += 1
        rest = line
        while len(rest) > LONGEST_LINE and not rest.endswith(b"\n"):
            rest = file.readline(LONGEST_LINE + 1)
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if line.strip():
            yield number, line.rstrip(b"\r\n")


def contribution(line: bytes) -> Contribution:
    """What the line holds. BadLine says why not; nothing else is raised."""
    record = record_of(line)
    written = _required(record, "text")
    title = _one_line(_required(record, "title", empty=True)) or _first_words(written)
    url = _url(record)
    if len(title) > LONGEST_TITLE:
        written = f"{title}\n\n{written}"
        title = _cut(title)
    try:
        body = text.clean(text.as_words(written), "html")
    except TextRefused as refused:
        raise BadLine(f"the text was refused: {refused.message}") from None
    return Contribution(
        key=_key(record, url),
        title=title,
        body=body,
        language=_language(record),
        at=_moment(record),
        source_url=url,
    )


def record_of(line: bytes) -> dict[str, Any]:
    """The JSON object a line holds; BadLine for anything else."""
    if len(line) > LONGEST_LINE:
        raise BadLine(f"longer than {LONGEST_LINE:,} bytes")
    try:
        record = json.loads(line.decode())
    except UnicodeDecodeError:
        raise BadLine("not UTF-8") from None
    except (ValueError, RecursionError):
        raise BadLine("not JSON") from None
    if not isinstance(record, dict):
        raise BadLine("not an object")
    return record


def _required(record: dict[str, Any], field: str, *, empty: bool = False) -> str:
    if record.get(field) is None:
        raise BadLine(f"no {field}")
    words = _text(record, field)
    if not (empty or words.strip()):
        raise BadLine(f"empty {field}")
    return words


def _text(record: dict[str, Any], field: str) -> str:
    """The field as text, "" where it is absent."""
    value = record.get(field)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise BadLine(f"{field} is no text")
    return value


def _one_line(words: str) -> str:
    return " ".join(_CONTROLS.sub(" ", words).split())


def _first_words(words: str) -> str:
    first = _one_line(words[: LONGEST_TITLE * 5]).split(" ")
    title = _cut(" ".join(first[:WORDS_OF_A_TITLE]))
    if not title:
        raise BadLine("empty text")
    return title if len(first) <= WORDS_OF_A_TITLE or title.endswith("…") else f"{title} …"


def _cut(title: str) -> str:
    """At most the length of a title, cut between words where there are words."""
    if len(title) <= LONGEST_TITLE:
        return title
    head, space, _word = title[: LONGEST_TITLE - 1].rpartition(" ")
    return f"{head if space else title[: LONGEST_TITLE - 2]} …"


def _url(record: dict[str, Any]) -> str:
    url = _text(record, "url").strip()
    if not url:
        return ""
    if len(url) > LONGEST_URL:
        raise BadLine(f"url longer than {LONGEST_URL} characters")
    try:
        _is_address(url)
    except ValidationError:
        raise BadLine("url is no web address (http or https)") from None
    return url


def _key(record: dict[str, Any], url: str) -> str:
    """What tells it apart: the source's own number, or its address."""
    number = record.get("source_id")
    if isinstance(number, str | int) and not isinstance(number, bool) and str(number).strip():
        return f"{_text(record, 'source')}\n{number}"
    if number not in (None, ""):
        raise BadLine("source_id is neither text nor a number")
    if not url:
        raise BadLine("neither source_id nor url, so it could not be recognised again")
    return url


def _language(record: dict[str, Any]) -> str:
    """`de` of "de" and of "de-DE"; "und" (not known) where the source says nothing."""
    words = _text(record, "lang").strip().lower()
    if not words:
        return "und"
    language = re.split(r"[-_]", words)[0]
    if not _LANGUAGE.fullmatch(language):
        raise BadLine("lang is no language code")
    return language


def _moment(record: dict[str, Any]) -> datetime:
    """In the site's time zone where the source names none."""
    words, now = _required(record, "created").strip(), timezone.now()
    try:
        moment = datetime.fromisoformat(words)
    except ValueError:
        raise BadLine("created is no date and time") from None
    if moment.year < EARLIEST:
        raise BadLine(f"created before {EARLIEST}")
    if moment.year > now.year + 1:  # asked before any arithmetic: the year 9999 overflows in another time zone
        raise BadLine("created in the future")
    moment = timezone.make_aware(moment) if moment.tzinfo is None else moment
    if moment > now + timedelta(days=1):
        raise BadLine("created in the future")
    return moment.astimezone(UTC)
