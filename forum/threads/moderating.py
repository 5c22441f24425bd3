"""What moderators do to a whole thread: lock and pin. Each is harmless done twice."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes, notifications
from forum.communities import steps as communities
from forum.threads import rules, steps
from forum.threads.models import Lock, Pin, Thread
from forum.web.errors import Refusal

MOST_PINNED = 5  # what stands above the news in a community's list


def _hold(by: Member, thread: Thread) -> Thread:
    """The thread's row is held: a reply is either in before this deed or sees it."""
    thread = steps.hold(thread)
    if not rules.may_moderate(by, thread.community):
        raise Refusal(_("Only the moderators of this community can do this."))
    return thread


def _tell(thread: Thread, kind: str) -> None:
    changes.record(f"thread:{thread.pk}", kind, thread=thread.pk)
    steps.tell(thread, kind)


@changes.writing()
def lock_thread(*, by: Member, thread: Thread, reason: str) -> Lock:
    """Answers the lock that stands: another moderator's when they were first."""
    thread = _hold(by, thread)
    lock, new = Lock.objects.get_or_create(thread=thread, defaults={"by": by, "reason": reason})
    if new:
        _tell(thread, "thread.locked")
        about: dict[str, Any] = {"topic": thread.pk, "community": thread.community_id, "about": lock.pk}
        notifications.notify(kind="thread.locked", actor=by, **about)
    return lock


@changes.writing()
def unlock_thread(*, by: Member, thread: Thread) -> None:
    thread = _hold(by, thread)
    lock = Lock.objects.filter(thread=thread).first()
    if lock:
        notifications.withdraw("thread.locked", about=lock.pk)
        lock.delete()
        _tell(thread, "thread.unlocked")


@changes.writing()
def pin_thread(*, by: Member, thread: Thread, reason: str = "") -> Pin:
    """Answers the pin that stands. Refusal when the community has as many as it may: they are counted held."""
    communities.hold(thread.community)
    thread = _hold(by, thread)
    pin = Pin.objects.filter(thread=thread).first()
    if pin is None:
        if Pin.objects.filter(thread__community=thread.community_id).count() >= MOST_PINNED:
            raise Refusal(_("As many threads are pinned here as fit above the others. Unpin one first."))
        pin = Pin.objects.create(thread=thread, by=by, reason=reason)
        _tell(thread, "thread.pinned")
    return pin


@changes.writing()
def unpin_thread(*, by: Member, thread: Thread) -> None:
    thread = _hold(by, thread)
    if Pin.objects.filter(thread=thread).delete()[0]:
        _tell(thread, "thread.unpinned")
