"""What moderators do among themselves: who takes what in hand, and what they tell each other about it.

Two at once: the first has it, the other is told who that is. What somebody takes and lets lie is free again after a
day, without a word (`rules.CLAIM_LASTS`).
"""

from typing import Any, TypeVar

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes, log
from forum.moderation import who
from forum.moderation.decisions.models import Complaint
from forum.moderation.desk import rules
from forum.moderation.desk.models import CaseNote
from forum.moderation.desk.replying import change_reply, remove_reply, save_reply
from forum.moderation.reports.models import Case
from forum.moderation.reports.telling import tell_desk, tell_desks
from forum.web.errors import Conflict, Refusal

__all__ = [
    "add_note",
    "assign_case",
    "assign_complaint",
    "change_reply",
    "claim_case",
    "claim_complaint",
    "hand_over",
    "release_case",
    "release_complaint",
    "remove_reply",
    "save_reply",
]

Row = TypeVar("Row", Case, Complaint)
LONGEST_NOTE = 2000


@changes.writing()
def claim_case(*, by: Member, case: Case) -> Case:
    """Into one's own hands. Conflict when somebody else has it, Refusal when it is decided or not theirs to see."""
    return _claim(_held_case(by, case), by)


@changes.writing()
def release_case(*, by: Member, case: Case) -> Case:
    """Out of one's own hands; what one does not have stays as it is."""
    return _release(_held_case(by, case), by)


@changes.writing()
def assign_case(*, by: Member, case: Case, to: Member) -> Case:
    """Into the hands of another who may decide it: what is free, or one's own."""
    return _assign(_held_case(by, case), by, to)


@changes.writing()
def claim_complaint(*, by: Member, complaint: Complaint) -> Complaint:
    return _claim(_held_complaint(by, complaint), by)


@changes.writing()
def release_complaint(*, by: Member, complaint: Complaint) -> Complaint:
    return _release(_held_complaint(by, complaint), by)


@changes.writing()
def assign_complaint(*, by: Member, complaint: Complaint, to: Member) -> Complaint:
    return _assign(_held_complaint(by, complaint), by, to)


@changes.writing()
def add_note(*, by: Member, text: str, case: Case | None = None, complaint: Complaint | None = None) -> CaseNote:
    """For whoever decides about it. The same words by the same person twice are one note."""
    if not text.strip():
        raise Refusal(_("Write the note first."), field="text")
    about: Any = case or complaint
    if about is None or not _may(by, about):
        raise Refusal(_("This is for others to decide."))
    type(about).objects.select_for_update(no_key=True).get(pk=about.pk)
    name = "case" if isinstance(about, Case) else "complaint"
    note, new = CaseNote.objects.get_or_create(by=by, text=text.strip()[:LONGEST_NOTE], **{name: about})
    if new:
        _enter("note.added", by, about)
        _tell(about)
    return note


@changes.writing()
def hand_over(*, by: Member, to: Member, note: str) -> tuple[int, int]:
    """All that is in one's hands, with a note on each. Answers how many the other has now, and how many stay because
    they are not the other's to decide. Refusal for oneself, or with no note."""
    if to.pk == by.pk:
        raise Refusal(_("Choose somebody else."), field="to")
    if not note.strip():
        raise Refusal(_("Say what the other should know."), field="text")
    rows: list[Any] = [*_in_hands(Case, by), *_in_hands(Complaint, by)]
    theirs = [row for row in rows if _may(to, row)]
    for row in theirs:
        add_note(by=by, text=note, **{"case" if isinstance(row, Case) else "complaint": row})
        _give(row, to)
        _enter("assigned", by, row, to=to.pk)
        _tell(row)
    return len(theirs), len(rows) - len(theirs)


def _in_hands(model: Any, member: Member) -> list[Any]:
    since = timezone.now() - rules.CLAIM_LASTS
    rows = model.objects.select_for_update(no_key=True, of=("self",)).filter(claimed_by=member, claimed_at__gt=since)
    open_ones: dict[str, Any] = {"closed_at": None} if model is Case else {"outcome": Complaint.Outcome.WAITING}
    return list(rows.filter(**open_ones).order_by("pk"))


def _may(member: Member, row: Case | Complaint) -> bool:
    if isinstance(row, Case):
        return who.may_judge(member, row)
    return rules.complaints_for(member).filter(pk=row.pk).exists()


def _held_case(by: Member, case: Case) -> Case:
    """As it is now, held. The case's row comes before all else, as when it is decided."""
    case = Case.objects.select_for_update(no_key=True).get(pk=case.pk)
    if reason := who.why_not(by, case):
        raise Refusal(reason)
    if case.closed_at is not None:
        decision = case.decisions.select_related("by").last()
        if decision and decision.by and decision.by_id != by.pk:
            raise Conflict(case, _("%(name)s decided this first.") % {"name": decision.by})
        raise Conflict(case, _("This is decided already."))
    return case


def _held_complaint(by: Member, complaint: Complaint) -> Complaint:
    complaint = Complaint.objects.select_for_update(no_key=True).get(pk=complaint.pk)
    if not _may(by, complaint):
        raise Refusal(_("This is for others to decide."))
    if complaint.outcome != Complaint.Outcome.WAITING:
        raise Conflict(complaint, _("%(name)s answered this first.") % {"name": complaint.decided_by})
    return complaint


def _claim(row: Row, by: Member) -> Row:
    if _is_free_for(by, row).pk != by.pk:
        _give(row, by)
        _enter("claimed", by, row)
        _tell(row)
    return row


def _release(row: Row, by: Member) -> Row:
    if row.claimed_by_id == by.pk:
        _give(row, None)
        _enter("released", by, row)
        _tell(row)
    return row


def _assign(row: Row, by: Member, to: Member) -> Row:
    holder = _is_free_for(by, row, or_for=to)
    if not _may(to, row):
        raise Refusal(_("This is not theirs to decide."), field="to")
    if holder.pk != to.pk:
        _give(row, to)
        _enter("assigned", by, row, to=to.pk)
        _tell(row)
    return row


def _is_free_for(by: Member, row: Case | Complaint, or_for: Member | None = None) -> Any:
    """Who has it now: nobody (an empty Member), or one of these two. Conflict when it is somebody else."""
    holder = rules.holder(row) or Member()
    if holder.pk not in {None, by.pk, or_for.pk if or_for else None}:
        raise Conflict(row, _("%(name)s was first, and has this in hand.") % {"name": holder})
    return holder


def _give(row: Case | Complaint, to: Member | None) -> None:
    row.claimed_by, row.claimed_at = to, timezone.now() if to else None
    row.save(update_fields=["claimed_by", "claimed_at"])


def _enter(deed: str, by: Member, row: Case | Complaint, **more: int) -> None:
    """A case is its own entry's target; of a complaint it is what was decided about."""
    if isinstance(row, Case):
        kind = deed if "." in deed else f"case.{deed}"
        log.enter(kind, by=by, community=row.community_id, case=row, more=more)
    else:
        decision = row.decision
        kind = deed if "." in deed else f"complaint.{deed}"
        about = {decision.target_kind: decision.target}
        log.enter(kind, by=by, community=decision.community_id, more={"complaint": row.pk, **more}, **about)


def _tell(row: Case | Complaint) -> None:
    if isinstance(row, Case):
        tell_desk(row)
    else:
        tell_desks(row.decision.community_id, and_administrators=True)
