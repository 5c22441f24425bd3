"""How changes get their numbers: last thing in the transaction, streams in sorted order.

Numbering last keeps the stream rows locked for the shortest time, and sorting keeps two writers that
touch the same streams from waiting for each other in a circle.

What was noted waits among Django's own callbacks for the commit: with a savepoint that is rolled back, whoever opened
it, the notes made inside are gone as well.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from forum.changes.registry import find

KEPT = timedelta(days=30)
AT_ONCE = 400  # streams a statement
_ADVANCE = """
    INSERT INTO forum_stream (key, head) VALUES {}
    ON CONFLICT (key) DO UPDATE SET head = forum_stream.head + excluded.head
"""

_writing = threading.local()
_listeners: list[Callable[[list[str]], None]] = []


@dataclass(eq=False)
class Note:
    """A change without a number yet. Called at the commit it does nothing: what counts is that it is still there."""

    stream: str
    kind: str
    about: dict[str, int | str]
    numbered: bool = False

    def __call__(self) -> None:
        pass


def announce_to(listener: Callable[[list[str]], None]) -> None:
    """After each commit `listener` gets the keys of the streams that moved. It must not raise and not wait."""
    _listeners.append(listener)


@contextmanager
def writing() -> Iterator[None]:
    """One write: a transaction whose collected changes are numbered last. Nests; only the outermost numbers."""
    if getattr(_writing, "open", False):
        with transaction.atomic():
            yield
        return
    _writing.open = True
    try:
        with transaction.atomic():
            yield
            keys = _number(_collected())
            if keys:
                transaction.on_commit(lambda: _announce(keys), robust=True)
    finally:
        _writing.open = False


def record(stream: str, kind: str, **about: int | str) -> None:
    """Note that `kind` happened on `stream`; `about` holds ids. Only inside `writing()`, only kinds that render."""
    if not getattr(_writing, "open", False):
        raise RuntimeError("changes.record() outside changes.writing()")
    found = find(stream)
    if found is None or kind not in found[0].kinds:
        raise ValueError(f"nobody renders {kind!r} on {stream!r}: see changes.register()")
    transaction.on_commit(Note(stream, kind, about))


def _collected() -> list[Note]:
    """Those without a number: an outer transaction may hold several writes, and those before are done."""
    waiting = [entry[1] for entry in connection.run_on_commit]  # (savepoints, callback, robust)
    return [note for note in waiting if isinstance(note, Note) and not note.numbered]


def head_of(stream: str) -> int:
    """The number of the stream's last change, 0 when nothing has happened yet."""
    from forum.changes.models import Stream

    return Stream.objects.filter(key=stream).values_list("head", flat=True).first() or 0


def prune(kept: timedelta = KEPT, at_once: int = 5000) -> int:
    """Forget old changes, a bounded number a call (the worker calls again). How many went. Numbers are never reused."""
    from forum.changes.models import Change

    old = Change.objects.filter(at__lt=timezone.now() - kept).order_by("at").values_list("pk", flat=True)[:at_once]
    return Change.objects.filter(pk__in=list(old)).delete()[0]


def _number(notes: list[Note]) -> list[str]:
    from forum.changes.models import Change, Stream

    keys = sorted({note.stream for note in notes})
    if not keys:
        return []
    by_key: dict[str, list[Note]] = {key: [] for key in keys}
    for note in notes:
        by_key[note.stream].append(note)
    for start in range(0, len(keys), AT_ONCE):
        _advance([(key, len(by_key[key])) for key in keys[start : start + AT_ONCE]])
    heads: dict[str, int] = {}
    for start in range(0, len(keys), AT_ONCE):
        some = Stream.objects.filter(key__in=keys[start : start + AT_ONCE])
        heads |= dict(some.values_list("key", "head"))
    rows = []
    for key, mine in by_key.items():
        first = heads[key] - len(mine) + 1
        rows += [Change(stream_id=key, n=n, kind=note.kind, about=note.about) for n, note in enumerate(mine, first)]
    Change.objects.bulk_create(rows)
    for note in notes:
        note.numbered = True
    return keys


def _advance(steps: list[tuple[str, int]]) -> None:
    """Each stream by so many, new ones from nothing: one statement, which takes the rows in its own order, sorted."""
    places = ", ".join(["(%s, %s)"] * len(steps))
    with connection.cursor() as cursor:
        cursor.execute(_ADVANCE.format(places), [value for step in steps for value in step])


def _announce(keys: list[str]) -> None:
    for listener in _listeners:
        listener(keys)
