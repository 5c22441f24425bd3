"""Numbers without holes, in the order of commits; what was rolled back did not happen."""

import threading
from datetime import timedelta

import pytest
from django.db import connections, transaction
from django.utils import timezone

from forum import changes
from forum.changes.models import Change, Stream
from tests.changes.stub import Boxes, put


def numbers(stream: str) -> list[int]:
    return list(Change.objects.filter(stream=stream).order_by("n").values_list("n", flat=True))


def test_numbers_run_from_one(boxes: Boxes) -> None:
    for item in range(3):
        put("box:1", item)
    assert numbers("box:1") == [1, 2, 3]
    assert changes.head_of("box:1") == 3
    assert changes.head_of("box:2") == 0


def test_one_write_may_move_several_streams(boxes: Boxes) -> None:
    with changes.writing():
        changes.record("box:2", "item.put", item=1)
        changes.record("box:1", "item.put", item=2)
        changes.record("box:2", "item.put", item=3)
    assert (numbers("box:1"), numbers("box:2")) == ([1], [1, 2])
    assert [change.about["item"] for change in Change.objects.filter(stream="box:2").order_by("n")] == [1, 3]


def test_what_was_rolled_back_did_not_happen(boxes: Boxes) -> None:
    with pytest.raises(RuntimeError), changes.writing():
        changes.record("box:1", "item.put", item=1)
        raise RuntimeError
    with changes.writing():
        with pytest.raises(RuntimeError), changes.writing():
            changes.record("box:1", "item.put", item=2)
            raise RuntimeError
        changes.record("box:1", "item.put", item=3)
    assert [change.about["item"] for change in Change.objects.all()] == [3]
    assert numbers("box:1") == [1]


def test_what_a_plain_savepoint_took_back_did_not_happen(boxes: Boxes) -> None:
    with changes.writing():
        changes.record("box:1", "item.put", item=1)
        with pytest.raises(RuntimeError), transaction.atomic():
            changes.record("box:1", "item.put", item=2)
            with transaction.atomic():
                changes.record("box:1", "item.put", item=3)
            raise RuntimeError
        with transaction.atomic():
            changes.record("box:1", "item.put", item=4)
    put("box:1", 5)
    assert [change.about["item"] for change in Change.objects.order_by("n")] == [1, 4, 5]
    assert numbers("box:1") == [1, 2, 3]


def test_two_writes_in_one_transaction_are_numbered_once_each(boxes: Boxes) -> None:
    with transaction.atomic():
        put("box:1", 1)
        put("box:1", 2)
        with pytest.raises(RuntimeError), transaction.atomic():
            put("box:1", 3)
            raise RuntimeError
    put("box:1", 4)
    assert [change.about["item"] for change in Change.objects.order_by("n")] == [1, 2, 4]
    assert (numbers("box:1"), changes.head_of("box:1")) == ([1, 2, 3], 3)


def test_only_what_somebody_renders_is_recorded(boxes: Boxes) -> None:
    with pytest.raises(RuntimeError):
        changes.record("box:1", "item.put", item=1)
    for stream, kind in [
        ("box:1", "item.eaten"),
        ("nobody:1", "item.put"),
        ("box:01", "item.put"),
        ("box:", "item.put"),
    ]:
        with pytest.raises(ValueError, match="nobody renders"), changes.writing():
            changes.record(stream, kind)


def test_those_who_listen_hear_after_the_commit(boxes: Boxes, django_capture_on_commit_callbacks) -> None:
    heard: list[list[str]] = []
    changes.announce_to(heard.append)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            with changes.writing():
                changes.record("box:2", "item.put", item=1)
                changes.record("box:1", "item.put", item=1)
            assert heard == []
        assert heard == [["box:1", "box:2"]]
    finally:
        changes.journal._listeners.remove(heard.append)


@pytest.mark.django_db(transaction=True)
def test_fifty_at_once_leave_no_hole(boxes: Boxes) -> None:
    failures: list[BaseException] = []
    order: list[int] = []
    together = threading.Barrier(50)

    def write(item: int) -> None:
        try:
            together.wait()
            with changes.writing():
                # both orders of naming, so that a lock taken in that order would be a deadlock
                for stream in ("box:1", "box:2")[:: 1 if item % 2 else -1]:
                    changes.record(stream, "item.put", item=item)
                transaction.on_commit(lambda: order.append(item))
        except BaseException as failure:
            failures.append(failure)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=write, args=(item,)) for item in range(50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    for stream in ("box:1", "box:2"):
        rows = list(Change.objects.filter(stream=stream).order_by("n"))
        assert [row.n for row in rows] == list(range(1, 51))
        assert Stream.objects.get(key=stream).head == 50
    both = [[row.about["item"] for row in Change.objects.filter(stream=s).order_by("n")] for s in ("box:1", "box:2")]
    assert both[0] == both[1], "one order of commits for both streams"


def test_old_changes_go_a_bounded_number_at_a_time(boxes: Boxes) -> None:
    for item in range(5):
        put("box:1", item)
    Change.objects.filter(n__lte=3).update(at=timezone.now() - timedelta(days=31))
    assert changes.prune(at_once=2) == 2
    assert changes.prune(at_once=2) == 1
    assert changes.prune(at_once=2) == 0
    assert numbers("box:1") == [4, 5]
    put("box:1", 6)
    assert changes.head_of("box:1") == 6
