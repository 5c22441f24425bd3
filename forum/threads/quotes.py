"""Quotes: references in stored text, looked up when it is printed."""

from collections.abc import Iterable
from functools import cache
from typing import Any

from django.utils.text import Truncator

from forum import text
from forum.communities.models import Audience
from forum.threads.models import Post, Revision, Thread

LONGEST = 3000  # characters shown of a quote: the whole of a long post stands a click away


def resolve_quotes(posts: Iterable[Any], refs: set[str]) -> dict[str, text.QuoteView]:
    """ref ("345.2" or "345.2:10-80") -> what to print; what may not be shown here is absent and folds.

    A quote is printed the same for every reader of the page, so it shows only what all of them may read:
    words from the same thread, from an open thread, or, on a members' page, from the same community.
    """
    wanted = {ref: parsed for ref in refs if (parsed := _parse(ref))}
    if not wanted:
        return {}
    thread = getattr(next(iter(posts)), "thread", None)
    # Two lists, not one condition a quote: SQLite takes no more than a thousand of those in a query.
    of_posts = {post_id for post_id, _number, _range in wanted.values()}
    numbers = {number for _post_id, number, _range in wanted.values()}
    rows = Revision.objects.filter(post__in=of_posts, number__in=numbers, post__deletion=None, post__hiding=None)
    rows = rows.select_related("post__author", "post__thread__community", "post__thread__hiding")
    found = {(row.post_id, row.number): row for row in rows if may_stand(row.post.thread, thread)}
    views = {}
    for ref, (post_id, number, span) in wanted.items():
        if row := found.get((post_id, number)):
            plain = text.plain(row.html)
            words = plain[span[0] : span[1]] if span else plain
            views[ref] = text.QuoteView(
                author=str(row.post.author),
                url=row.post.get_absolute_url(),
                number=row.post.number,
                text=Truncator(words).chars(LONGEST),
            )
    return views


def latest_revisions(viewer: Any, place: str) -> text.Latest:
    """For quotes typed without a revision: as it is quoted in the text being changed, else the newest one may read."""

    @cache
    def quoted() -> dict[int, int]:
        kind, _, ident = place.partition(":")
        changing = kind == "post" and ident.isascii() and ident.isdigit() and len(ident) < 19
        html = Post.objects.written_by(viewer).filter(pk=ident).values_list("html", flat=True) if changing else []
        return text.quoted_revisions("".join(html))

    @cache
    def latest(pk: int) -> int | None:
        readable = Post.objects.visible_to(viewer).standing().filter(pk=pk)
        return quoted().get(pk) or readable.values_list("revision", flat=True).first()

    return latest


def may_stand(origin: Thread, page: Any) -> bool:
    """May every reader of `page` (a thread, or None) read this thread's posts?"""
    if page is None:  # no post: a card, a welcome
        return origin.is_open
    if origin.pk == page.pk:
        return True
    members_page = Audience.MEMBERS in (page.audience, page.community.audience)
    inside = members_page and origin.community_id == page.community_id and not origin.is_hidden
    return origin.is_open or inside


def _parse(ref: str) -> tuple[int, int, tuple[int, int] | None] | None:
    head, _, span = ref.partition(":")
    post, _, revision = head.partition(".")
    start, _, end = span.partition("-")
    numbers = [post, revision, *((start, end) if span else ())]
    if not all(part.isascii() and part.isdigit() and len(part) < 16 for part in numbers):
        return None
    return int(post), int(revision), (int(start), int(end)) if span else None
