"""Where deeds put what happened. One row, in the deed's own transaction: the worker does the rest."""

import threading
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Member
from forum import changes
from forum.notifications.models import Happening, Line
from forum.notifications.registry import kind_of

#: Set when something was committed in this process: the worker need not wait for its next look.
waiting = threading.Event()


def notify(
    *,
    kind: str,
    topic: int,
    actor: Member | None,
    community: int | None,
    about: int = 0,
    at: datetime | None = None,
    **more: Any,
) -> None:
    """This happened. Inside `changes.writing()`.

    `topic`: id of the thread, method … it is gathered under, as the kind says; `about`: id of the post, try … itself;
    `actor`: None where nobody may be named; `community`: whose choice counts; `more`: what the kind's reasons need.
    """
    Happening.objects.create(
        kind=kind,
        topic=kind_of(kind).topic,
        topic_id=topic,
        community_id=community,
        actor=actor,
        about=about,
        more=more,
        at=at or timezone.now(),
    )
    transaction.on_commit(waiting.set)


def withdraw(*kinds: str, about: int, actor: Member | None = None) -> None:
    """It was taken back: lines that told it count less, those that told nothing else go. Inside the deed's write."""
    rows = Happening.objects.filter(kind__in=kinds, about=about, withdrawn_at=None)
    if actor is not None:
        rows = rows.filter(actor=actor)
    now = timezone.now()
    if rows.update(withdrawn_at=now, told_to=0, attempts=0, due_at=now, done_at=None):
        transaction.on_commit(waiting.set)


def turned(topic: str, pks: Collection[int]) -> None:
    """These can be read no more, or again: nothing is told anew, but the bells of those who have a line of them to read
    ring less, or more. Inside the deed's write."""
    lines = Line.objects.filter(topic=topic, topic_id__in=pks, read_at=None)
    for member in lines.order_by("member").values_list("member", flat=True).distinct():
        changes.record(f"member:{member}", "notices.changed")


def unname(kind: str, *, topic: int, about: int) -> None:
    """Whoever did it wants no name on it any more: not in what is still to be told, and not in the lines that told
    it. Inside the deed's write; for kinds of which few are told."""
    Happening.objects.filter(kind=kind, about=about).update(actor=None)
    names = {reason.name for reason in kind_of(kind).reasons}
    for line in (
        Line.objects.filter(topic=kind_of(kind).topic, topic_id=topic).select_for_update(no_key=True).order_by("member")
    ):
        told = [[*entry[:2], 0, about] if entry[1] in names and entry[3] == about else entry for entry in line.told]
        if told != line.told:
            line.told = told
            line.save(update_fields=["told"])
