"""How far people have read, when posts get other numbers: nothing read becomes unread, nothing unread counts as read.

A mark says "read up to here". Where merging put unread posts among read ones it keeps, beyond the first gap, the
spans that were read as well.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from functools import cache
from itertools import groupby, islice

from django.db.models import Q

from forum.communities.models import Membership
from forum.threads.models import ReadMark, Thread

AT_ONCE = 500
EVERYTHING = 2**31 - 1

Spans = tuple[tuple[int, int], ...]
#: (read up to this number, and these spans beyond)
Mark = tuple[int, Spans]
#: {thread: ids of its posts in their order}
Orders = Mapping[int, Sequence[int]]


def read_beyond(mark: int, beyond: Iterable[Sequence[int]] | None) -> int:
    """How many posts beyond the mark were read all the same."""
    return sum(last - max(first, mark + 1) + 1 for first, last in beyond or () if last > mark)


def first_unread(mark: int, beyond: Iterable[Sequence[int]] | None) -> int:
    for first, last in beyond or ():
        if first <= mark + 1 <= last:
            mark = last
    return mark + 1


def carry_marks(
    threads: Sequence[Thread],
    before: Orders,
    after: Orders,
    lasts: Mapping[int, datetime],
    were: Mapping[int, datetime],
) -> None:
    """`lasts`, `were`: when each thread's last post was written, as it is and as it was; without those that have none.

    The threads' rows are held, their posts already have their new numbers.
    """
    dealt = _dealing(before, after)
    for people in _batches(threads, [*lasts.values(), *were.values()]):
        rows = []
        for member, marks in _marks_of(people, threads, were).items():
            carried = dealt(tuple(marks[thread.pk] for thread in threads))
            for thread, (number, beyond) in zip(threads, carried, strict=True):
                if after[thread.pk]:
                    rows.append(ReadMark(member_id=member, thread=thread, number=number, beyond=list(beyond) or None))
        ReadMark.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["member", "thread"],
            update_fields=["number", "beyond", "at"],
            batch_size=AT_ONCE,
        )
    ReadMark.objects.filter(thread__in=[thread.pk for thread in threads if not after[thread.pk]]).delete()


def _dealing(before: Orders, after: Orders) -> Callable[[tuple[Mark, ...]], list[Mark]]:
    """marks of the threads as they were -> marks of the threads as they are; many people have read equally far."""
    stood = {pk: (at, number) for at, order in enumerate(before.values()) for number, pk in enumerate(order, 1)}

    @cache
    def dealt(marks: tuple[Mark, ...]) -> list[Mark]:
        upto = [mark for mark, _beyond in marks]
        more = [{n for first, last in beyond for n in range(first, last + 1)} for _mark, beyond in marks]

        def was_read(pk: int) -> bool:
            at, number = stood[pk]
            return number <= upto[at] or number in more[at]

        return [_mark_of(map(was_read, order)) for order in after.values()]

    return dealt


def _mark_of(read: Iterable[bool]) -> Mark:
    spans, number = [], 0
    for was_read, some in groupby(read):
        count = sum(1 for _each in some)
        if was_read:
            spans.append((number + 1, number + count))
        number += count
    upto = spans.pop(0)[1] if spans and spans[0][0] == 1 else 0
    return upto, tuple(spans)


def _batches(threads: Sequence[Thread], moments: Sequence[datetime]) -> Iterator[list[int]]:
    """Members whose marks have to be carried, so many at once: who has one; and who came while these posts were
    written, for whom what was written before is no news though they have no mark."""
    with_mark = ReadMark.objects.filter(thread__in=threads).values("member")
    came = Membership.objects.filter(
        community__in={thread.community_id for thread in threads}, since__gt=min(moments), since__lte=max(moments)
    )
    last = 0
    while True:
        marked = with_mark.filter(member__gt=last).values_list("member", flat=True).order_by("member").distinct()
        rows = came.filter(member__gt=last).values_list("member", flat=True).order_by("member").distinct()
        people = sorted({*marked[:AT_ONCE], *rows[:AT_ONCE]})[:AT_ONCE]
        if not people:
            return
        yield people
        last = people[-1]


def _marks_of(people: list[int], threads: Sequence[Thread], were: Mapping[int, datetime]) -> dict[int, dict[int, Mark]]:
    """{member: {thread: mark}}; where there is none, as lists of threads understand that."""
    rows = ReadMark.objects.filter(member__in=people, thread__in=threads)
    found: dict[tuple[int, int], Mark] = {
        (mark.member_id, mark.thread_id): (mark.number, tuple((first, last) for first, last in mark.beyond or ()))
        for mark in rows
    }
    houses = {thread.community_id for thread in threads}
    belongs = Membership.objects.filter(Q(community__in=houses), member__in=people)
    since = {(row.member_id, row.community_id): row.since for row in belongs}

    def mark(member: int, thread: Thread) -> Mark:
        if (member, thread.pk) in found:
            return found[member, thread.pk]
        came = since.get((member, thread.community_id))
        is_news = came is not None and thread.pk in were and were[thread.pk] >= came
        return (0 if is_news else EVERYTHING), ()

    return {member: {thread.pk: mark(member, thread) for thread in threads} for member in people}


def chunks(pks: Iterable[int], size: int = AT_ONCE) -> Iterator[list[int]]:
    source = iter(pks)
    while some := list(islice(source, size)):
        yield some
