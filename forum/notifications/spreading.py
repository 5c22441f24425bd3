"""The worker's part: from one row "this happened" to a line for each member it concerns.

A batch of members is one transaction, which also says how far the happening has come: killed anywhere, it goes on
where it stood, and nobody is told twice. Two workers pass over what the other has in hand.
"""

import logging
import threading
from datetime import timedelta
from functools import reduce
from typing import Any

from django.db import close_old_connections, connection
from django.utils import timezone

from accounts.models import Member
from forum import changes
from forum.notifications import outbox
from forum.notifications.models import CommunityChoice, Following, Happening, Level, Line, PersonMute
from forum.notifications.registry import Kind, Reach, Reason, kind_of, topics

log = logging.getLogger(__name__)

BATCH = 500  # members a transaction
LOOK = 1.0  # seconds between two looks, for what other processes wrote
LONGEST_WAIT = timedelta(hours=1)
KEPT = timedelta(days=90)  # what was told, so that it can be taken back; then lines that were read


def run(stop: threading.Event) -> None:
    """Spreads what happens, within a second, until `stop` is set. Never raises."""
    while not stop.is_set():
        outbox.waiting.wait(LOOK)
        outbox.waiting.clear()
        close_old_connections()
        try:
            while not stop.is_set() and step():
                pass
        except Exception:
            log.exception("looking for notices failed; looking again")
            stop.wait(5)
        finally:
            close_old_connections()
    connection.close()


def spread() -> int:
    """All that is due now; how many steps it took."""
    steps = 0
    while step():
        steps += 1
    return steps


def step() -> bool:
    """One batch of one happening; False when nothing is due. What fails waits longer each time and holds up nothing."""
    if not Happening.objects.due().exists():  # on SQLite looking is cheap and a transaction is not
        return False
    pk = 0
    try:
        with changes.writing():
            happening = Happening.objects.due().select_for_update(skip_locked=True, no_key=True).first()
            if happening is None:
                return False
            pk = happening.pk
            _go_on(happening)
    except Exception:
        if not pk:
            raise
        log.exception("telling of happening %d failed", pk)
        _put_off(pk)
    return True


def _put_off(pk: int) -> None:
    with changes.writing():
        happening = Happening.objects.get(pk=pk)
        wait = min(timedelta(seconds=10 * 2 ** min(happening.attempts, 10)), LONGEST_WAIT)
        happening.attempts += 1
        happening.due_at = timezone.now() + wait
        happening.save(update_fields=["attempts", "due_at"])


def _go_on(happening: Happening) -> None:
    """The next batch of members, and how far that brings it."""
    members = _take_back(happening) if happening.withdrawn_at else _tell(happening)
    if members:
        happening.told_to = members[-1]
    if len(members) < BATCH:
        happening.done_at = timezone.now()
    happening.save(update_fields=["told_to", "done_at"])


def _tell(happening: Happening) -> list[int]:
    """The members of this batch, whether they wanted to hear of it or not."""
    kind = kind_of(happening.kind)
    members = _batch(happening, kind)
    wanted = _wanted(happening, kind, members)
    if wanted:
        changed = []
        for line in _held_lines(happening, sorted(wanted)):
            reason, rings = wanted[line.member_id]
            if line.add(happening, reason, rings=rings):
                changed.append(line)
        _save(changed)
    return members


def _batch(happening: Happening, kind: Kind) -> list[int]:
    rows = Member.objects.filter(pk__gt=happening.told_to, is_active=True, is_house=False)
    if happening.actor_id:
        rows = rows.exclude(pk=happening.actor_id)
    each = [rows.filter(pk__in=reason.people(happening).values("pk")).values_list("pk") for reason in kind.reasons]
    found = reduce(lambda all_, more: all_.union(more), each)
    return [pk for (pk,) in found.order_by("pk")[:BATCH]]


