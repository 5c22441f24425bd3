"""Complaints about decisions, answered by another person than decided: article 20 of the Digital Services Act."""

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from forum import changes, log
from forum.moderation.decisions import letters, rules, steps
from forum.moderation.decisions.models import Act, Complaint, Decision
from forum.moderation.reports import actions as reports
from forum.moderation.reports.models import Report
from forum.moderation.reports.telling import tell_desks
from forum.web.errors import Conflict, Refusal

LONGEST = 5000


@changes.writing()
def complain(*, decision: Decision, words: str, report: Report | None = None, language: str) -> Complaint:
    """By the addressee, or by who reported it (`report`). Once, within six months, free. The same words sent twice are
    one complaint; Refusal (field "words") otherwise."""
    decision = steps.hold_of(decision)
    words = words.strip()[:LONGEST]
    made = Complaint.objects.filter(decision=decision, report=report).first()
    if made is not None:
        if made.words == words:
            return made
        raise Refusal(_("You have complained about this already. Nobody needs to be asked twice."), field="words")
    if report is not None and report.case_id != decision.case_id:
        raise Refusal(_("This is not about what you reported."), status=404)
    if refusal := rules.why_no_complaint(decision, by_reporter=report is not None):
        raise Refusal(refusal)
    if not words:
        raise Refusal(_("Say why you think the decision is wrong."), field="words")
    complaint = Complaint.objects.create(decision=decision, report=report, words=words, language=language)
    by = decision.addressee if report is None else None  # who reported stands in no log
    _enter("complaint.made", complaint, by)
    tell_desks(decision.community_id, and_administrators=True)
    letters.tell_asked(complaint)
    return complaint


@changes.writing()
def answer_complaint(*, complaint: Complaint, by: Member, outcome: str, reasons: str) -> Complaint:
    """`outcome`: UPHELD or REVERSED, which puts everything back as it was. Conflict when another was first."""
    decision = steps.hold_of(complaint.decision)
    complaint = Complaint.objects.select_for_update(no_key=True, of=("self",)).get(pk=complaint.pk)
    if refusal := rules.may_answer(by, complaint):
        raise Refusal(refusal)
    reasons = reasons.strip()[:3000]
    if not complaint.is_waiting:
        if (complaint.decided_by_id, complaint.outcome, complaint.reasons) == (by.pk, outcome, reasons):
            return complaint
        raise Conflict(complaint, _("%(name)s answered this first.") % {"name": complaint.decided_by})
    if outcome not in {Complaint.Outcome.UPHELD, Complaint.Outcome.REVERSED}:
        raise Refusal(_("Choose whether the decision stands."), field="outcome")
    if not reasons:
        raise Refusal(_("Say why, in words for the person who complained."), field="reasons")
    complaint.outcome, complaint.reasons = outcome, reasons
    complaint.decided_by, complaint.decided_at = by, timezone.now()
    complaint.save(update_fields=["outcome", "reasons", "decided_by", "decided_at"])
    if outcome == Complaint.Outcome.REVERSED:
        _reverse(decision, complaint, by)
    tell_desks(decision.community_id, and_administrators=True)
    letters.tell_answered(complaint)
    _enter("complaint.answered", complaint, by)
    return complaint


def _reverse(decision: Decision, complaint: Complaint, by: Member) -> None:
    """What was left as it is was wrongly left so: then somebody decides anew."""
    if not steps.take_back(decision, by=by, reason=_("After a complaint.")):
        return
    if complaint.report is not None:
        letters.tell_reversed_to_addressee(decision)
    else:
        letters.tell_reversed_to_reporters(decision)
    if decision.act == Act.FINE and decision.case:
        reports.reopen(case=decision.case)


def _enter(kind: str, complaint: Complaint, by: Member | None) -> None:
    decision = complaint.decision
    more = {"complaint": complaint.pk, "decision": decision.pk, "outcome": complaint.outcome}
    target = {decision.target_kind: decision.target}
    log.enter(kind, by=by, community=decision.community_id, more=more, **target)
