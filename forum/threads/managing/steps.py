"""What the deeds of moderators share. Called inside `changes.writing()`."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes, log
from forum.log import LogEntry
from forum.threads import rules, steps
from forum.threads.models import Thread
from forum.web.errors import Refusal


class Done(NamedTuple):
    """What became of a deed. `entry`: in the log, when it was done now; `first`: who had done it already."""

    entry: LogEntry | None = None
    first: Member | None = None


def hold(by: Member, thread: Thread) -> Thread:
    """The thread's row is held: a reply is either in before this deed or sees it."""
    thread = steps.hold(thread)
    if not rules.may_moderate(by, thread.community):
        raise Refusal(_("Only the moderators of this community can do this."))
    return thread


def tell(thread: Thread, kind: str, *, lists: bool = True) -> None:
    """Open pages hear: the thread's own, and with `lists` those where its row tells of it."""
    changes.record(f"thread:{thread.pk}", kind, thread=thread.pk)
    if lists:
        steps.tell(thread, kind)


def enter(kind: str, *, by: Member | None, thread: Thread, words: str = "", **more: Any) -> LogEntry:
    return log.enter(kind, by=by, community=thread.community_id, thread=thread, words=words, more=more)


def first(kind: str, thread: Thread) -> Done:
    """It was done before: by whoever did it last."""
    entries = LogEntry.objects.filter(thread=thread, kind=kind).select_related("by")
    entry = entries.order_by("-pk").first()
    return Done(first=entry.by if entry else None)


def thread_of(entry: LogEntry) -> Thread:
    return Thread.objects.get(pk=entry.target_id)


def changed_since() -> Refusal:
    return Refusal(_("This was changed again since, so it cannot be undone. You can still do the opposite."))
