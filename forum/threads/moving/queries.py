"""What pages need of what moved."""

from typing import Any

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.http import Http404

from forum import text
from forum.threads.models import Post, Revision, Thread
from forum.threads.moving.asking import words_of
from forum.threads.moving.models import Leaving, MoveRequest
from forum.threads.moving.rules import may_arrange

MOST_NAMED = 30


def annotations() -> dict[str, Any]:
    """For a thread's page: did posts leave (then its lines are asked for), and is a move being asked about?"""
    request = MoveRequest.objects.waiting().filter(thread=OuterRef("pk")).order_by()
    return {
        "has_leavings": Exists(Leaving.objects.filter(thread=OuterRef("pk"))),
        "move_request": Subquery(request.values("pk")[:1]),
    }


def place_leavings(viewer: Any, thread: Any, posts: list[Any]) -> list[Leaving]:
    """Sets `leavings` of each post: the lines above it; answers those below the thread's last. Whoever may not see
    where the posts went sees no line."""
    for post in posts:
        post.leavings = []
    if not posts or not getattr(thread, "has_leavings", False):
        return []
    first, last = posts[0].number, posts[-1].number
    rows = Leaving.objects.filter(thread=thread, target__in=Thread.objects.visible_to(viewer))
    rows = rows.exclude(target=thread.pk).filter(after__gte=first - 1).select_related("target", "by")
    if last < thread.last_number:
        rows = rows.filter(after__lt=last)
    below = []
    for line in rows.order_by("after", "pk"):
        if line.after < last:
            posts[line.after + 1 - first].leavings.append(line)
        else:
            below.append(line)
    return below


def threads_beside(viewer: Any, thread: Thread) -> "QuerySet[Thread]":
    """Where posts of it may go: threads of its community that the viewer sees."""
    return Thread.objects.visible_to(viewer).filter(community=thread.community_id).exclude(pk=thread.pk)


def chosen_posts(thread: Thread, pks: list[int], since: int | None) -> list[Any]:
    """Of the thread's posts these, or all from one on, in their order: {pk, number, name} without their texts."""
    rows = Post.objects.filter(thread=thread).order_by("number")
    if since is not None:
        first = rows.filter(pk=since).values("number")
        rows = rows.filter(number__gte=Subquery(first[:1]))
    else:
        rows = rows.filter(pk__in=pks)
    return list(rows.annotate(name=F("author__display_name")).values("pk", "number", "name"))


def load_request(viewer: Any, pk: int) -> Any:
    """For whoever is asked, and for those who moderate where the thread stands; else Http404. With `.answer` (or
    None), `.words` to ask about, and `.is_mine_to_manage`."""
    rows = MoveRequest.objects.select_related("thread__community__closing", "source", "target", "section", "by")
    request: Any = rows.filter(pk=pk).first()
    if request is None:
        raise Http404
    request.answer = request.answers.filter(author=viewer.pk).first()
    moderates = may_arrange(viewer, request.thread) is None and request.thread.community_id == request.source_id
    request.is_mine_to_manage = moderates
    if request.answer is None and not moderates:
        raise Http404
    request.words = _as_it_can_be_read(words_of(request, viewer)) if request.answer else []
    return request


def _as_it_can_be_read(posts: list[Any]) -> list[Any]:
    """With `plain` words and those of `earlier` versions. As plain words: what they quote is not theirs to see."""
    earlier: dict[int, list[str]] = {post.pk: [] for post in posts}
    changed = [post.pk for post in posts if post.revision > 1]
    for row in Revision.objects.filter(post__in=changed).select_related("post").order_by("-number"):
        if row.number != row.post.revision:
            earlier[row.post_id].append(text.plain(row.html))
    for post in posts:
        post.plain, post.earlier = text.plain(post.html), earlier[post.pk]
    return posts
