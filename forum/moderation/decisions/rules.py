"""Who may decide what, and who may answer a complaint. None for yes, or the reason when not."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import text
from forum.communities import rules as communities
from forum.communities.models import Membership
from forum.moderation import who
from forum.moderation.decisions.models import RESTRICTIONS, Act, Complaint, Decision
from forum.moderation.reports.models import Case, Level
from forum.moderation.rulebook.models import Clause
from forum.moderation.rulebook.queries import clauses_in_force
from forum.moderation.subjects import Subject
from forum.threads.rules import NEWCOMER_FOR, may_edit
from forum.web.errors import Refusal

Reason = who.Reason

LONGEST_FOR = timedelta(days=3660)
MOST_AT_ONCE = 200  # posts of somebody who is no newcomer
MOST_OF_ALL = 2000


@dataclass(frozen=True)
class Choice:
    """What was chosen. `facts`: of an asking to reword its sentence; "" for those that go without saying."""

    act: str
    clause: Clause | None = None
    law: str = ""
    facts: str = ""
    until: datetime | None = None
    is_site_wide: bool = False
    language: str = ""


#: What can be done about each kind of thing, beside what is done about its author.
TO_IT: dict[str, tuple[Act, ...]] = {
    "post": (Act.REWORD, Act.FOLD, Act.HIDE),
    "thread": (Act.HIDE,),
    "method": (Act.HIDE,),
    "told": (Act.HIDE,),
    "person": (Act.HIDE,),
    "picture": (Act.HIDE,),
}
TO_ITS_AUTHOR = (Act.WARN, Act.PAUSE, Act.REMOVE, Act.SUSPEND)


def may_decide(member: Any, case: Case | None, about: Subject) -> Reason:
    """On a case whoever judges it. Of one's own accord who moderates there, and nobody who is party to it."""
    if case is not None:
        return who.why_not(member, case)
    others = _("This is for others to decide.")
    if not member.is_authenticated or member.pk in parties(about):
        return others
    if member.is_staff:
        return None
    roles = who.ROLES.get(who.level_for(about), ())
    is_theirs = about.community is not None and communities.role_of(member, about.community) in roles
    return None if is_theirs else others


def parties(about: Subject) -> set[int]:
    """Whose it is, and whom it names."""
    found = {about.author.pk} if about.author else set()
    if about.column == "post":
        named = text.mentioned(about.row.html)
        found.update(Member.objects.filter(username__in=named).values_list("pk", flat=True))
    return found


def acts_for(member: Any, case: Case | None, about: Subject) -> list[Act]:
    """What this member may choose here, the mildest first."""
    found = [Act.FINE] if case else []
    found += TO_IT[about.column]
    if about.author is None or about.author.is_house:
        return found
    steward = about.community is not None and communities.is_steward(communities.role_of(member, about.community))
    found += [Act.WARN]
    if about.community or member.is_staff:
        found += [Act.PAUSE]
    if about.community and (steward or member.is_staff):
        found += [Act.REMOVE]
    return [*found, Act.SUSPEND] if member.is_staff else found


def check_judge(by: Any, case: Case | None, about: Subject) -> None:
    if reason := may_decide(by, case, about):
        raise Refusal(reason)


def check(by: Any, case: Case | None, about: Subject, choice: Choice) -> None:
    """Refusal for an act that is not this judge's to choose, or cannot be done so."""
    if choice.act not in acts_for(by, case, about):
        raise Refusal(_("Choose what to do from the list."), field="act")
    if choice.is_site_wide and not by.is_staff:
        raise Refusal(_("Only administrators decide for the whole site."), field="is_site_wide")
    now = timezone.now()
    if choice.until is not None and not now < choice.until < now + LONGEST_FOR:
        raise Refusal(_("Choose a day that is still to come, within ten years."), field="until")
    if choice.act == Act.PAUSE and choice.until is None:
        raise Refusal(_("Say until when their writing is paused."), field="until")
    if choice.act == Act.REWORD and not choice.facts:
        raise Refusal(_("Say in a sentence what you ask for."), field="sentence")
    if choice.act == Act.REWORD:
        _check_rewording(about)
    if choice.act == Act.REMOVE:
        _check_removal(about)
    _check_ground(about, choice)


def _check_rewording(about: Subject) -> None:
    if reason := may_edit(about.row.author, about.row):
        raise Refusal(_("Its author could not change it now: %(reason)s") % {"reason": reason}, field="act")


