"""SQLite's writers go through one turnstile: nobody fails, nobody is left standing in it."""

import threading
import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
from django.db import DatabaseError, connection, connections, transaction

from forum.changes.models import Stream

pytestmark = [
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture(autouse=True)
def on_sqlite() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("about SQLite")


@pytest.fixture(autouse=True)
def nobody_left_inside() -> Iterator[None]:
    from forum.config.sqlite.base import turnstile

    yield
    assert not turnstile._taken
    assert not turnstile._waiting


def in_threads(count: int, work: Callable[[], None]) -> list[BaseException]:
    """Runs `work` in that many threads at once; what they raised."""
    failures: list[BaseException] = []
    start = threading.Barrier(count)

    def run() -> None:
        start.wait()
        try:
            work()
        except BaseException as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=run) for _ in range(count)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert not any(thread.is_alive() for thread in threads)
    return failures


def write() -> None:
    with transaction.atomic():
        Stream.objects.create(key=f"test:{uuid.uuid4()}")


def test_twenty_threads_all_write() -> None:
    def work() -> None:
        for _ in range(20):
            write()

    assert in_threads(20, work) == []
    assert Stream.objects.count() == 400


def test_an_exception_inside_leaves() -> None:
    def work() -> None:
        with transaction.atomic():
            Stream.objects.create(key=f"test:{uuid.uuid4()}")
            raise KeyError("in the middle")

    failures = in_threads(4, work)
    assert [type(failure) for failure in failures] == [KeyError] * 4
    assert Stream.objects.count() == 0
    write()


def test_nested_blocks_enter_once() -> None:
    def work() -> None:
        with transaction.atomic():
            write()
            with suppress(KeyError), transaction.atomic():
                write()
                raise KeyError("undoes this savepoint alone")
            write()

    assert in_threads(4, work) == []
    assert Stream.objects.count() == 8


def test_a_connection_broken_inside_leaves() -> None:
    def work() -> None:
        with transaction.atomic():
            write()
            connection.connection.close()  # as when the file went away
            write()

    assert all(isinstance(failure, DatabaseError) for failure in in_threads(3, work))
    write()
    assert Stream.objects.count() == 1


def test_a_connection_closed_inside_leaves() -> None:
    def work() -> None:
        with transaction.atomic():
            write()
            connection.close()

    in_threads(3, work)
    write()


def test_a_begin_that_fails_leaves(monkeypatch: pytest.MonkeyPatch) -> None:
    def work() -> None:
        connection.ensure_connection()
        connection.connection.close()
        write()

    assert all(isinstance(failure, DatabaseError) for failure in in_threads(3, work))
    write()


def test_a_commit_that_fails_leaves() -> None:
    """A deferred foreign key is checked at COMMIT."""

    def work() -> None:
        with transaction.atomic():
            connection.cursor().execute(
                "INSERT INTO forum_change (stream, n, kind, about, at) VALUES ('test:none', 1, 'x', '{}', '2026-01-01')"
            )

    failures = in_threads(3, work)
    assert len(failures) == 3
    assert all(isinstance(failure, DatabaseError) for failure in failures)
    write()


def test_manual_transactions_leave() -> None:
    def work() -> None:
        transaction.set_autocommit(False)
        Stream.objects.create(key=f"test:{uuid.uuid4()}")
        transaction.commit()
        Stream.objects.create(key=f"test:{uuid.uuid4()}")
        transaction.rollback()
        transaction.set_autocommit(True)

    assert in_threads(3, work) == []
    assert Stream.objects.count() == 3


def test_first_come_first_served() -> None:
    from forum.config.sqlite.base import Turnstile

    turnstile, order, threads = Turnstile(), [], []
    turnstile.enter(5)

    def wait(name: int) -> None:
        turnstile.enter(5)
        order.append(name)
        turnstile.leave()

    for name in range(10):
        thread = threading.Thread(target=wait, args=(name,))
        thread.start()
        while len(turnstile._waiting) <= name:
            pass
        threads.append(thread)
    turnstile.leave()
    for thread in threads:
        thread.join(5)
    assert order == list(range(10))


def test_waiting_ends() -> None:
    from forum.config.sqlite.base import Turnstile

    turnstile = Turnstile()
    assert turnstile.enter(0)
    assert not turnstile.enter(0.01)
    turnstile.leave()
    assert turnstile.enter(0)
