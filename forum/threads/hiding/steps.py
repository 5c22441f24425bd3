"""Hiding and showing: what a decision does to a post or a thread. Everything that shows its words follows.

Called inside `changes.writing()`. No role is asked: whoever calls has asked the rules. Each is harmless done twice.
"""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from accounts.models import Member
from forum import changes, notifications
from forum.threads import indexing, made, notices, steps
from forum.threads.deleting import reprint_quotes, reprint_quotes_of
from forum.threads.hiding.models import PostHiding, ThreadHiding
from forum.threads.hiding.sameness import same_words
from forum.threads.models import Post, Thread

__all__ = ["heard_by", "hide_post", "hide_thread", "same_words", "show_post", "show_thread"]

How = PostHiding.How
LONGEST = 300  # of a reason, here: the whole of it stands in the decision
_hearers: list[Callable[[Thread], None]] = []


def heard_by(tell: Callable[[Thread], None]) -> None:
    """A room above shows what lies in threads: `tell(thread)` is called while the thread can still, or again, be read
    by all its readers, inside the transaction that hides or shows it."""
    _hearers.append(tell)


@changes.writing()
def hide_post(*, post: Post, by: Member, reason: str, how: str = How.HIDDEN, is_automatic: bool = False) -> PostHiding:
    """Answers the hiding that stands. A person's changes what stood before; what the house does alone never does."""
    post = _hold(post)
    standing = PostHiding.objects.filter(post=post).first()
    if standing and (is_automatic or (standing.how, standing.is_automatic) == (how, is_automatic)):
        return standing
    state: dict[str, Any] = {"by": by, "at": timezone.now(), "reason": reason[:LONGEST]}
    state |= {"how": how, "is_automatic": is_automatic}
    hiding, _new = PostHiding.objects.update_or_create(post=post, defaults=state)
    notifications.withdraw(*notices.OF_A_POST, about=post.pk)
    _follow(post, f"post.{how}")
    return hiding


@changes.writing()
def show_post(*, post: Post, by: Member) -> None:
    """As it was. Nobody is told of it a second time."""
    post = _hold(post)
    if PostHiding.objects.filter(post=post).delete()[0]:
        _follow(post, "post.shown")


def _hold(post: Post) -> Post:
    """As it is now, its row held; what was done to it is read afterwards, for it may be what this waited for."""
    steps.steady(post.thread.community_id)
    Post.objects.select_for_update(no_key=True).get(pk=post.pk)
    return Post.objects.select_related("thread__community", "thread__hiding").get(pk=post.pk)


def _follow(post: Post, kind: str) -> None:
    indexing.put(post)
    changes.record(f"thread:{post.thread_id}", kind, post=post.pk)
    reprint_quotes(post)
    made.turned(post)


@changes.writing()
def hide_thread(*, thread: Thread, by: Member, reason: str) -> ThreadHiding:
    """From everybody but the moderators of its community: it goes from lists, search, streams and notices, and what
    was made in it with it."""
    thread = steps.hold(thread)
    standing = ThreadHiding.objects.filter(thread=thread).first()
    if standing:
        return standing
    _tell(thread, "thread.hidden")  # before: who quotes it is found by who may read it
    return ThreadHiding.objects.create(thread=thread, by=by, reason=reason[:LONGEST])


@changes.writing()
def show_thread(*, thread: Thread, by: Member) -> None:
    thread = steps.hold(thread)
    if ThreadHiding.objects.filter(thread=thread).delete()[0]:
        _tell(steps.hold(thread), "thread.shown")


def _tell(thread: Thread, kind: str) -> None:
    changes.record(f"thread:{thread.pk}", kind, thread=thread.pk)
    steps.tell(thread, kind)
    reprint_quotes_of(thread)
    notifications.turned("thread", [thread.pk])
    for tell in _hearers:
        tell(thread)
