"""Printing: the empty places of stored texts are filled with quotes and names as they are now."""

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from html import escape, unescape
from typing import Any, Protocol

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

_QUOTE_PLACE = re.compile(r'<blockquote data-quote="([^"]*)"></blockquote>')
_METHOD_PLACE = re.compile(r'<blockquote data-method="([^"]*)"></blockquote>')
_NAME_PLACE = re.compile(r'<span data-name="([^"]*)"></span>')
_MEMBER_PLACE = re.compile(r'<span data-member="([^"]*)"></span>')


def mentioned(html: str) -> set[str]:
    """Usernames of those whom a stored text mentions."""
    return set(_MEMBER_PLACE.findall(html))


class HasHtml(Protocol):
    """A post, a draft, a preview: `html` as `clean` made it; `fill` sets `filled`."""

    html: str
    filled: Any


@dataclass(frozen=True)
class QuoteView:
    """What a quote shows: whose words, where they stand (address and post number), the words as plain text."""

    author: str
    url: str
    number: int
    text: str


@dataclass(frozen=True)
class MethodView:
    """What the small card of a method shows: title, address, summary, the facts in one line, the card's language."""

    title: str
    url: str
    summary: str
    facts: str
    language: str


@dataclass(frozen=True)
class NameView:
    """What the name of a method shows: its present title with its address and language, or with no title the way to
    tell it."""

    url: str
    title: str = ""
    language: str = ""


#: resolve(posts, refs) -> {ref: QuoteView}; what is absent folds.
QuoteResolver = Callable[[list[Any], set[str]], Mapping[str, QuoteView]]
#: resolve(posts, usernames) -> {username: (name, address)}; what is absent stays "@username".
MemberResolver = Callable[[list[Any], set[str]], Mapping[str, tuple[str, str]]]

#: resolve(posts, numbers) -> {number: MethodView}; what is absent is a link and no more.
MethodResolver = Callable[[list[Any], set[str]], Mapping[str, MethodView]]
#: resolve(posts, names) -> {name: NameView}; what is absent are words.
NameResolver = Callable[[list[Any], set[str]], Mapping[str, NameView]]

_resolvers: dict[str, Callable[[list[Any], set[str]], Mapping[str, Any]]] = {}


def register_resolver(kind: str, resolve: QuoteResolver | MemberResolver | MethodResolver | NameResolver) -> None:
    """Features say here who fills "quote", "member", "method" and "name", with one query for a whole page of posts."""
    if kind not in {"quote", "member", "method", "name"}:
        raise ValueError(f"no places of kind {kind!r}")
    _resolvers[kind] = resolve


def fill(posts: Iterable[HasHtml]) -> None:
    """Sets `filled`, the HTML to print, on each post: one query for each kind of place that occurs at all."""
    all_posts = list(posts)
    quoting = [post for post in all_posts if " data-quote=" in post.html]
    citing = [post for post in all_posts if " data-method=" in post.html]
    mentioning = [post for post in all_posts if " data-member=" in post.html]
    naming = [post for post in all_posts if " data-name=" in post.html]
    quotes = _resolve("quote", quoting, _QUOTE_PLACE)
    methods = _resolve("method", citing, _METHOD_PLACE)
    members = _resolve("member", mentioning, _MEMBER_PLACE)
    names = _resolve("name", naming, _NAME_PLACE)
    for post in all_posts:
        html = post.html
        if " data-" in html:
            html = _QUOTE_PLACE.sub(lambda place: _quote(quotes.get(place[1])), html)
            html = _METHOD_PLACE.sub(lambda place: _method(place[1], methods.get(place[1])), html)
            html = _NAME_PLACE.sub(lambda place: _name(unescape(place[1]), names), html)
            html = _MEMBER_PLACE.sub(lambda place: _member(place[1], members.get(place[1])), html)
        post.filled = SafeString(html)


def filled(html: str) -> SafeString:
    """One cleaned text, ready to print: a preview, a welcome."""
    only = _Text(html)
    fill([only])
    return only.filled


@dataclass
class _Text:
    html: str
    filled: SafeString = field(init=False)
    pk: None = None


def _resolve(kind: str, posts: list[HasHtml], place: re.Pattern[str]) -> Mapping[str, Any]:
    refs = {unescape(ref) for post in posts for ref in place.findall(post.html)}
    resolver = _resolvers.get(kind)
    return resolver(list(posts), refs) if refs and resolver else {}


def _quote(view: QuoteView | None) -> str:
    if view is None:
        folded = escape(_("This text can no longer be read."))
        return f'<blockquote class="quote is-folded"><p>{folded}</p></blockquote>'
    words = "".join(f"<p>{_lines(part)}</p>" for part in view.text.split("\n\n") if part.strip())
    by = escape(_("%(name)s, no. %(number)s") % {"name": view.author, "number": view.number})
    return (
        f'<blockquote class="quote" cite="{escape(view.url)}">{words}'
        f'<footer><a href="{escape(view.url)}">{by}</a></footer></blockquote>'
    )


def _lines(words: str) -> str:
    return escape(words.strip("\n"), quote=False).replace("\n", "<br>")


def _method(number: str, view: MethodView | None) -> str:
    if view is None:
        words = escape(_("A method that not everyone here can read"))
        return f'<p class="method-cite is-folded"><a href="/methods/{number}/">{words}</a></p>'
    return (
        f'<div class="method-cite" lang="{escape(view.language)}"><p class="method-cite-title">'
        f'<a href="{escape(view.url)}">{escape(view.title)}</a></p>'
        f'<p>{escape(view.summary)}</p><p class="soft">{escape(view.facts)}</p></div>'
    )


def _name(name: str, views: Mapping[str, NameView]) -> str:
    view = views.get(name)
    if view is None:
        return escape(name)
    if view.title:
        shown = f'<a href="{escape(view.url)}" lang="{escape(view.language)}">{escape(view.title)}</a>'
    else:
        words = escape(_("not told yet: tell it"))
        way = f'<a href="{escape(view.url)}">{words}</a>'
        shown = f'{escape(name)}<span class="tell-it"> ({way})</span>'
    return f'<span class="method-name" data-name="{escape(name)}">{shown}</span>'


def _member(username: str, found: tuple[str, str] | None) -> str:
    if found is None:
        return f"@{escape(username)}"
    name, url = found
    return f'<a class="mention" href="{escape(url)}">{escape(name)}</a>'
