"""What the verbs of decisions share: the order of locks, who was first, taking back. Inside `changes.writing()`.

The order: the case's row, the community's (for what writing counts on), the thread's, the post's.
"""

import secrets
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from forum import log
from forum.communities.steps import steady
from forum.log.models import LogEntry
from forum.moderation import who
from forum.moderation.decisions import effects, letters, restricting, statements, tokens
from forum.moderation.decisions.models import RESTRICTIONS, Act, Decision, Reversal, RewordAsking
from forum.moderation.decisions.rules import Choice
from forum.moderation.reports.models import Case
from forum.moderation.reports.telling import tell_desk
from forum.moderation.subjects import Subject
from forum.threads.models import Thread
from forum.web.errors import Conflict

#: The same act about the same thing within this time is the same decision.
TWICE_WITHIN = timedelta(minutes=10)

_KINDS = {
    (Act.FOLD, "post"): "post.folded",
    (Act.HIDE, "post"): "post.hidden",
    (Act.HIDE, "thread"): "thread.hidden",
    (Act.HIDE, "method"): "method.hidden",
    (Act.HIDE, "told"): "try.hidden",
    (Act.HIDE, "person"): "profile.hidden",
    (Act.HIDE, "picture"): "picture.hidden",
}
_OF_PEOPLE = {
    Act.REWORD: "reworded.asked",
    Act.WARN: "member.warned",
    Act.PAUSE: "member.paused",
    Act.REMOVE: "member.removed",
    Act.SUSPEND: "member.suspended",
    Act.FINE: "decision.made",
}
ALL_HIDDEN = "posts.hidden"
#: Every kind of entry a decision makes; each can be undone.
LOGGED = frozenset({*_KINDS.values(), *_OF_PEOPLE.values(), ALL_HIDDEN})


def hold_case(case: Case | None, about: Subject) -> Case | None:
    """The case as it is now, its row held: ten who decide it come one after the other. Without one, the open case there
    is about the same thing."""
    rows = Case.objects.select_for_update(no_key=True)
    if case is None:
        return rows.filter(closed_at=None, **about.target).first()
    return rows.get(pk=case.pk)


def open_case(about: Subject) -> Case:
    """For what somebody has to come back to though nobody reported it."""
    case = Case.objects.create(community=about.community, level=who.level_for(about), **about.target)
    tell_desk(case)
    return case


def hold(about: Subject, choice: Choice) -> None:
    """What others write there is in before the decision or sees it; and where there is no case, two decide one after
    the other by the row of the thing itself."""
    if choice.act in {Act.PAUSE, Act.REMOVE, Act.SUSPEND} and about.author:
        everywhere = choice.is_site_wide or choice.act == Act.SUSPEND
        restricting.hold_writing(about.author, None if everywhere else about.community)
    elif about.community:
        steady(about.community.pk)
    if about.column == "post":
        Thread.objects.select_for_update(no_key=True).get(pk=about.row.thread_id)
    if about.column != "picture":
        type(about.row).objects.select_for_update(no_key=True).get(pk=about.row.pk)


def hold_of(decision: Decision) -> Decision:
    """A decision that was made, in the same order as it was made."""
    if decision.case_id:
        Case.objects.select_for_update(no_key=True).get(pk=decision.case_id)
    return Decision.objects.select_for_update(no_key=True, of=("self",)).get(pk=decision.pk)


def before(by: Member, case: Case | None, about: Subject, act: str) -> Decision | None:
    """The decision this one would repeat, when it is one's own. Conflict when another was first."""
    rows = Decision.objects.filter(reversal=None, is_by_machine=False).select_related("by").order_by("-at", "-pk")
    if case is not None:
        first = rows.filter(case=case).first()
        if first and not (case.closed_at or RewordAsking.objects.waiting().filter(decision=first).exists()):
            first = None  # looked at again, a day after asking to reword
    else:
        same = rows.filter(act=act, **about.target)
        first = same.filter(at__gt=timezone.now() - TWICE_WITHIN).first()
        if first is None and act in {Act.FOLD, Act.HIDE} and about.column != "person":
            first = same.first()
    if first is None:
        if case is not None and case.closed_at:
            raise Conflict(None, _("This is settled already."))
        return None
    if first.by_id == by.pk and first.act == act:
        return first
    if first.by_id == by.pk and not (case and case.closed_at):
        return None
    raise taken(first)


def taken(first: Decision) -> Conflict:
    words = _("%(name)s decided this first: %(act)s.")
    return Conflict(first, words % {"name": first.by, "act": first.get_act_display()})


def create(
    *, by: Member | None, about: Subject, case: Case | None, choice: Choice, language: str, is_by_machine: bool = False
) -> Decision:
    author = None if about.author is None or about.author.is_house else about.author
    facts = choice.facts
    if not facts and choice.act in RESTRICTIONS:  # said now: what it is about may be called otherwise tomorrow
        language = (author.interface_language if author else "") or settings.LANGUAGE_CODE
        with statements.speaking(language):
            facts = statements.said_of(about, case)
    decision = Decision.objects.create(
        case=case,
        community=about.community,
        addressee=author,
        by=by,
        act=choice.act,
        is_site_wide=choice.is_site_wide,
        until=choice.until,
        facts=facts,
        clause=choice.clause,
        law=choice.law,
        is_own_initiative=case is None or not case.reports.exists(),
        is_by_machine=is_by_machine,
        language=language,
        digest=secrets.token_hex(32),  # until it has the number its token is made of
        **about.target,
    )
    decision.digest = tokens.digest_of(tokens.token_of(decision))
    decision.save(update_fields=["digest"])
    return decision


def enter(decision: Decision, *, by: Member | None, kind: str = "", **more: Any) -> LogEntry:
    """Once, about the thing itself; the line that stands there names no facts."""
    kind = kind or _KINDS.get((Act(decision.act), decision.target_kind), "") or _OF_PEOPLE[Act(decision.act)]
    said: dict[str, Any] = {"decision": decision.pk, "act": decision.act, "case": decision.case_id or 0, **more}
    target = {decision.target_kind: decision.target}
    words = effects.reason_of(decision)
    return log.enter(kind, by=by, community=decision.community_id, words=words, more=said, **target)


def replace_machine(case: Case | None, about: Subject, by: Member) -> int:
    """A person looked: what the house had done by itself holds no more. Which decision it was, 0 for none."""
    rows = Decision.objects.filter(is_by_machine=True, reversal=None)
    machine = (
        (rows.filter(case=case) if case else rows.filter(**about.target))
        .select_related("addressee", "community")
        .first()
    )
    if machine is None:
        return 0
    Reversal.objects.create(decision=machine, by=by, reason=_("A person looked at it."))
    effects.lift(machine, by)
    letters.untell(machine)
    return machine.pk


def put_back_machine(pk: int, by: Member) -> None:
    """What a person had decided instead was undone: it holds again until somebody decides."""
    machine = Decision.objects.filter(pk=pk).select_related("addressee", "community", "post").first()
    if machine is not None:
        Reversal.objects.filter(decision=machine).delete()
        machine = Decision.objects.get(pk=pk)
        effects.apply(machine, by)


def take_back(decision: Decision, *, by: Member, reason: str) -> bool:
    """Everything as it was, of a decision that is held. False when that was done already."""
    _reversal, new = Reversal.objects.get_or_create(decision=decision, defaults={"by": by, "reason": reason})
    if new:
        effects.lift(decision, by)
        letters.untell(decision)
    return new
