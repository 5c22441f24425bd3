"""Being asked: a line in one's notices, and a letter."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from accounts.models import Member
from forum import mail, notifications
from forum.mail import Words
from forum.mail.models import Letter
from forum.notifications import Kind, Reach, Reason, Shown, Topic
from forum.notifications.models import Happening
from forum.threads.moving.asking import words_of
from forum.threads.moving.models import MoveAnswer, MoveRequest


def register() -> None:
    notifications.register_topic("move", Topic(_visible, _readers, _describe))
    notifications.register("move.asked", Kind("move", (ASKED,)))
    mail.register("move.asked", compose)


def _visible(viewer: Any) -> "QuerySet[MoveRequest]":
    return MoveRequest.objects.waiting().asking(viewer)


def _readers(pk: int, member_ids: Iterable[int]) -> set[int]:
    rows = MoveAnswer.objects.filter(request=pk, author__in=list(member_ids), author__is_active=True)
    return set(rows.values_list("author", flat=True))


def _describe(pks: Iterable[int]) -> dict[int, Shown]:
    rows = MoveRequest.objects.filter(pk__in=pks).select_related("thread")
    return {row.pk: Shown(row.get_absolute_url(), row.thread.title, row.thread.language) for row in rows}


def _silent(happening: Happening) -> "QuerySet[Member]":
    asked = MoveAnswer.objects.filter(request=happening.topic_id, said=MoveAnswer.Said.NOTHING)
    return Member.objects.filter(pk__in=asked.values("author"))


ASKED = Reason("move-asked", _silent, lambda n: _("may what you wrote move?"), Reach.DECISION)


def compose(letter: Letter) -> Words | None:
    """Nothing to say once it is answered, over, or nothing of theirs is left."""
    request = MoveRequest.objects.waiting().select_related("thread", "source", "target").filter(pk=letter.about).first()
    member = letter.member
    if request is None or member is None:
        return None
    silent = request.answers.filter(author=member, said=MoveAnswer.Said.NOTHING)
    if not silent.exists() or not words_of(request, member):
        return None
    link = f"{settings.SITE_URL}{request.get_absolute_url()}"
    context = {"request": request, "member": member, "link": link, "site": settings.SITE_NAME}
    subject = _("May what you wrote move? “%(title)s”") % {"title": request.thread.title}
    return Words(subject, render_to_string("threads/moving/asked_mail.txt", context))
