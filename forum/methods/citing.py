"""The small card of a method that somebody names in a post, as the method is now; and who hears when it changes."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Q

from forum import changes, text
from forum.communities.models import Audience
from forum.methods.facts import in_one_line
from forum.methods.models import Method
from forum.methods.translations.queries import in_my_language
from forum.methods.wishes.models import CardSource
from forum.threads.deleting import MOST_TOLD
from forum.threads.models import Post, PostMethod, PostQuerySet
from forum.threads.naming import PostName

_shown_by: list[Callable[[int], None]] = []


def shown_by(tell: Callable[[int], None]) -> None:
    """A room above shows methods on its pages: `tell(pk)` is called when one changes, inside its transaction."""
    _shown_by.append(tell)


def resolve_methods(posts: Iterable[Any], numbers: set[str]) -> dict[str, text.MethodView]:
    """number -> what to print; what not every reader of the page may see is absent and prints as a link alone.

    Like quotes: a method that anyone may read, or, on a members' page, one of the same community.
    """
    page = getattr(next(iter(posts)), "thread", None)
    rows = Method.objects.filter(pk__in=[number for number in numbers if len(number) < 19], thread__isnull=False)
    return {
        str(method.pk): text.MethodView(
            title=method.said_title or method.title,
            url=method.get_absolute_url(),
            summary=method.said_summary if method.said_title else method.summary,
            facts=in_one_line(method),
            language=method.said_language or method.language,
        )
        for method in in_my_language(rows.select_related("thread__hiding", "community"))
        if may_stand(method, page)
    }


def reprint_cards(pk: int) -> None:
    """After whatever changes what a small card says: the open pages that show it print it anew, the latest first.
    Where it was folded anyway nobody hears."""
    method = Method.objects.select_related("thread__hiding", "community").get(pk=pk)
    tell_posts(method, citing_posts(pk))
    for tell in _shown_by:
        tell(pk)


def citing_posts(pk: int) -> PostQuerySet:
    """The posts that show the card of this method, or call it by a name, or that it was made of."""
    cards = PostMethod.objects.filter(number=pk).values("post")
    names = PostName.objects.filter(method=pk).values("post")
    made = CardSource.objects.filter(method=pk).values("post")
    return Post.objects.filter(Q(pk__in=cards) | Q(pk__in=names) | Q(pk__in=made)).readable()


def tell_posts(method: Method, posts: PostQuerySet) -> None:
    """The open pages print these posts anew."""
    rows = posts.readable().select_related("thread__community").order_by("-pk")[:MOST_TOLD]
    told = [post for post in rows if may_stand(method, post.thread)]
    for post in sorted(told, key=lambda post: (post.thread_id, post.number)):
        changes.record(f"thread:{post.thread_id}", "post.edited", post=post.pk)


def may_stand(method: Method, page: Any) -> bool:
    """May everybody who reads this page (a thread, or None) see the method?"""
    thread = method.thread
    if thread is None:
        return False
    if page is not None and thread.pk == page.pk:
        return True
    if thread.is_hidden:
        return False
    if thread.audience == Audience.ANYONE and method.community.audience == Audience.ANYONE:
        return True
    if page is None:
        return False
    members_page = Audience.MEMBERS in (page.audience, page.community.audience)
    return members_page and method.community_id == page.community_id
