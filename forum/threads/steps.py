"""What the actions of threads share. Called inside `changes.writing()`."""

from uuid import UUID, uuid5

from forum import changes
from forum.communities.models import Audience
from forum.communities.steps import refuse, steady
from forum.threads.models import Thread

__all__ = ["audience_now", "hold", "narrow", "once", "refuse", "steady", "tell"]


def hold(thread: Thread) -> Thread:
    """The thread as it is now, its row held until the transaction ends.

    Two queries: one that had to wait for the row still sees everything else, such as a lock, as it was before.
    Without `no_key`, here and for posts, rows that refer to it wait at their commit and hold the stream: a circle.
    """
    steady(thread.community_id)
    Thread.objects.select_for_update(no_key=True).get(pk=thread.pk)
    return Thread.objects.select_related("community__closing", "lock", "pace", "hiding").get(pk=thread.pk)


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
