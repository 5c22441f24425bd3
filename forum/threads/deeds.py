"""Small deeds on what others wrote: a moderator's lock and pin, a member's reaction. Each is harmless done twice."""

from collections import Counter

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes
from forum.threads import rules
from forum.threads.models import Lock, Pin, Post, Reaction, Thread
from forum.web.errors import Refusal


def _hold_for_moderator(by: Member, thread: Thread) -> None:
    """The thread's row is held: a reply is either in before this deed or sees it."""
    Thread.objects.select_for_update(no_key=True).get(pk=thread.pk)
    if not rules.may_moderate(by, thread.community):
        raise Refusal(_("Only the moderators of this community can do this."))


def _tell(thread: Thread, kind: str) -> None:
    changes.record(f"thread:{thread.pk}", kind, thread=thread.pk)
    changes.record(f"community:{thread.community_id}", kind, thread=thread.pk)


@changes.writing()
def lock_thread(*, by: Member, thread: Thread, reason: str) -> Lock:
    """Answers the lock that stands: another moderator's when they were first."""
    _hold_for_moderator(by, thread)
    lock, new = Lock.objects.get_or_create(thread=thread, defaults={"by": by, "reason": reason})
    if new:
        _tell(thread, "thread.locked")
    return lock


@changes.writing()
def unlock_thread(*, by: Member, thread: Thread) -> None:
    _hold_for_moderator(by, thread)
    if Lock.objects.filter(thread=thread).delete()[0]:
        _tell(thread, "thread.unlocked")


@changes.writing()
def pin_thread(*, by: Member, thread: Thread, reason: str = "") -> Pin:
    _hold_for_moderator(by, thread)
    pin, new = Pin.objects.get_or_create(thread=thread, defaults={"by": by, "reason": reason})
    if new:
        _tell(thread, "thread.pinned")
    return pin


@changes.writing()
def unpin_thread(*, by: Member, thread: Thread) -> None:
    _hold_for_moderator(by, thread)
    if Pin.objects.filter(thread=thread).delete()[0]:
        _tell(thread, "thread.unpinned")


@changes.writing()
def react(*, member: Member, post: Post, kind: str) -> None:
    """The member's one reaction to the post becomes `kind` (a `Reaction.Kind`)."""
    post = _held(post)
    if reason := rules.may_react(member, post):
        raise Refusal(reason)
    if Reaction.objects.filter(post=post, member=member, kind=kind).exists():
        return
    rules.check_reaction_speed(member)
    Reaction.objects.update_or_create(post=post, member=member, defaults={"kind": kind})
    _count(post)


@changes.writing()
def unreact(*, member: Member, post: Post) -> None:
    post = _held(post)
    if Reaction.objects.filter(post=post, member=member).delete()[0]:
        _count(post)


def _held(post: Post) -> Post:
    """As it is now, its row held; its deletion is read afterwards, for it may be what this waited for."""
    Post.objects.select_for_update(no_key=True).get(pk=post.pk)
    return Post.objects.select_related("thread__community__closing", "deletion").get(pk=post.pk)


def _count(post: Post) -> None:
    """Counted afresh under the post's lock, so the stored numbers cannot drift."""
    kinds = Reaction.objects.filter(post=post).values_list("kind", flat=True)
    post.reactions = dict(sorted(Counter(kinds).items()))
    post.save(update_fields=["reactions"])
    changes.record(f"thread:{post.thread_id}", "post.reacted", post=post.pk)