def _check_removal(about: Subject) -> None:
    """Somebody still belongs there, and a community keeps a steward."""
    role = communities.role_of(about.author, about.community) if about.author and about.community else None
    if role is None:
        raise Refusal(_("This person does not belong to the community any more."), field="act")
    if about.author and about.community and communities.may_stop_stewarding(about.author, about.community):
        raise Refusal(_("This is the last steward. Name another steward first."), field="act")


def _check_ground(about: Subject, choice: Choice) -> None:
    """A restriction rests on a clause of the rules in force, or on the law: article 17(3)(d) and (e)."""
    if choice.act not in RESTRICTIONS or choice.law:
        return
    if choice.clause is None:
        raise Refusal(_("Choose the rule it goes against, or name the law."), field="ground")
    if about.community is None or choice.clause.pk not in {each.pk for each in clauses_in_force(about.community)}:
        raise Refusal(_("The rules changed meanwhile. Please choose again."), field="ground")


def why_not_all(person: Member, count: int) -> Reason:
    """No more at once than one can have looked at, unless somebody just came to advertise."""
    is_newcomer = person.date_joined > timezone.now() - NEWCOMER_FOR
    if count == 0:
        return _("Nothing of this person can be read here.")
    if count > (MOST_OF_ALL if is_newcomer else MOST_AT_ONCE):
        return _("These are more than can be hidden at once: only a newcomer's are.")
    return None


def may_see(member: Any, decision: Decision) -> bool:
    """Its addressee (restrictions only), and who judges or judged it."""
    if not member.is_authenticated:
        return False
    if decision.addressee_id == member.pk:
        return decision.is_restriction or decision.act == Act.REWORD
    return decision.by_id == member.pk or judges_of(decision).filter(pk=member.pk).exists()


def judges_of(decision: Decision) -> "QuerySet[Member]":
    """Those who may look after it now."""
    rows = Member.objects.filter(is_active=True, is_house=False).exclude(pk__in=parties_of(decision))
    if decision.case:
        return who.judges(decision.case)
    inside = Membership.objects.filter(community=decision.community_id, role__in=who.ROLES[Level.MODERATORS])
    return rows.filter(Q(pk__in=inside.values("member")) | Q(is_staff=True))


def parties_of(decision: Decision) -> set[int]:
    """Whom it is about, whom it names, who had reported it."""
    found = {decision.addressee_id} if decision.addressee_id else set()
    return found | (who.parties(decision.case) if decision.case else set())


def may_reverse(member: Any, decision: Decision) -> Reason:
    may = judges_of(decision).filter(pk=member.pk).exists()
    return None if may else _("This is for others to decide.")


def why_no_complaint(decision: Decision, *, by_reporter: bool) -> Reason:
    """Six months, once, about what still holds. Article 20(1)."""
    if decision.is_reversed:
        return _("This decision was taken back: there is nothing left to complain about.")
    if not by_reporter and not decision.is_restriction:
        return _("Nothing was restricted here.")
    if decision.complaint_until < timezone.now():
        return _("The six months for complaints are over. You can still go to court.")
    return None


def answerers(complaint: Complaint) -> "QuerySet[Member]":
    """Those who may answer it: never who decided, never a party. The moderators and stewards; the administrators where
    nobody of them is left."""
    decision = complaint.decision
    out = parties_of(decision) | {decision.by_id or 0}
    if complaint.report and complaint.report.member_id:
        out.add(complaint.report.member_id)
    rows = Member.objects.filter(is_active=True, is_house=False).exclude(pk__in=out)
    levels: tuple[Level, ...] = (Level.MODERATORS, Level.STEWARDS)
    begin = Level(decision.case.begins or decision.case.level) if decision.case else Level.MODERATORS
    if decision.community_id is None or decision.is_site_wide or decision.act == Act.SUSPEND:
        levels = ()
    for level in levels:
        inside = Membership.objects.filter(community=decision.community_id, role__in=who.ROLES[level])
        found = rows.filter(pk__in=inside.values("member"))
        if level >= begin and found.exists():
            return found
    return rows.filter(is_staff=True)


def may_answer(member: Any, complaint: Complaint) -> Reason:
    may = member.is_authenticated and answerers(complaint).filter(pk=member.pk).exists()
    return None if may else _("Somebody else answers this complaint: another than who decided, and no party to it.")
