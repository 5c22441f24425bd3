"""What the writer of a held text is told: that it is out, or came back with a sentence."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Member
from forum import files, notifications
from forum.notifications import Kind, Reach, Reason, Shown, Topic
from forum.notifications.models import Happening
from forum.threads.holding.models import HeldText


def register() -> None:
    notifications.register_topic("text", Topic(_own, _reader, _describe))
    notifications.register("text.released", Kind("text", (RELEASED,)))
    notifications.register("text.returned", Kind("text", (RETURNED,)))
    waiting = HeldText.objects.waiting()
    files.register_holder(lambda picture: waiting.filter(html__contains=str(picture.pk)).exists())


def _own(viewer: Any) -> "QuerySet[HeldText]":
    return HeldText.objects.filter(author=viewer.pk)


def _reader(pk: int, member_ids: Iterable[int]) -> set[int]:
    rows = HeldText.objects.filter(pk=pk, author__in=list(member_ids))
    return set(rows.values_list("author", flat=True))


def _describe(pks: Iterable[int]) -> dict[int, Shown]:
    rows = HeldText.objects.filter(pk__in=pks).select_related("thread")
    return {
        held.pk: Shown(
            held.get_absolute_url(), held.title or (held.thread.title if held.thread else ""), held.language, held.words
        )
        for held in rows
    }


def _author(happening: Happening) -> "QuerySet[Member]":
    return Member.objects.filter(held_texts=happening.about)


RELEASED = Reason("released", _author, lambda n: _("your text was published"), Reach.DECISION)
RETURNED = Reason("returned", _author, lambda n: _("your text came back to you"), Reach.DECISION)
