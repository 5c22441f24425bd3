"""The one door for what people write: source in, one safe, stored form out."""

import re
from dataclasses import dataclass
from html import escape, unescape

from forum.text import limits
from forum.text.allowed import sanitise, second_opinion
from forum.text.characters import drop_unwanted, is_visible
from forum.text.errors import TextRefused
from forum.text.markdown import to_html
from forum.text.tree import UnexpectedHtml, build
from forum.text.wash import wash
from forum.text.words import plain
from forum.text.writing import Latest, Written, write

#: Raise it whenever the same source would give another HTML; `manage.py clean_texts` then cleans what is stored.
VERSION = 3

_STORED_QUOTE = re.compile(r'data-quote="([0-9]+)\.([0-9]+)')
_QUOTE_PLACE = re.compile(r'<blockquote data-quote="[^"]*"></blockquote>')
_STORED_METHOD = re.compile(r'<blockquote data-method="([0-9]+)"')
_STORED_NAME = re.compile(r'<span data-name="([^"]*)"></span>')
_ROUNDS = 4


@dataclass(frozen=True)
class Cleaned:
    """A text as it is stored. `html` holds empty places for quotes and mentions, which `fill` fills when printing."""

    source: str
    format: str
    html: str
    plain: str
    version: int
    pictures: tuple[str, ...]
    mentions: tuple[str, ...]
    quotes: tuple[str, ...]
    methods: tuple[str, ...] = ()
    names: tuple[str, ...] = ()


def clean(
    source: str,
    format: str,  # noqa: A002  the form's own word
    *,
    latest: Latest | None = None,
    most: int = limits.SOURCE,
    is_foreign: bool = False,
) -> Cleaned:
    """Cleans what somebody wrote: format is "markdown" or "html".

    `latest` gives quotes written without a revision (">>345") the newest one; `most`: characters, for texts longer
    than a post may be; `is_foreign`: Markdown made elsewhere, where HTML in it is HTML. Raises TextRefused, with words
    for the writer, when the text is empty, too long, too deep, or holds too many links or too large a table.
    """
    if format not in {"markdown", "html"}:
        raise ValueError(f"format must be markdown or html, not {format!r}")
    if len(source) > (most if format == "markdown" else limits.HTML_SOURCE):
        raise limits.too_long(len(source)) if format == "markdown" else limits.too_heavy()
    if not is_visible(source):
        raise limits.empty()
    kept = tidied(source)
    written = _settle(to_html(kept, is_foreign=is_foreign) if format == "markdown" else kept, latest)
    words = plain(written.html)
    if len(words) > most:
        raise limits.too_long(len(words))
    if not written.has_words and not written.has_described_picture:
        raise limits.undescribed() if written.pictures else limits.only_quotes() if written.quotes else limits.empty()
    return Cleaned(
        source=kept,
        format=format,
        html=written.html,
        plain=words,
        version=VERSION,
        pictures=tuple(dict.fromkeys(written.pictures)),
        mentions=tuple(dict.fromkeys(written.mentions)),
        quotes=tuple(dict.fromkeys(written.quotes)),
        methods=tuple(dict.fromkeys(written.methods)),
        names=tuple(dict.fromkeys(written.names)),
    )


def tidied(source: str) -> str:
    """The source as it is stored: what somebody wrote without what nobody can see."""
    return drop_unwanted(source)


def quoted_revisions(html: str) -> dict[int, int]:
    """{post: revision} of the quotes in a stored text."""
    return {int(post): int(revision) for post, revision in _STORED_QUOTE.findall(html)}


def clean_again(source: str, format: str, html: str) -> tuple[str, bool]:  # noqa: A002  the form's own word
    """A stored text by the present pipeline, and whether its source is still taken.

    What is refused today keeps its stored form, cleaned; or at the least its words, plain. Quotes keep the revision
    they were written for. Never raises.
    """
    revisions = quoted_revisions(html)
    for attempt, (text, kind) in enumerate(((source, format), (html, "html"))):
        try:
            return clean(text, kind, latest=revisions.get).html, attempt == 0
        except TextRefused:
            continue
    return as_words(plain(html)), False


def methods_in(html: str) -> set[int]:
    """The numbers of the methods whose cards a stored text shows."""
    return {int(number) for number in _STORED_METHOD.findall(html)}


def names_in(html: str) -> set[str]:
    """The names by which a stored text calls methods."""
    return {unescape(name) for name in _STORED_NAME.findall(html)}


def without_quotes(html: str) -> str:
    """A stored text without the words of others it quotes."""
    return _QUOTE_PLACE.sub("", html)


def as_words(source: str) -> str:
    """Any text as plain paragraphs, with nothing of it read as formatting."""
    parts = (escape(part.strip(), quote=False) for part in drop_unwanted(source).split("\n\n"))
    return "".join("<p>" + part.replace("\n", "<br>") + "</p>" for part in parts if part)


def _settle(html: str, latest: Latest | None) -> Written:
    """The HTML that both sanitisers and our own reading leave exactly as it is."""
    for _ in range(_ROUNDS):
        try:
            written = _once(html, latest)
            other = second_opinion(written.html)
            again = _once(other)
            if again.html == written.html and (other == written.html or _once(written.html).html == written.html):
                return written
        except UnexpectedHtml:
            break
        html = again.html
    # It has not been seen, with every input we could think of. Should it happen, the words are kept, and only they.
    only_words = plain(wash(html))
    try:
        return _once(as_words(only_words))
    except UnexpectedHtml:
        return Written(html=as_words(only_words), has_words=is_visible(only_words))


def _once(html: str, latest: Latest | None = None) -> Written:
    return write(build(sanitise(wash(html))), latest)
