"""The log: append-only, one target an entry, and undone once by whoever did it."""

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Member
from forum import changes, log
from forum.log import LogEntry, entering
from forum.models import Community, Thread
from forum.web.errors import Refusal


@pytest.fixture
def thread(thread_in: Callable[..., Thread], open_house: Community) -> Thread:
    return thread_in(open_house)


@pytest.fixture
def undone() -> Iterator[list[int]]:
    found: list[int] = []
    log.register_undo("test.done", lambda entry, _by: found.append(entry.pk))
    yield found
    entering._undos.pop("test.done")


def entered(thread: Thread, by: Member, kind: str = "test.done") -> LogEntry:
    with changes.writing():
        return log.enter(kind, by=by, community=thread.community_id, thread=thread, words="Because.")


def test_nothing_is_changed_or_taken_out(thread: Thread, moderator: Member) -> None:
    entry = entered(thread, moderator)
    for deed in (entry.save, entry.delete, LogEntry.objects.all().delete, lambda: LogEntry.objects.update(words="")):
        with pytest.raises(TypeError):
            deed()
    assert LogEntry.objects.get().words == "Because."


@pytest.mark.parametrize("target", [{}, {"thread": True, "person": True}])
def test_an_entry_has_exactly_one_target(target: dict[str, bool], thread: Thread, moderator: Member) -> None:
    of: dict[str, Thread | Member] = {"thread": thread, "person": moderator}
    with pytest.raises(IntegrityError), transaction.atomic():
        log.enter("x", by=None, community=None, **{name: of[name] for name in target})
    assert not LogEntry.objects.exists()


def test_it_is_undone_once_by_whoever_did_it(
    thread: Thread, moderator: Member, steward: Member, undone: list[int]
) -> None:
    entry = entered(thread, moderator)
    with pytest.raises(Refusal):
        log.undo(entry=entry, by=steward)
    first = log.undo(entry=entry, by=moderator)
    assert log.undo(entry=entry, by=moderator) == first
    assert undone == [entry.pk]
    assert first.undoes == entry


def test_its_time_ends(thread: Thread, moderator: Member, undone: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
    entry = entered(thread, moderator)
    monkeypatch.setattr(entering, "UNDO_FOR", timedelta(0))
    with pytest.raises(Refusal):
        log.undo(entry=entry, by=moderator)
    assert undone == []
    assert entry.at <= timezone.now()
