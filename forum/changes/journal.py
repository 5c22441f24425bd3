"""How changes get their numbers: last thing in the transaction, streams in sorted order.

Numbering last keeps the stream rows locked for the shortest time, and sorting keeps two writers that
touch the same streams from waiting for each other in a circle.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from forum.changes.registry import find

KEPT = timedelta(days=30)

Noted = tuple[str, str, dict[str, int | str]]
_writing = threading.local()
_listeners: list[Callable[[list[str]], None]] = []


def announce_to(listener: Callable[[list[str]], None]) -> None:
    """After each commit `listener` gets the keys of the streams that moved. It must not raise and not wait."""
    _listeners.append(listener)


@contextmanager
def writing() -> Iterator[None]:
    """One write: a transaction whose collected changes are numbered last. Nests; only the outermost numbers."""
    collected: list[Noted] | None = getattr(_writing, "collected", None)
    if collected is not None:
        before = len(collected)
        try:
            with transaction.atomic():
                yield
        except BaseException:
            del collected[before:]  # what was rolled back did not happen
            raise
        return
    _writing.collected = []
    try:
        with transaction.atomic():
            yield
            keys = _number(_writing.collected)
            if keys:
                transaction.on_commit(lambda: _announce(keys), robust=True)
    finally:
        _writing.collected = None


def record(stream: str, kind: str, **about: int | str) -> None:
    """Note that `kind` happened on `stream`; `about` holds ids. Only inside `writing()`, only kinds that render."""
    if getattr(_writing, "collected", None) is None:
        raise RuntimeError("changes.record() outside changes.writing()")
    found = find(stream)
    if found is None or kind not in found[0].kinds:
        raise ValueError(f"nobody renders {kind!r} on {stream!r}: see changes.register()")
    _writing.collected.append((stream, kind, about))


def head_of(stream: str) -> int:
    """The number of the stream's last change, 0 when nothing has happened yet."""
    from forum.changes.models import Stream

    return Stream.objects.filter(key=stream).values_list("head", flat=True).first() or 0


def prune(kept: timedelta = KEPT, at_once: int = 5000) -> int:
    """Forget old changes, a bounded number a call (the worker calls again). How many went. Numbers are never reused."""
    from forum.changes.models import Change

    old = Change.objects.filter(at__lt=timezone.now() - kept).order_by("at").values_list("pk", flat=True)[:at_once]
    return Change.objects.filter(pk__in=list(old)).delete()[0]


def _number(collected: list[Noted]) -> list[str]:
    from forum.changes.models import Change, Stream

    keys = sorted({stream for stream, _, _ in collected})
    if not keys:
        return []
    rows = []
    for key in keys:
        mine = [(kind, about) for stream, kind, about in collected if stream == key]
        if not Stream.objects.filter(key=key).update(head=F("head") + len(mine)):
            Stream.objects.bulk_create([Stream(key=key)], ignore_conflicts=True)
            Stream.objects.filter(key=key).update(head=F("head") + len(mine))
        head = Stream.objects.values_list("head", flat=True).get(key=key)
        first = head - len(mine) + 1
        rows += [Change(stream_id=key, n=first + i, kind=kind, about=about) for i, (kind, about) in enumerate(mine)]
    Change.objects.bulk_create(rows)
    return keys


def _announce(keys: list[str]) -> None:
    for listener in _listeners:
        listener(keys)
