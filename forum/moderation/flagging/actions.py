"""What is found of reports and decided about reporters."""

import re

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from accounts.models import Member
from forum import changes, log, mail
from forum.log.models import LogEntry
from forum.moderation import who
from forum.moderation.flagging.models import ReporterStep, TrustedFlagger
from forum.moderation.flagging.standing import PAUSE, PAUSE_AFTER, WARN_AFTER, WITHIN, reports_by, steps_of
from forum.moderation.reports.models import Case, Report
from forum.web.errors import Refusal

UNFOUNDED = "report.unfounded"
LETTER = "reporter.step"
Kind = ReporterStep.Kind
_DOMAIN = re.compile(r"@[a-z0-9-]+(\.[a-z0-9-]+)+\Z")
_ADDRESS = re.compile(r"[^@\s]+@[a-z0-9-]+(\.[a-z0-9-]+)+\Z")


def find_unfounded(*, by: Member, report: Report) -> Report:
    """The report is manifestly unfounded (article 23(2)); found so before, nothing more. After three within 90 days
    its writer is warned, after five, and warned, paused for 30 days. Refusal: who may not judge the case; one of a
    trusted flagger counts as any other."""
    with changes.writing():
        report = _held(by, report)
        if report.unfounded_at:
            return report
        report.unfounded_at = timezone.now()
        report.save(update_fields=["unfounded_at"])
        log.enter(UNFOUNDED, by=by, community=report.case.community_id, case=report.case, more={"report": report.pk})
        _step(report)
        return report


def take_back_finding(*, by: Member, report: Report) -> Report:
    """It was not: what followed from it holds no more, and a letter that waits stays."""
    with changes.writing():
        report = _held(by, report)
        if report.unfounded_at is None:
            return report
        report.unfounded_at = None
        report.save(update_fields=["unfounded_at"])
        for step in ReporterStep.objects.filter(report=report, lifted_at=None):
            step.lifted_at = timezone.now()
            step.save(update_fields=["lifted_at"])
            mail.withdraw(LETTER, about=step.pk)
        return report


def undo_finding(entry: LogEntry, by: Member) -> None:
    take_back_finding(by=by, report=Report.objects.get(pk=entry.more["report"]))


def _held(by: Member, report: Report) -> Report:
    """The report as it is now, its case locked: the case first, as everybody does."""
    case = Case.objects.select_for_update(of=("self",), no_key=True).get(pk=report.case_id)
    if not who.may_judge(by, case):
        raise Refusal(_("This is for others to decide."))
    return Report.objects.select_for_update(of=("self",)).select_related("case", "member").get(pk=report.pk)


def _step(report: Report) -> None:
    """Counted over reports that are locked: two findings at once are counted one after the other."""
    since = timezone.now() - WITHIN
    theirs = list(reports_by(report).select_for_update(of=("self",)).order_by("pk"))
    count = sum(each.unfounded_at is not None and each.unfounded_at > since for each in theirs)
    steps = steps_of(report.member, report.email)
    warned = steps.filter(kind=Kind.WARNING).exclude(report=report).filter(at__gt=since).exists()
    paused = steps.filter(kind=Kind.PAUSE, until__gt=timezone.now()).exists()
    if count >= PAUSE_AFTER and warned and not paused:
        _take(report, Kind.PAUSE)
    elif count >= WARN_AFTER and not warned:
        _take(report, Kind.WARNING)


def _take(report: Report, kind: str) -> None:
    until = timezone.now() + PAUSE if kind == Kind.PAUSE else None
    email = "" if report.member else report.email.lower()
    step = ReporterStep.objects.create(member=report.member, email=email, kind=kind, until=until, report=report)
    with translation.override(report.language):
        mail.write(LETTER, to=report.member, address=report.email, about=step.pk, wait=log.UNDO_FOR)


def trust(*, by: Member, member: Member | None, address: str, reason: str) -> TrustedFlagger:
    """This member, this address or everybody at this domain (`@police.example`), from now on; again, it is the one
    there is. Refusal: who is no administrator; what is no address (field "address")."""
    address = address.strip().lower()
    with changes.writing():
        _only_for_administrators(by)
        if member is None and not (_DOMAIN.match(address) or _ADDRESS.match(address)):
            raise Refusal(_("Write a user name, an e-mail address, or a domain such as @police.example."), field="whom")
        who_it_is = {"member": member, "address": "" if member else address}
        said = {"by": by, "reason": reason.strip()[:300]}
        trusted, new = TrustedFlagger.objects.get_or_create(**who_it_is, ended_at=None, defaults=said)
        if new:
            _enter("flagger.trusted", by, trusted)
        return trusted


def end_trust(*, by: Member, trusted: TrustedFlagger) -> TrustedFlagger:
    """Ended before: nothing more."""
    with changes.writing():
        _only_for_administrators(by)
        trusted = TrustedFlagger.objects.select_for_update(of=("self",), no_key=True).get(pk=trusted.pk)
        if trusted.ended_at is None:
            trusted.ended_at, trusted.ended_by = timezone.now(), by
            trusted.save(update_fields=["ended_at", "ended_by"])
            _enter("flagger.ended", by, trusted)
        return trusted


def _only_for_administrators(by: Member) -> None:
    if not by.is_staff:
        raise Refusal(_("Only administrators name trusted flaggers."))


def _enter(kind: str, by: Member, trusted: TrustedFlagger) -> None:
    """An address is no target: then it is whoever named it."""
    words = trusted.reason if trusted.member else f"{trusted.address}: {trusted.reason}"
    log.enter(kind, by=by, community=None, words=words, person=trusted.member or by, more={"trusted": trusted.pk})
