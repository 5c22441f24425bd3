"""The posts of two threads dealt anew: numbers 1, 2, 3 … in both without a hole, and all that counts by them follows.

Splitting, merging and taking either back are each one deal. A post keeps its row, and so its address, its revisions,
pictures, reactions, and what quotes it. The work is in bulk, and no text is read but the first letter of a thread.
"""

from collections.abc import Mapping, Sequence

from django.db import connection
from django.db.models import F

from forum import changes
from forum.communities.models import Audience
from forum.search.models import SearchDocument
from forum.threads import indexing, steps
from forum.threads.deleting import MOST_TOLD
from forum.threads.models import Post, PostQuote, Thread
from forum.threads.moving.carrying import carry_lines
from forum.threads.moving.marks import carry_marks, chunks
from forum.threads.moving.models import Leaving

ASIDE = 1_000_000_000  # beyond every number: both databases check a number as each row is written
_PLACE = "UPDATE forum_post SET thread_id = %s, number = %s WHERE id = %s"


def hold_both(one: Thread, two: Thread) -> tuple[Thread, Thread]:
    """As `steps.hold`; of whichever two, the first first, so that nobody waits in a circle."""
    for community in sorted({one.community_id, two.community_id}):
        steps.steady(community)
    held = {thread.pk: steps.hold(thread) for thread in sorted((one, two), key=lambda thread: thread.pk)}
    return held[one.pk], held[two.pk]


def order_of(thread: Thread) -> list[int]:
    return list(Post.objects.filter(thread=thread).order_by("number").values_list("pk", flat=True))


def deal(orders: Sequence[tuple[Thread, Sequence[int]]]) -> None:
    """Each of two held threads with the ids of the posts it shall have, in their order. Who reads what is the
    caller's business, and so are the changes on the threads' own streams."""
    threads = [thread for thread, _order in orders]
    before = {thread.pk: order_of(thread) for thread in threads}
    after = {thread.pk: order for thread, order in orders}
    were = {thread.pk: thread.last_at for thread in threads if before[thread.pk]}
    _renumber(before, after)
    for thread in threads:
        _count(thread, before[thread.pk], after[thread.pk])
    carry_marks(threads, before, after, {each.pk: each.last_at for each in threads if after[each.pk]}, were)
    for one, other in (threads, threads[::-1]):
        went = set(before[one.pk]).intersection(after[other.pk])
        if went:
            carry_lines(one, other, went, is_whole=not after[one.pk])
            _find_in(other, went, is_elsewhere=one.community_id != other.community_id)
    _carry_leavings(threads, before, after)
    _index(threads, before, after)
    reprint_quoting(threads)


def _renumber(before: Mapping[int, Sequence[int]], after: Mapping[int, Sequence[int]]) -> None:
    stood = {pk: (thread, number) for thread, order in before.items() for number, pk in enumerate(order, 1)}
    places = [
        (thread, number, pk)
        for thread, order in after.items()
        for number, pk in enumerate(order, 1)
        if stood[pk] != (thread, number)
    ]
    for some in chunks(pk for _thread, _number, pk in places):
        Post.objects.filter(pk__in=some).update(number=F("number") + ASIDE)
    with connection.cursor() as cursor:
        cursor.executemany(_PLACE, places)


def _count(thread: Thread, before: Sequence[int], after: Sequence[int]) -> None:
    thread.last_number = len(after)
    fields = ["last_number"]
    if after:
        first, last = (Post.objects.only("author", "published_at").get(pk=after[at]) for at in (0, -1))
        thread.last_at, thread.last_author_id = last.published_at, last.author_id
        fields += ["last_at", "last_author"]
        if before and before[0] != after[0]:  # one that was empty kept whose it was
            thread.author_id, thread.started_at = first.author_id, first.published_at
            fields += ["author", "started_at"]
    thread.save(update_fields=fields)


def _find_in(thread: Thread, went: set[int], *, is_elsewhere: bool) -> None:
    for some in chunks(went) if is_elsewhere else ():
        SearchDocument.objects.filter(kind="post", object_id__in=some).update(community=thread.community_id)


def _index(threads: Sequence[Thread], before: Mapping[int, Sequence[int]], after: Mapping[int, Sequence[int]]) -> None:
    """A thread is found by its first letter, which then is no reply. The rest are found as before."""
    indexing.put_all("thread", [thread.pk for thread in threads])
    firsts = {order[0] for thread in threads for order in (before[thread.pk], after[thread.pk]) if order}
    indexing.put_all("post", sorted(firsts))


def _carry_leavings(
    threads: Sequence[Thread], before: Mapping[int, Sequence[int]], after: Mapping[int, Sequence[int]]
) -> None:
    """Each line below the nearest post it stood below that is in its thread still; an emptied thread's lines go with
    its posts."""
    stand = {pk: (thread, number) for thread, order in after.items() for number, pk in enumerate(order, 1)}
    for thread, other in (threads, threads[::-1]):
        home = thread if after[thread.pk] else other
        for line in Leaving.objects.filter(thread=thread):
            above = [stand[pk] for pk in before[thread.pk][: line.after]]
            line.after = next((number for place, number in reversed(above) if place == home.pk), 0)
            line.thread = home
            line.save(update_fields=["thread", "after"])
        if home is not thread:
            Leaving.objects.filter(target=thread).update(target=home)


def reprint_quoting(threads: Sequence[Thread]) -> None:
    """A quote says where its words stand, and folds where not all readers may read them: other threads' open pages
    print theirs anew, the latest first."""
    quotes = PostQuote.objects.filter(source__thread__in=threads).exclude(post__thread__in=threads)
    rows = Post.objects.filter(pk__in=quotes.values("post"), deletion=None).order_by("-pk")
    told = sorted(rows.values_list("thread_id", "number", "pk")[:MOST_TOLD])
    for thread, _number, pk in told:
        changes.record(f"thread:{thread}", "post.edited", post=pk)


def narrowest(one: Thread, two: Thread) -> str:
    """Nobody reads more after a deal than before it."""
    return Audience.MEMBERS if Audience.MEMBERS in {one.audience, two.audience} else Audience.ANYONE
