"""Entering what was done, and taking it back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes
from forum.log.models import LogEntry
from forum.web.errors import Refusal

#: So long "Undo" stands where the deed was done; what it would mail waits as long.
UNDO_FOR = timedelta(seconds=60)
LONGEST = 300

Undo = Callable[[LogEntry, Member], None]
_undos: dict[str, Undo] = {}


def register_undo(kind: str, undo: Undo) -> None:
    """`undo(entry, by)`: does the opposite, asks the rules again, raises Refusal when it cannot be done any more, and
    enters nothing: `log.undo` does."""
    _undos[kind] = undo


def enter(
    kind: str,
    *,
    by: Member | None,
    community: int | None,
    words: str = "",
    undoes: LogEntry | None = None,
    more: dict[str, Any] | None = None,
    **target: Any,
) -> LogEntry:
    """This was done to `target`: one of thread, post, method, told, person, picture, house, case. Inside
    `changes.writing()`. `by` None: by the house itself."""
    return LogEntry.objects.create(
        kind=kind, by=by, community_id=community, words=words[:LONGEST], undoes=undoes, more=more or {}, **target
    )


def can_undo(entry: LogEntry, member: Member) -> bool:
    """For the button: by whoever did it, for a while, once."""
    is_fresh = entry.at > timezone.now() - UNDO_FOR
    return entry.kind in _undos and entry.by_id == member.pk and is_fresh and not hasattr(entry, "undone_by")


@changes.writing()
def undo(*, entry: LogEntry, by: Member) -> LogEntry:
    """Takes the deed back; answers the entry that says so, the one that stands when it was undone already. Refusal
    when it is not one's own, or when its time is over."""
    entry = LogEntry.objects.select_for_update(of=("self",), no_key=True).get(pk=entry.pk)
    if standing := LogEntry.objects.filter(undoes=entry).first():
        return standing
    if not can_undo(entry, by):
        raise Refusal(_("This cannot be undone any more. You can still do the opposite."))
    _undos[entry.kind](entry, by)
    target = {name: getattr(entry, name) for name in (entry.logged_kind,)}
    return enter("undone", by=by, community=entry.community_id, undoes=entry, **target)
