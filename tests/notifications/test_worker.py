"""The worker: told once and all of it, killed wherever; what fails waits and holds up nothing."""

import threading
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import Member
from forum import changes
from forum.models import Change, Happening, Line, Membership, Stream
from forum.notifications import Kind, Reason, outbox, register, spreading
from forum.notifications.registry import _kinds as kinds
from tests.notifications.conftest import write
from tests.threads.test_parallel import at_once

pytestmark = pytest.mark.django_db
TITLE = "What the estate gave us"


def watchers(house, count):
    """So many members of the house who watch its every thread."""
    from forum.models import CommunityChoice

    many = Member.objects.bulk_create(
        Member(email=f"w{n}@cast.example", username=f"w{n}", username_look=f"w{n}", display_name=f"W {n}")
        for n in range(count)
    )
    Membership.objects.bulk_create(Membership(community=house, member=member) for member in many)
    CommunityChoice.objects.bulk_create(
        CommunityChoice(member=member, community=house, level="everything") for member in many
    )
    return many


@pytest.fixture
def small_batches(monkeypatch):
    monkeypatch.setattr(spreading, "BATCH", 5)


def test_killed_anywhere_it_goes_on_and_tells_nobody_twice(
    small_batches, monkeypatch, author, neighbour, thread_in, open_house
):
    thread = thread_in(open_house)
    spreading.spread()
    many = watchers(open_house, 17)
    write(neighbour, thread)
    save, calls, kills = spreading._save, [], 0

    def dying(lines):
        save(lines)
        calls.append(lines)
        if len(calls) % 2:
            raise SystemExit  # no Exception: as with a kill, nothing is committed or put off

    monkeypatch.setattr(spreading, "_save", dying)
    while Happening.objects.filter(done_at=None).exists():
        try:
            spreading.spread()
        except SystemExit:
            kills += 1
    assert kills == 4
    lines = Line.objects.filter(topic_id=thread.pk)
    assert sorted(lines.values_list("member", flat=True)) == sorted([author.pk, *(each.pk for each in many)])
    assert [line.counts for line in lines] == [{"followed": 1}] * 18
    for each in many:
        assert changes.head_of(f"member:{each.pk}") == 1
    assert Happening.objects.filter(done_at=None).count() == 0


def test_told_again_from_the_start_nothing_is_told_twice(author, neighbour, thread_in, open_house):
    thread = thread_in(open_house)
    write(neighbour, thread)
    spreading.spread()
    Happening.objects.update(told_to=0, done_at=None)
    spreading.spread()
    assert Line.objects.get(member=author).counts == {"followed": 1}
    assert Change.objects.filter(stream=f"member:{author.pk}", kind="notices.changed").count() == 1


def test_what_fails_waits_and_the_others_are_told(caplog, author, neighbour, thread_in, open_house):
    def broken(_happening):
        raise KeyError("broken")

    register("test.broken", Kind("thread", (Reason("broken", broken, str),)))
    try:
        thread = thread_in(open_house)
        with changes.writing():
            about = {"topic": thread.pk, "community": open_house.pk}
            outbox.notify(kind="test.broken", actor=neighbour, **about)
        write(neighbour, thread)
        spreading.spread()
        assert Line.objects.get(member=author).counts == {"followed": 1}
        waiting = Happening.objects.get(done_at=None)
        assert (waiting.kind, waiting.attempts) == ("test.broken", 1)
        assert waiting.due_at > timezone.now() + timedelta(seconds=5)
        assert "broken" in caplog.text
        before = waiting.due_at
        Happening.objects.filter(pk=waiting.pk).update(due_at=timezone.now())
        spreading.spread()
        waiting.refresh_from_db()
        assert waiting.attempts == 2
        assert waiting.due_at > before
    finally:
        del kinds["test.broken"]


def test_a_happening_of_a_deed_that_was_refused_never_was(neighbour, thread_in, open_house):
    thread = thread_in(open_house)
    before = Happening.objects.count()
    with pytest.raises(ZeroDivisionError), changes.writing():
        write(neighbour, thread)
        raise ZeroDivisionError
    assert Happening.objects.count() == before


def test_a_line_tells_a_hundred_apart_and_counts_the_rest(author, neighbour, thread_in, open_house):
    thread = thread_in(open_house)
    line = Line(member=author, topic="thread", topic_id=thread.pk)
    for n in range(1, 131):
        assert line.add(Happening(pk=n, about=n), "followed", rings=True)
    assert len(line.told) == 100
    assert line.counts == {"followed": 130}


def test_old_ones_are_forgotten(author, neighbour, thread_in, open_house):
    thread = thread_in(open_house)
    write(neighbour, thread)
    spreading.spread()
    old = timezone.now() - timedelta(days=100)
    Happening.objects.update(done_at=old)
    assert spreading.prune() > 0
    assert Line.objects.count() == 1  # nobody has read it
    Line.objects.update(read_at=old)
    assert spreading.prune() == 1


@pytest.mark.django_db(transaction=True)
def test_the_commit_wakes_the_worker_and_it_tells(author, neighbour, thread_in, open_house):
    thread = thread_in(open_house)
    stop = threading.Event()
    worker = threading.Thread(target=spreading.run, args=(stop,))
    outbox.waiting.clear()
    with transaction.atomic():
        write(neighbour, thread)
        assert not outbox.waiting.is_set()
    assert outbox.waiting.is_set()
    worker.start()
    for _ in range(200):
        if not Happening.objects.filter(done_at=None).exists():
            break
        stop.wait(0.05)
    stop.set()
    outbox.waiting.set()
    worker.join(20)
    assert Line.objects.get(member=author).counts == {"followed": 1}


@pytest.mark.django_db(transaction=True)
def test_several_workers_at_once_tell_everything_once(small_batches, author, neighbour, thread_in, open_house):
    thread = thread_in(open_house)
    spreading.spread()
    many = watchers(open_house, 23)
    for n in range(4):
        write(neighbour, thread, f"Word {n}.")
    at_once(4, lambda _n: spreading.spread())
    spreading.spread()  # a worker that found everything in others' hands went home
    counts = {line.member_id: line.counts for line in Line.objects.filter(topic_id=thread.pk)}
    assert counts == {author.pk: {"followed": 4}} | {each.pk: {"followed": 4} for each in many}
    heads = Stream.objects.filter(key__in=[f"member:{each.pk}" for each in many]).values_list("head", flat=True)
    assert [*heads] == [4] * 23
    connection.close()
