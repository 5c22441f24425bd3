"""Members who reported are told on their own page too that it was decided. Nobody else ever sees such a line."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Member
from forum import notifications
from forum.moderation.reports.models import Case, Report
from forum.moderation.reports.tokens import token_of
from forum.notifications import Kind, Reach, Reason, Shown, Topic
from forum.notifications.models import Happening

ANSWERED = "report.answered"


def register() -> None:
    reason = Reason("report", _reporter, lambda _n: _("Your report was decided."), Reach.DECISION)
    notifications.register_topic("report", Topic(_mine, _readers, _shown))
    notifications.register(ANSWERED, Kind("report", (reason,)))


def answered(report: Report) -> None:
    if report.member_id:
        case = report.case
        notifications.notify(kind=ANSWERED, topic=report.pk, actor=None, community=case.community_id, about=case.pk)


def taken_back(case: Case) -> None:
    notifications.withdraw(ANSWERED, about=case.pk)


def _reporter(happening: Happening) -> "QuerySet[Member]":
    rows = Report.objects.filter(pk=happening.topic_id).exclude(answered_at=None)
    return Member.objects.filter(pk__in=rows.values("member"))


def _mine(viewer: Any) -> "QuerySet[Report]":
    return Report.objects.filter(member=viewer.pk or 0).exclude(answered_at=None)


def _readers(pk: int, member_ids: Iterable[int]) -> set[int]:
    rows = Report.objects.filter(pk=pk, member__in=list(member_ids)).exclude(answered_at=None)
    return {member for member in rows.values_list("member", flat=True) if member}


def _shown(pks: Iterable[int]) -> dict[int, Shown]:
    rows = Report.objects.filter(pk__in=pks)
    return {row.pk: Shown(f"/reports/{token_of(row)}/", _("Your report")) for row in rows}
