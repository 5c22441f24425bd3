"""What the actions of threads share. Called inside `changes.writing()`."""

from collections.abc import Callable
from uuid import UUID, uuid5

from django.db import transaction
from django.db.models import Q

from forum import changes
from forum.communities.models import Audience
from forum.communities.steps import refuse, steady
from forum.threads.models import Post, Thread

__all__ = ["audience_now", "hold", "hold_of", "hold_standing", "narrow", "once", "refuse", "steady", "tell"]


def hold(thread: Thread) -> Thread:
    """The thread as it is now, its row held until the transaction ends.

    Two queries: one that had to wait for the row still sees everything else, such as a lock, as it was before.
    Without `no_key`, here and for posts, rows that refer to it wait at their commit and hold the stream: a circle.
    """
    steady(thread.community_id)
    Thread.objects.select_for_update(no_key=True).get(pk=thread.pk)
    return Thread.objects.select_related("community__closing", "lock", "pace", "hiding").get(pk=thread.pk)


def hold_standing(thread: Thread) -> Thread:
    """The thread, or the one it went into meanwhile: words on their way arrive there."""
    return _hold_where(thread, lambda held: not held.last_number, Q(merged__thread=thread.pk))


def hold_of(post: Post) -> Thread:
    """The thread a post stands in, which may be another one than when it was loaded."""
    return _hold_where(post.thread, lambda held: not held.posts.filter(pk=post.pk).exists(), Q(posts=post.pk))


def _hold_where(thread: Thread, has_gone: Callable[[Thread], bool], where: Q) -> Thread:
    """Lets go of the first before it holds the second, or it and a merge of the two could wait in a circle."""
    while True:
        with transaction.atomic():
            held = hold(thread)
            now = Thread.objects.filter(where).first() if has_gone(held) else None
            if now is None or now.pk == held.pk:
                return held
            transaction.set_rollback(True)
        thread = now


def once(submission: UUID | None, place: str, title: str, form: str, source: str) -> UUID | None:
    """The same words of the same form at the same place are one submission. Other words in a form that somebody went
    back to are not: they would be lost."""
    return submission and uuid5(submission, "\0".join((place, title, form, source)))


def audience_now(thread: Thread) -> str:
    """Whom words written into the thread now are for: never more people than its composer said."""
    return Audience.MEMBERS if Audience.MEMBERS in {thread.audience, thread.community.audience} else Audience.ANYONE


def narrow(thread: Thread) -> None:
    """What was written while only members could read stays with members: the thread with it."""
    if thread.audience != (audience := audience_now(thread)):
        thread.audience = audience
        thread.save(update_fields=["audience"])


def tell(thread: Thread, kind: str) -> None:
    """Lists hear of it: everybody's where anyone may read the thread, else the members' alone."""
    stream = "community" if audience_now(thread) == Audience.ANYONE else "inside"
    changes.record(f"{stream}:{thread.community_id}", kind, thread=thread.pk)