def _wanted(happening: Happening, kind: Kind, members: list[int]) -> dict[int, tuple[str, bool]]:
    """{member: (reason, does it ring)} of those who may see it, have not read it, and chose to hear of it."""
    if not members:
        return {}
    readers = topics()[kind.topic].readers(happening.topic_id, members) - kind.seen(happening, members)
    chosen = dict(_of(CommunityChoice, members, community=happening.community_id).values_list("member", "level"))
    own = _of(Following, members, topic=happening.topic, topic_id=happening.topic_id)
    followed = dict(own.values_list("member", "how"))
    muted = set(_of(PersonMute, members, muted=happening.actor_id).values_list("member", flat=True))
    wanted: dict[int, tuple[str, bool]] = {}
    for reason in kind.reasons:
        people = reason.people(happening).filter(pk__in=members).values_list("pk", flat=True)
        for pk in readers.intersection(people) - wanted.keys():
            level = chosen.get(pk, Level.CONCERNS)
            if _reaches(reason, level, followed.get(pk), is_muted=pk in muted):
                wanted[pk] = (reason.name, level != Level.WEEKLY or reason.reach <= Reach.DIRECT)
    return wanted


def _of(model: Any, members: list[int], **more: Any) -> Any:
    return model.objects.filter(member__in=members, **more)


def _reaches(reason: Reason, level: str, how: str | None, *, is_muted: bool) -> bool:
    """The choice for the thread comes before the one for its community; decisions about somebody come always."""
    if reason.reach == Reach.DECISION:
        return True
    if is_muted or how == Following.How.MUTE:
        return False
    if reason.reach == Reach.DIRECT:
        return level != Level.NOTHING or how is not None
    if how:
        return how == Following.How.WATCH
    return level == Level.EVERYTHING if reason.reach == Reach.ANY else level != Level.NOTHING


def _held_lines(happening: Happening, members: list[int]) -> list[Line]:
    """Theirs of this topic, each held; new ones are there empty first, so that two workers meet in one row."""
    about: dict[str, Any] = {"topic": happening.topic, "topic_id": happening.topic_id}
    rows = Line.objects.filter(member__in=members, **about)
    there = set(rows.values_list("member", flat=True))
    new = [Line(member_id=pk, community_id=happening.community_id, rings=False, **about) for pk in members]
    Line.objects.bulk_create([line for line in new if line.member_id not in there], ignore_conflicts=True)
    return list(rows.select_for_update(no_key=True).order_by("member"))


def _save(lines: list[Line]) -> None:
    """In one statement, and the members' open pages hear."""
    for line in lines:
        line.pk = None  # the row is found by its topic
    Line.objects.bulk_create(
        lines,
        update_conflicts=True,
        unique_fields=["member", "topic", "topic_id"],
        update_fields=["told", "older", "rings", "last_at", "read_at"],
    )
    _announce(lines)


def _announce(lines: list[Line]) -> None:
    for line in lines:
        changes.record(f"member:{line.member_id}", "notices.changed")


def _take_back(happening: Happening) -> list[int]:
    """The members of this batch, of all who have a line of the topic."""
    rows = Line.objects.filter(
        topic=happening.topic, topic_id=happening.topic_id, member__gt=happening.told_to
    ).order_by("member")
    lines = list(rows.select_for_update(no_key=True)[:BATCH])
    changed = [line for line in lines if line.drop(happening=happening.pk)]
    members = [line.member_id for line in lines]
    save_dropped(changed)
    return members


def save_dropped(lines: list[Line]) -> None:
    """Lines that tell less: those that tell nothing any more go."""
    Line.objects.filter(pk__in=[line.pk for line in lines if not line.counts]).delete()
    _save([line for line in lines if line.counts])
    _announce([line for line in lines if not line.counts])


def prune(at_once: int = 5000) -> int:
    """Forgets what was told long ago: happenings, and lines that were read. How many went."""
    old = timezone.now() - KEPT
    told = Happening.objects.filter(done_at__lt=old).order_by("pk").values_list("pk", flat=True)[:at_once]
    read = Line.objects.filter(read_at__lt=old).order_by("pk").values_list("pk", flat=True)[:at_once]
    gone = Happening.objects.filter(pk__in=list(told)).delete()[0]
    return gone + Line.objects.filter(pk__in=list(read)).delete()[0]
