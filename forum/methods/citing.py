"""The small card of a method that somebody names in a post, as the method is now; and who hears when it changes."""

from collections.abc import Iterable
from typing import Any

from forum import changes, text
from forum.communities.models import Audience
from forum.methods.facts import in_one_line
from forum.methods.models import Method
from forum.threads.deleting import MOST_TOLD
from forum.threads.models import Post


def resolve_methods(posts: Iterable[Any], numbers: set[str]) -> dict[str, text.MethodView]:
    """number -> what to print; what not every reader of the page may see is absent and prints as a link alone.

    Like quotes: a method that anyone may read, or, on a members' page, one of the same community.
    """
    page = getattr(next(iter(posts)), "thread", None)
    rows = Method.objects.filter(pk__in=[number for number in numbers if len(number) < 19], thread__isnull=False)
    return {
        str(method.pk): text.MethodView(
            title=method.title,
            url=method.get_absolute_url(),
            summary=method.summary,
            facts=in_one_line(method),
            language=method.language,
        )
        for method in rows.select_related("thread", "community")
        if _may_stand(method, page)
    }


def reprint_cards(pk: int) -> None:
    """After whatever changes what a small card says: the open pages that show it print it anew, the latest first.
    Where it was folded anyway nobody hears."""
    method = Method.objects.select_related("thread", "community").get(pk=pk)
    citing = Post.objects.filter(methods__number=pk, deletion=None).select_related("thread__community")
    told = [post for post in citing.order_by("-pk")[:MOST_TOLD] if _may_stand(method, post.thread)]
    for post in sorted(told, key=lambda post: (post.thread_id, post.number)):
        changes.record(f"thread:{post.thread_id}", "post.edited", post=post.pk)


def _may_stand(method: Method, page: Any) -> bool:
    thread = method.thread
    if thread is None:
        return False
    if thread.audience == Audience.ANYONE and method.community.audience == Audience.ANYONE:
        return True
    if page is None:
        return False
    members_page = Audience.MEMBERS in (page.audience, page.community.audience)
    return thread.pk == page.pk or (members_page and method.community_id == page.community_id)
