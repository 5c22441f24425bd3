"""Reporting, answering those who reported, and taking an answer back."""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID, uuid4

from django.db.models import Q, QuerySet
from django.utils import timezone, translation

from accounts.models import Member
from forum import changes, log, mail
from forum.moderation import who
from forum.moderation.decisions.models import Decision
from forum.moderation.duty.calling import HELD_FOR, call_everybody, call_first, climb_to_judges
from forum.moderation.flagging.standing import is_trusted
from forum.moderation.reports import notices, rules
from forum.moderation.reports.letters import ANSWERED, RECEIPT, care_for
from forum.moderation.reports.models import Case, Report, Urgency
from forum.moderation.reports.telling import tell_desk
from forum.moderation.reports.tokens import digest_of, token_for, token_of
from forum.moderation.subjects import Subject
from forum.web.errors import Refusal

#: Called when a case has gathered three independent reports of a post, inside the write: `hook(case)`.
AFTER: list[Callable[[Case], object]] = []
LOOK_WITHIN = timedelta(hours=24)  # so long a machine's fold stands before a human looks
URGENT = {Report.Ground.DANGER: Urgency.DANGER, Report.Ground.MINORS: Urgency.URGENT}


@changes.writing()
def report(
    *,
    about: Subject,
    ground: str,
    words: str,
    address: str,
    member: Member | None = None,
    name: str = "",
    email: str = "",
    language: str,
    is_good_faith: bool,
    revision: int | None = None,
    submission: UUID | None = None,
    is_held: bool = False,
) -> tuple[Report, str]:
    """One more report of this thing, in its open case; answers it and the token of its tracking link.

    The same submission again is the report it made, and so is a member's second report of the same open case. Refusal
    for one's own things, and for what the reporter may not see (field "address": the same words as for nothing).
    """
    submission = submission or uuid4()
    if standing := Report.objects.filter(submission=submission).first():
        return standing, token_of(standing)
    if reason := rules.why_not_report(member, about):
        raise Refusal(reason, field="address")
    rules.check_standing(member, email, ground)
    case, is_new = _open_case(about)
    if standing := _standing(case, submission, member):
        return standing, token_of(standing)
    token, before, trusted = token_for(submission), rules.independent(case), is_trusted(member, email)
    said = {"ground": ground, "words": words, "address": address, "language": language, "is_good_faith": is_good_faith}
    sender = {"member": member, "name": name, "email": email}
    seen = _revision(about, revision)
    kept = {"revision": seen, "submission": submission, "digest": digest_of(token), "is_trusted": trusted}
    row = Report.objects.create(case=case, **said, **sender, **kept)
    _receipt(row, is_held)
    _tell(case, row, about, is_new=is_new, is_held=is_held)
    if before < rules.FOLD_AFTER <= rules.independent(case) and about.column == "post":
        _ask_the_house(case)
    return row, token


@changes.writing()
def ask_for_a_look(*, about: Subject) -> Case:
    """The house itself noticed something: a case without a report, and whoever is on duty is told."""
    case, is_new = _open_case(about)
    climb_to_judges(case)
    if is_new:
        call_first(case)
    tell_desk(case)
    return case


def _standing(case: Case, submission: UUID, member: Member | None) -> Report | None:
    """What was sent a moment ago by the same form, or before by the same member."""
    same = Q(submission=submission) | Q(member__isnull=False, member=member)
    return case.reports.filter(same).first()


def _open_case(about: Subject) -> tuple[Case, bool]:
    """The thing's one open case, locked, and whether it begins now. The constraint decides between two at once."""
    while True:
        begin = {"community": about.community, "level": who.level_for(about)}
        made, is_new = Case.objects.get_or_create(closed_at=None, **about.target, defaults=begin)
        case = Case.objects.select_for_update(no_key=True, of=("self",)).get(pk=made.pk)
        if case.closed_at is None:  # else it was decided while we waited
            if is_new:
                log.enter("case.opened", by=None, community=case.community_id, case=case)
            return case, is_new


def _revision(about: Subject, seen: int | None) -> int | None:
    """Of a post: as it stood on the reporter's page."""
    if about.column != "post":
        return None
    present: int = about.row.revision
    return seen if seen and 0 < seen <= present else present


def _receipt(row: Report, is_held: bool) -> None:
    """DSA, article 16(4): at once. It holds none of the reporter's words: mail to a typed address carries only ours."""
    if row.member or (row.email and rules.may_mail(row.email)):
        wait = HELD_FOR if is_held else timedelta(0)
        mail.write(RECEIPT, to=row.member, address=row.email, about=row.pk, wait=wait)


def _tell(case: Case, row: Report, about: Subject, *, is_new: bool, is_held: bool) -> None:
    urgency = URGENT.get(Report.Ground(row.ground), Urgency.USUAL)
    is_worse = urgency > case.urgency
    if is_worse:
        case.urgency = urgency
        case.save(update_fields=["urgency"])
    climb_to_judges(case)
    if is_worse and urgency == Urgency.DANGER:
        call_everybody(case)
        care_for(about.author)
    elif is_new and not is_held:
        call_first(case)
    tell_desk(case)


def _ask_the_house(case: Case) -> None:
    for hook in AFTER:
        hook(case)
    case.refresh_from_db(fields=["follow_up_at", "closed_at"])
    if AFTER and case.closed_at is None:
        look = timezone.now() + LOOK_WITHIN
        case.follow_up_at = min(filter(None, (case.follow_up_at, look)))
        case.save(update_fields=["follow_up_at"])


@changes.writing()
def answer_reports(*, case: Case, decision: Decision) -> int:
    """Closes the case and tells everybody who reported what was decided and how to complain (DSA, article 16(5)); how
    many. The letters wait until the decision can be undone no more."""
    case = _held(case)
    now = timezone.now()
    if case.closed_at is None:
        case.closed_at = now
        case.save(update_fields=["closed_at"])
        tell_desk(case)
    waiting = _unanswered(case)
    for row in waiting:
        _answer(row, decision)
    return case.reports.filter(pk__in=[row.pk for row in waiting]).update(answered_at=now)


@changes.writing()
def reopen(*, case: Case) -> None:
    """The decision was undone: nobody is told after all, and the case waits again. Where the same thing was reported
    anew meanwhile, its reports go to that case instead."""
    case = _held(case)
    if case.closed_at is None:
        return
    mail.withdraw(ANSWERED, about=case.pk)
    notices.taken_back(case)
    case.reports.update(answered_at=None)
    target = {case.target_kind: case.target}
    anew = Case.objects.select_for_update(no_key=True, of=("self",)).filter(closed_at=None, **target).first()
    if anew is not None:
        again = anew.reports.exclude(member=None).values("member")
        case.reports.exclude(member__in=again).update(case=anew)
    else:
        case.closed_at = None
        case.save(update_fields=["closed_at"])
    tell_desk(case)


def _held(case: Case) -> Case:
    return Case.objects.select_for_update(no_key=True, of=("self",)).get(pk=case.pk)


def _unanswered(case: Case) -> list[Report]:
    rows: QuerySet[Report] = case.reports.filter(answered_at=None).select_related("member").order_by("pk")
    return list(rows)


def _answer(row: Report, decision: Decision) -> None:
    notices.answered(row)
    if not (row.email or (row.member and row.member.is_active)):
        return  # DSA, article 16(2)(c): unnamed; the tracking page says it
    with translation.override(row.language):
        more = {"report": row.pk, "decision": decision.pk}
        mail.write(ANSWERED, to=row.member, address=row.email, about=row.case_id, wait=log.UNDO_FOR, **more)
