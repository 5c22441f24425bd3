"""Where a method was discussed: the threads whose posts show its card or call it by its name."""

from typing import Any

from django.db.models import Max

from forum.methods.citing import citing_posts
from forum.methods.models import Method
from forum.threads.models import Post

FIRST, PAGE = 5, 30


def discussions(viewer: Any, method: Method, *, most: int = FIRST, start: int = 0) -> tuple[list[Post], bool]:
    """Of each thread that the viewer may read the last post that names the method, latest first; and whether there
    are more. One query."""
    named = citing_posts(method.pk).standing().visible_to(viewer).exclude(thread=method.thread_id)
    last = named.order_by().values("thread").annotate(last=Max("pk")).values("last")
    rows = Post.objects.filter(pk__in=last).select_related("thread__community").order_by("-pk")
    found = list(rows[start : start + most + 1])
    return found[:most], len(found) > most
