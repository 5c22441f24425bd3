"""Every write of decisions: deciding, hiding all of somebody's, folding by the house, taking back. Complaints stand in
`complaining`; all are called as `actions.<verb>`.

Each decides once: whoever comes second is told who was first (`forum.web.errors.Conflict`, its `present` the Decision).
"""

from datetime import datetime, timedelta

from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.models import Member
from forum import changes, log
from forum.log.entering import UNDO_FOR
from forum.log.models import LogEntry
from forum.moderation.decisions import effects, letters, machine, rules, steps
from forum.moderation.decisions.complaining import answer_complaint, complain
from forum.moderation.decisions.models import Act, Decision
from forum.moderation.decisions.rules import Choice
from forum.moderation.reports import actions as reports
from forum.moderation.reports.models import Case
from forum.moderation.rulebook.models import Clause
from forum.moderation.subjects import Subject
from forum.web.errors import Refusal

fold_by_machine = machine.fold_by_machine

__all__ = ["answer_complaint", "complain", "decide", "fold_by_machine", "hide_all_of", "reverse", "undo"]


@changes.writing()
def decide(
    *,
    by: Member,
    about: Subject,
    act: str,
    case: Case | None = None,
    clause: Clause | None = None,
    law: str = "",
    facts: str = "",
    until: datetime | None = None,
    is_site_wide: bool = False,
    language: str | None = None,
    wait: timedelta = UNDO_FOR,
) -> Decision:
    """One decision; `facts` in `language`, of an asking to reword the sentence to the author. What it mails waits
    `wait`. The same again by the same person is the same; Conflict when another was first."""
    choice = Choice(act, clause, law.strip()[:500], facts.strip()[:3000], until, is_site_wide)
    case = steps.hold_case(case, about)
    steps.hold(about, choice)
    rules.check_judge(by, case, about)  # before who was first is said: that is for judges alone
    if same := steps.before(by, case, about, act):
        return same
    rules.check(by, case, about, choice)
    replaced = steps.replace_machine(case, about, by)
    if case is None and act == Act.REWORD:
        case = steps.open_case(about)
    language = language or get_language() or about.language
    decision = steps.create(by=by, about=about, case=case, choice=choice, language=language)
    decision.effects = effects.apply(decision, by) | ({"replaced": replaced} if replaced else {})
    decision.save(update_fields=["effects"])
    letters.tell(decision, wait)
    if case is not None and act != Act.REWORD:
        _settle(case, decision)
    steps.enter(decision, by=by)
    return decision


def _open_again(case: Case) -> None:
    """A case that began with the decision that was taken back, and that nobody reported, needs nobody any more."""
    if case.reports.exists():
        reports.reopen(case=case)
    elif case.closed_at is None:
        case.closed_at = timezone.now()
        case.save(update_fields=["closed_at"])


def _settle(case: Case, decision: Decision) -> None:
    if case.follow_up_at is not None:
        case.follow_up_at = None
        case.save(update_fields=["follow_up_at"])
    reports.answer_reports(case=case, decision=decision)


@changes.writing()
def hide_all_of(
    *,
    by: Member,
    person: Subject,
    clause: Clause | None,
    facts: str = "",
    case: Case | None = None,
    wait: timedelta = UNDO_FOR,
) -> Decision:
    """All that this person wrote in a community, by one decision with one statement: for those who came to advertise.
    `person`: their Subject, as of this community (`dataclasses.replace`). `case`: what showed it."""
    case = Case.objects.select_for_update(no_key=True).get(pk=case.pk) if case else None
    choice = Choice(Act.HIDE, clause, facts=facts.strip()[:3000])
    steps.hold(person, choice)
    rules.check_judge(by, case, person)
    if same := steps.before(by, case, person, Act.HIDE):
        return same
    community = person.community
    rules.check(by, case, person, choice)
    if refusal := rules.why_not_all(person.row, effects.posts_of(person.row, community).count()):
        raise Refusal(refusal)
    replaced = steps.replace_machine(case, person, by) if case else 0
    decision = steps.create(by=by, about=person, case=case, choice=choice, language=get_language() or "")
    did = effects.hide_all(person.row, community, by, effects.reason_of(decision))
    decision.effects = did | {"count": len(did["posts"]) + len(did["threads"])}
    decision.effects |= {"replaced": replaced} if replaced else {}
    decision.save(update_fields=["effects"])
    letters.tell(decision, wait)
    if case is not None:
        _settle(case, decision)
    steps.enter(decision, by=by, kind=steps.ALL_HIDDEN)
    return decision


@changes.writing()
def reverse(*, decision: Decision, by: Member, reason: str) -> None:
    """Everything as it was, and whoever had been told is told. Twice is once."""
    if refusal := rules.may_reverse(by, decision):
        raise Refusal(refusal)
    if not reason.strip():
        raise Refusal(_("Say why."), field="reason")
    decision = steps.hold_of(decision)
    if steps.take_back(decision, by=by, reason=reason.strip()[:300]):
        letters.tell_reversed(decision)
        steps.enter(decision, by=by, kind="decision.reversed")


def undo(entry: LogEntry, by: Member) -> None:
    """Within the minute, by whoever decided: nothing was mailed yet, and the case is open again. Called by the log."""
    decision = steps.hold_of(Decision.objects.get(pk=entry.more["decision"]))
    if decision.complaints.exists():
        raise Refusal(_("Somebody complained about this already: answer the complaint."))
    if not steps.take_back(decision, by=by, reason=_("Undone at once.")):
        return
    if replaced := decision.effects.get("replaced"):
        steps.put_back_machine(replaced, by)
    if decision.case:
        _open_again(decision.case)


def register() -> None:
    for kind in sorted(steps.LOGGED):
        log.register_undo(kind, undo)
    reports.AFTER.append(machine.after_report)
