"""The weekly mail: one question, to an author who has not answered it, and never twice the same week."""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from smtplib import SMTPServerDisconnected

from allauth.account.models import EmailAddress
from django.conf import settings
from django.core.mail import EmailMessage
from django.db import IntegrityError
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.utils import timezone, translation

from accounts.models import Member
from forum import changes
from forum.methods import rules
from forum.methods.models import Method, MethodVersion
from forum.methods.questions.answering import token_of
from forum.methods.questions.catalogue import BY_KEY, Question, next_question
from forum.methods.questions.models import MailedQuestion, QuestionMailStop, SkippedQuestion

logger = logging.getLogger(__name__)

WEEK = timedelta(days=7)
YOUNG = timedelta(days=2)  # what was just told is left in peace
MOST_FAILURES = 5
#: The mail may have gone out all the same: it is not sent again.
UNCERTAIN = (TimeoutError, SMTPServerDisconnected)


def send_weekly_questions(now: datetime | None = None) -> int:
    """A chore: how many mails went out. Two workers do no harm; what failed is tried again the next time."""
    now = now or timezone.now()
    again = MailedQuestion.objects.filter(week=monday(now), claimed_at=None, failures__range=(1, MOST_FAILURES - 1))
    waiting = list(again.select_related("member", "method"))
    return sum(_send(mailed, now) for mailed in waiting) + sum(_send(mailed, now) for mailed in _begun(now))


def monday(now: datetime) -> date:
    return now.date() - timedelta(days=now.weekday())


def _begun(now: datetime) -> Iterator[MailedQuestion]:
    """A row for each author who is to be asked now, as they are made."""
    for member in list(_authors(now)):
        if found := _question_for(member, now):
            version, question = found
            try:
                with changes.writing():
                    mailed = MailedQuestion.objects.create(
                        member=member, week=monday(now), method=version.method, question=question.key, at=now
                    )
            except IntegrityError:  # another worker was quicker
                continue
            yield mailed


def _authors(now: datetime) -> Iterator[Member]:
    """Those with a method, a verified address, no mail in the last seven days, and no wish to be left alone."""
    its_author = {"member": OuterRef("pk")}
    lately = MailedQuestion.objects.filter(**its_author, at__gt=now - WEEK)
    stopped = QuestionMailStop.objects.filter(**its_author)
    verified = EmailAddress.objects.filter(user=OuterRef("pk"), email__iexact=OuterRef("email"), verified=True)
    rows = Member.objects.filter(is_active=True, is_house=False, methods__isnull=False).distinct()
    yield from rows.filter(~Exists(lately), ~Exists(stopped), Exists(verified)).order_by("pk")


def _question_for(member: Member, now: datetime) -> tuple[MethodVersion, Question] | None:
    """Of the newest method that leaves something open that was neither skipped nor asked by mail before."""
    present = (
        MethodVersion.objects.present()
        .filter(method__author=member, method__published_at__lt=now - YOUNG, method__thread__hiding=None)
        .exclude(method__thread=None)
    )
    asked: dict[int, set[str]] = {}
    for rows in (SkippedQuestion.objects.filter(member=member), MailedQuestion.objects.filter(member=member)):
        for pk, key in rows.values_list("method_id", "question"):
            asked.setdefault(pk, set()).add(key)
    writable: dict[int, bool] = {}
    for version in present.select_related("method__community__closing").order_by("-method__published_at"):
        method = version.method
        if method.community_id not in writable:
            writable[method.community_id] = rules.may_revise(member, method) is None
        question = next_question(version.card, asked.get(method.pk, set()), by_number=True)
        if question and writable[method.community_id]:
            return version, question
    return None


def _send(mailed: MailedQuestion, now: datetime) -> bool:
    """Claimed first, in a transaction of its own: whoever comes second, or after a crash, leaves it alone."""
    if not _concerns(mailed):
        return False
    row = MailedQuestion.objects.filter(pk=mailed.pk)
    with changes.writing():
        if not row.filter(claimed_at=None).update(claimed_at=now):
            return False
    try:
        with translation.override(mailed.member.interface_language or settings.LANGUAGE_CODE):
            message_of(mailed).send()
    except UNCERTAIN:
        logger.exception("The question %s may or may not have been sent.", mailed.pk)
        return False
    except Exception:
        logger.exception("The question %s could not be sent.", mailed.pk)
        row.update(claimed_at=None, failures=mailed.failures + 1)
        return False
    row.update(sent_at=timezone.now())
    return True


def _concerns(mailed: MailedQuestion) -> bool:
    """Still: a mail that failed may wait for days."""
    member, method = Member.objects.get(pk=mailed.member_id), Method.objects.get(pk=mailed.method_id)
    address = EmailAddress.objects.filter(user=member, email__iexact=mailed.member.email, verified=True)
    if not (member.is_active and address.exists()) or QuestionMailStop.objects.filter(member=member).exists():
        return False
    if not Method.objects.visible_to(member).filter(pk=method.pk).exists():
        return False
    card = method.versions.get(number=method.version).card
    return rules.may_revise(member, method) is None and not BY_KEY[mailed.question].is_stated(card)


def message_of(mailed: MailedQuestion) -> EmailMessage:
    """In the language that is active."""
    question, token = BY_KEY[mailed.question], token_of(mailed)
    link = f"{settings.SITE_URL}/questions/{token}/"
    stop = f"{link}stop/"
    words = {"method": mailed.method, "question": question, "link": link, "stop": stop, "site": settings.SITE_NAME}
    subject = " ".join(f"{mailed.method.title}: {question.words}".split())
    headers = {
        "Auto-Submitted": "auto-generated",
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    body = render_to_string("methods/questions/mail.txt", words)
    return EmailMessage(subject, body, None, [mailed.member.email], headers=headers)
