"""What may be reported, by whom, and when so many agree that the house acts before a human looks."""

import hashlib
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum.moderation.flagging.standing import State, reporter_standing
from forum.moderation.reports.models import Case, Report
from forum.moderation.subjects import Subject, find
from forum.web.errors import Refusal
from forum.web.pace import too_often

FOLD_AFTER = 3
MOST_MAILS_TO_ONE = 5  # receipts a day to one typed address, which may be anybody's

#: One answer for what is closed, hidden, gone or never was, and for pages nobody wrote.
NOTHING_THERE = _(
    "At this address we find nothing that you can see here and report. Open it, and copy the address of the post, "
    "thread, method, try, profile or picture itself."
)
OWN = _("This is your own. You can change it or take it back yourself.")


def why_not_report(member: Member | None, about: Subject) -> str | Promise | None:
    if find(member or AnonymousUser(), about.about) is None:
        return NOTHING_THERE
    return OWN if is_own(member, about) else None


def is_own(member: Any, about: Subject) -> bool:
    return about.author is not None and member is not None and member.pk == about.author.pk


def check_standing(member: Member | None, email: str, ground: str) -> None:
    """Refusal for somebody whose reports are paused (DSA, article 23(2)); a danger to life is heard in any case."""
    standing = reporter_standing(member, email)
    if standing.state == State.PAUSED and ground != Report.Ground.DANGER:
        words = _("Your reports are paused until %(day)s, because several were found to be without any ground.")
        day = date_format(timezone.localtime(standing.until), "DATE_FORMAT")
        raise Refusal(words % {"day": day}, field="ground")


def needs_no_name(ground: str) -> bool:
    """DSA, article 16(2)(c): whoever reports sexual abuse of children need not say who they are."""
    return ground == Report.Ground.MINORS


def independent(case: Case) -> int:
    """How many reports count as independent of each other: one for each member somebody vouched for, and one for all
    people without an account together, because anybody can be three strangers. Newcomers nobody vouched for, and
    reports found manifestly unfounded, do not count."""
    standing = case.reports.filter(unfounded_at=None)
    members = standing.filter(member__vouched_at__isnull=False, member__is_active=True).count()
    return members + standing.filter(member=None).exclude(email="").exists()


def may_mail(email: str) -> bool:
    """Another receipt to this typed address today?"""
    digest = hashlib.sha256(email.lower().encode()).hexdigest()
    return not too_often(f"receipts:{digest}", most=MOST_MAILS_TO_ONE, seconds=24 * 60 * 60)
