"""What the tests of moving share: words of several people, and what stands where."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from accounts.models import Member
from forum import text
from forum.models import Post, SearchDocument, Thread
from forum.threads import actions


def say(who: Member, thread: Thread, words: str, **more: Any) -> Post:
    return actions.reply(author=who, thread=thread, body=text.clean(words, "markdown"), at=timezone.now(), **more)


def numbers(thread: Thread) -> list[int]:
    return list(thread.posts.order_by("number").values_list("number", flat=True))


def order(thread: Thread) -> list[int]:
    return list(thread.posts.order_by("number").values_list("pk", flat=True))


def whole(thread: Thread) -> None:
    """Numbers without a hole, and the row says the same of its posts as they do."""
    thread.refresh_from_db()
    rows = list(thread.posts.order_by("number"))
    assert [row.number for row in rows] == list(range(1, len(rows) + 1))
    assert thread.last_number == len(rows)
    if rows:
        assert (thread.author_id, thread.last_author_id) == (rows[0].author_id, rows[-1].author_id)
        assert thread.last_at == rows[-1].published_at
        found = SearchDocument.objects.filter(community=thread.community_id)
        standing = {row.pk for row in rows[1:] if not row.is_deleted}
        assert (
            set(found.filter(kind="post", object_id__in=order(thread)).values_list("object_id", flat=True)) == standing
        )
        assert found.filter(kind="thread", object_id=thread.pk).exists()
    else:
        assert not SearchDocument.objects.filter(kind="thread", object_id=thread.pk).exists()


@pytest.fixture
def talk(thread_in: Callable[..., Thread], neighbour: Member) -> Callable[..., Thread]:
    """A thread of the author's in which the neighbour writes every other post."""

    def talk(house: Any, posts: int = 4, title: str = "Benches") -> Thread:
        thread = thread_in(house, 1, title)
        author = thread.author
        for n in range(2, posts + 1):
            say(neighbour if n % 2 == 0 else author, thread, f"{title} word {n}.")
        thread.refresh_from_db()
        return thread

    return talk


def an_hour_ago(thread: Thread) -> None:
    past = timezone.now() - timedelta(hours=1)
    for post in thread.posts.all():
        Post.objects.filter(pk=post.pk).update(published_at=past + timedelta(seconds=post.number))
    Thread.objects.filter(pk=thread.pk).update(started_at=past, last_at=past + timedelta(seconds=thread.last_number))
    thread.refresh_from_db()
