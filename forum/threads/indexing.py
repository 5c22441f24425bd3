"""What search knows of threads and posts: a thread by its title and its first letter, a post by its words.

A post whose words are hidden or taken back, and a thread that begins with nothing but a method's card (it is found as
that method), are not found; unless a conclusion was written.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet

from forum import search, text
from forum.search import Entry, Shown
from forum.threads.hiding.sameness import keep_words
from forum.threads.managing.models import Conclusion
from forum.threads.models import Post, Thread


def register() -> None:
    search.register(
        "thread",
        search.Kind(Thread.objects.visible_to, describe_threads, Thread.objects.all, thread_entries),
    )
    search.register("post", search.Kind(visible_posts, describe_posts, replies, post_entries))


def replies() -> "QuerySet[Post]":
    return Post.objects.standing().filter(number__gt=1)


def visible_posts(viewer: Any) -> "QuerySet[Post]":
    return Post.objects.visible_to(viewer).standing().filter(number__gt=1)


def put(post: Post) -> None:
    """After it was published, edited or taken back. The first one is its thread's."""
    keep_words([post])
    if post.number == 1:
        put_all("thread", [post.thread_id])
    else:
        put_all("post", [post.pk])


def put_all(kind: str, pks: list[int]) -> None:
    """The things as they are now; those with nothing to be found by are taken out."""
    entries = {"thread": thread_entries, "post": post_entries}[kind](pks)
    search.put_all(entries)
    if gone := set(pks) - {entry.pk for entry in entries}:
        search.remove(kind, gone)


def thread_entries(pks: Iterable[int]) -> list[Entry]:
    openings, concluded = _openings(pks), _conclusions(pks)
    return [
        Entry(
            kind="thread",
            pk=thread.pk,
            community=thread.community_id,
            language=thread.language,
            title=thread.title,
            text=_words(openings, concluded, thread.pk),
        )
        for thread in Thread.objects.filter(pk__in=pks, last_number__gt=0)
        if thread.pk in concluded or not _is_card(openings.get(thread.pk, ""))
    ]


def post_entries(pks: Iterable[int]) -> list[Entry]:
    return [
        Entry(
            kind="post",
            pk=post.pk,
            community=post.thread.community_id,
            language=post.language,
            title="",
            text=text.plain(post.html),
        )
        for post in replies().filter(pk__in=pks).select_related("thread")
    ]


def describe_threads(pks: Iterable[int]) -> dict[int, Shown]:
    openings, concluded = _openings(pks), _conclusions(pks)
    threads = Thread.objects.filter(pk__in=pks).select_related("community")
    return {
        thread.pk: Shown(
            thread.get_absolute_url(),
            thread.title,
            thread.community,
            thread.language,
            _words(openings, concluded, thread.pk),
        )
        for thread in threads
    }


def describe_posts(pks: Iterable[int]) -> dict[int, Shown]:
    posts = replies().filter(pk__in=pks).select_related("thread__community")
    return {
        post.pk: Shown(
            post.get_absolute_url(), post.thread.title, post.thread.community, post.language, text.plain(post.html)
        )
        for post in posts
    }


def _openings(pks: Iterable[int]) -> dict[int, str]:
    """The first letter of each thread where it still stands."""
    first = Post.objects.standing().filter(thread__in=pks, number=1)
    return dict(first.values_list("thread_id", "html"))


def _conclusions(pks: Iterable[int]) -> dict[int, str]:
    """Words written as a conclusion; a post that was chosen is found as what it is."""
    stands = Conclusion.objects.filter(pk__in=Thread.objects.filter(pk__in=pks).values("conclusion"), post=None)
    return dict(stands.values_list("thread_id", "html"))


def _words(openings: dict[int, str], concluded: dict[int, str], pk: int) -> str:
    parts = (text.plain(words[pk]) for words in (openings, concluded) if pk in words)
    return "\n\n".join(parts)


def _is_card(html: str) -> bool:
    return "data-method=" in html and not text.plain(html).strip()
