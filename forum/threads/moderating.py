"""What moderators do to a whole thread: lock and pin. Each is harmless done twice; the rest is in `managing`."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes, notifications
from forum.communities import steps as communities
from forum.log import LogEntry
from forum.threads import steps
from forum.threads.managing.steps import Done, changed_since, enter, first, hold, tell, thread_of
from forum.threads.models import Lock, Pin, Thread
from forum.web.errors import Refusal

MOST_PINNED = 5  # what stands above the news in a list


@changes.writing()
def lock_thread(*, by: Member, thread: Thread, reason: str, until: datetime | None = None) -> Done:
    """Says who was first where a lock stands. Refusal on `until` when that is over already."""
    thread = hold(by, thread)
    if until is not None and until <= timezone.now():
        raise Refusal(_("This moment is over already. Please choose a later one."), field="until")
    if thread.is_locked:
        return Done(first=thread.lock.by)
    _end(thread)
    lock = Lock.objects.create(thread=thread, by=by, reason=reason, until=until)
    _tell_of(lock)
    return Done(enter("thread.locked", by=by, thread=thread, words=reason, lock=lock.pk))


@changes.writing()
def unlock_thread(*, by: Member, thread: Thread) -> Done:
    thread = hold(by, thread)
    _end(thread)
    lock = Lock.objects.filter(thread=thread).first()
    if lock is None:
        return first("thread.unlocked", thread)
    until = lock.until and lock.until.isoformat()
    was: dict[str, Any] = {"by": lock.by_id, "at": lock.at.isoformat(), "reason": lock.reason, "until": until}
    _lift(lock)
    return Done(enter("thread.unlocked", by=by, thread=thread, was=was))


@changes.writing()
def end_lock(*, thread: Thread) -> bool:
    """By the house, when its time is over: was there one to end?"""
    return _end(steps.hold(thread))


def _end(thread: Thread) -> bool:
    lock = Lock.objects.filter(thread=thread).first()
    if lock is None or not lock.is_over:
        return False
    _lift(lock)
    enter("thread.unlocked", by=None, thread=thread)
    return True


def _tell_of(lock: Lock) -> None:
    thread = lock.thread
    tell(thread, "thread.locked")
    about: dict[str, Any] = {"topic": thread.pk, "community": thread.community_id, "about": lock.pk}
    notifications.notify(kind="thread.locked", actor=lock.by, **about)


def _lift(lock: Lock) -> None:
    notifications.withdraw("thread.locked", about=lock.pk)
    thread = lock.thread
    lock.delete()
    tell(thread, "thread.unlocked")


def undo_lock(entry: LogEntry, by: Member) -> None:
    thread = hold(by, thread_of(entry))
    lock = Lock.objects.filter(thread=thread, pk=entry.more["lock"]).first()
    if lock is None:
        raise changed_since()
    _lift(lock)


def undo_unlock(entry: LogEntry, by: Member) -> None:
    """The lock as it was: by whom, since when and why."""
    thread = hold(by, thread_of(entry))
    was = entry.more["was"]
    until = datetime.fromisoformat(was["until"]) if was["until"] else None
    if Lock.objects.filter(thread=thread).exists() or (until and until <= timezone.now()):
        raise changed_since()
    since = datetime.fromisoformat(was["at"])
    _tell_of(Lock.objects.create(thread=thread, by_id=was["by"], at=since, reason=was["reason"], until=until))


@changes.writing()
def pin_thread(*, by: Member, thread: Thread, reason: str = "", scope: str = Pin.Scope.COMMUNITY) -> Done:
    """Above the news of its section or of the whole community. Refusal when as many are as fit: they are counted
    held."""
    communities.hold(thread.community)
    thread = hold(by, thread)
    if pin := Pin.objects.filter(thread=thread).first():
        return Done(first=pin.by)
    if scope == Pin.Scope.SECTION and thread.section_id is None:
        raise Refusal(_("This thread is in no section. Pin it in the whole community."), field="scope")
    ask_room(thread, scope, thread.section_id)
    pin = Pin.objects.create(thread=thread, by=by, reason=reason, scope=scope)
    tell(thread, "thread.pinned")
    return Done(enter("thread.pinned", by=by, thread=thread, words=reason, pin=pin.pk, scope=scope))


@changes.writing()
def unpin_thread(*, by: Member, thread: Thread) -> Done:
    thread = hold(by, thread)
    pin = Pin.objects.filter(thread=thread).first()
    if pin is None:
        return first("thread.unpinned", thread)
    was: dict[str, Any] = {"by": pin.by_id, "at": pin.at.isoformat(), "reason": pin.reason, "scope": pin.scope}
    pin.delete()
    tell(thread, "thread.unpinned")
    return Done(enter("thread.unpinned", by=by, thread=thread, was=was))


def ask_room(thread: Thread, scope: str, section: int | None, field: str = "scope") -> None:
    """Refusal on `field` when the place is full. The community's row is held."""
    pins = Pin.objects.filter(thread__community=thread.community_id, scope=scope).exclude(thread=thread)
    if scope == Pin.Scope.SECTION:
        pins = pins.filter(thread__section=section)
    if pins.count() >= MOST_PINNED:
        raise Refusal(_("As many threads are pinned here as fit above the others. Unpin one first."), field=field)


def undo_pin(entry: LogEntry, by: Member) -> None:
    thread = hold(by, thread_of(entry))
    if not Pin.objects.filter(thread=thread, pk=entry.more["pin"]).delete()[0]:
        raise changed_since()
    tell(thread, "thread.unpinned")


def undo_unpin(entry: LogEntry, by: Member) -> None:
    thread = thread_of(entry)
    communities.hold(thread.community)
    thread = hold(by, thread)
    was = entry.more["was"]
    if Pin.objects.filter(thread=thread).exists():
        raise changed_since()
    ask_room(thread, was["scope"], thread.section_id)
    since = datetime.fromisoformat(was["at"])
    Pin.objects.create(thread=thread, by_id=was["by"], at=since, reason=was["reason"], scope=was["scope"])
    tell(thread, "thread.pinned")
