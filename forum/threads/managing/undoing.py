"""Undo: one button on the pages whoever did it sees next, for as long as it can be undone.

Nothing is remembered but which entries they were: whether they can still be undone, the log says each time.
"""

from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forum import log
from forum.log import LogEntry

SESSION_KEY = "undo"
MOST = 50  # entries of one button
_said: dict[str, str | Promise] = {}


def register_words(kind: str, words: str | Promise) -> None:
    """What the bar says after a deed of this kind: "The thread is locked."."""
    _said[kind] = words


def offer_undo(request: HttpRequest, *entries: LogEntry | None) -> None:
    """After a deed, or several at once. None: nothing was done now."""
    if done := [entry.pk for entry in entries if entry is not None]:
        until = timezone.now() + log.UNDO_FOR
        request.session[SESSION_KEY] = {"entries": done[:MOST], "until": until.timestamp()}


@dataclass(frozen=True)
class Offer:
    first: int
    others: list[int]
    words: str | Promise
    seconds: int


def offer(request: HttpRequest) -> dict[str, Any]:
    """For every page: `undo_offer`, what can be undone now."""
    viewer = getattr(request, "user", None)
    done = request.session.get(SESSION_KEY) if viewer is not None and viewer.is_authenticated else None
    if viewer is None or not done or done["until"] < timezone.now().timestamp():
        return {}
    rows = LogEntry.objects.filter(pk__in=done["entries"], by=viewer.pk, at__gt=timezone.now() - log.UNDO_FOR)
    entries = list(rows.filter(undone_by=None).order_by("pk"))
    if not entries:
        return {}
    left = entries[0].at + log.UNDO_FOR - timezone.now()
    first, *others = [entry.pk for entry in entries]
    return {"undo_offer": Offer(first, others, _words(entries), max(int(left.total_seconds()), 1))}


def _words(entries: list[LogEntry]) -> str | Promise:
    if len(entries) == 1:
        return _said.get(entries[0].kind, _("Done."))
    count = len(entries)
    return ngettext("%(count)d thread is done.", "%(count)d threads are done.", count) % {"count": count}
