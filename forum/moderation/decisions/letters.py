"""What decisions and complaints mail, and what they tell on the bell. Nobody who decided is ever named."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Member
from forum import mail, notifications
from forum.communities.restrictions import in_words
from forum.mail.models import Letter
from forum.mail.registry import Words
from forum.moderation.decisions import rules, statements
from forum.moderation.decisions.models import RESTRICTIONS, Act, Complaint, Decision
from forum.notifications import Kind, Reach, Reason, Shown, Topic
from forum.notifications.models import Happening

#: Letters and notices of a decision, for when it is taken back.
LETTERS = ("decision", "reword")
NOTICES = ("decision.made", "post.to-reword")
MOST_ASKED = 20


def register() -> None:
    mail.register("decision", _statement)
    mail.register("reword", _rewording)
    mail.register("complaint", _answer)
    mail.register("complaint_made", _asked)
    mail.register("decision_changed", _changed)
    notifications.register_topic("decision", Topic(_mine, _addressees, _decisions))
    notifications.register_topic("complaint", Topic(_complaints_of, _complaint_readers, _complaints))
    notifications.register("decision.made", Kind("decision", (DECIDED,)))
    notifications.register("post.to-reword", Kind("decision", (TO_REWORD,)))
    notifications.register("decision.reversed", Kind("decision", (REVERSED,)))
    notifications.register("complaint.answered", Kind("complaint", (ANSWERED,)))


def tell(decision: Decision, wait: timedelta) -> None:
    """The addressee: of a restriction with its reasons, of an asking with its sentence."""
    if decision.addressee is None:
        return
    if decision.is_restriction:
        mail.write("decision", to=decision.addressee, about=decision.pk, wait=wait)
        _notify("decision.made", decision)
    elif decision.act == Act.REWORD:
        mail.write("reword", to=decision.addressee, about=decision.pk, wait=wait)
        _notify("post.to-reword", decision)


def untell(decision: Decision) -> None:
    mail.withdraw(*LETTERS, about=decision.pk)
    notifications.withdraw(*NOTICES, about=decision.pk)


def tell_reversed(decision: Decision) -> None:
    """After the time for undoing: who had been told is told that it is over."""
    tell_reversed_to_addressee(decision)
    tell_reversed_to_reporters(decision)


def tell_reversed_to_addressee(decision: Decision) -> None:
    if decision.addressee and decision.is_restriction:
        _notify("decision.reversed", decision)


def tell_reversed_to_reporters(decision: Decision) -> None:
    reports = decision.case.reports.exclude(answered_at=None) if decision.case else ()
    for report in reports:
        _write("decision_changed", decision.pk, report)


def tell_asked(complaint: Complaint) -> None:
    """Those who may answer it; seldom many, and the first to answer answers for all."""
    for member in rules.answerers(complaint).order_by("pk")[:MOST_ASKED]:
        mail.write("complaint_made", to=member, about=complaint.pk)


def tell_answered(complaint: Complaint) -> None:
    """Whoever complained, by letter and on the bell."""
    decision = complaint.decision
    if complaint.report:
        _write("complaint", complaint.pk, complaint.report)
    elif decision.addressee:
        mail.write("complaint", to=decision.addressee, about=complaint.pk)
    about: dict[str, Any] = {"topic": complaint.pk, "community": decision.community_id, "about": complaint.pk}
    notifications.notify(kind="complaint.answered", actor=None, **about)


def _write(kind: str, about: int, report: Any) -> None:
    """To who reported: a member, or an address, in the language they reported in; nobody where neither was given."""
    if report.member:
        mail.write(kind, to=report.member, about=about)
    elif report.email:
        with statements.speaking(report.language):
            mail.write(kind, address=report.email, about=about)


def _notify(kind: str, decision: Decision) -> None:
    notifications.notify(kind=kind, topic=decision.pk, actor=None, community=decision.community_id, about=decision.pk)


# Letters


def _statement(letter: Letter) -> Words | None:
    decision = _held(letter.about)
    if decision is None:
        return None
    points = [f"{part.heading.upper()}\n{part.words}" for part in statements.parts(decision)]
    begin = _("Hello %(name)s,") % {"name": decision.addressee}
    whole = _("The decision with your own words in full, and the button for a complaint: %(address)s")
    whole %= {"address": statements.address(decision)}
    text = "\n\n".join((begin, *points, whole, statements.signature(decision)))
    return Words(statements.title(decision), text + "\n")


def _rewording(letter: Letter) -> Words | None:
    decision = _held(letter.about)
    asking = getattr(decision, "asking", None)
    if decision is None or asking is None or asking.settled_at or decision.post is None:
        return None
    thread = decision.post.thread
    ask = _("The moderators of %(community)s ask you to put something differently that you wrote in “%(title)s”:")
    stands = _(
        "Until %(until)s your post stands as it is. Your text waits for you as a draft: %(address)s\nNothing was"
        " restricted, and nobody else is told."
    )
    address = f"{settings.SITE_URL}/posts/{asking.post_id}/edit/"
    text = "\n\n".join(
        (
            _("Hello %(name)s,") % {"name": decision.addressee},
            ask % {"community": thread.community.name, "title": thread.title},
            decision.facts,
            stands % {"until": in_words(asking.until), "address": address},
            statements.signature(decision),
        )
    )
    return Words(_("Could you put this differently?"), text + "\n")


def _answer(letter: Letter) -> Words | None:
    complaint = Complaint.objects.select_related("decision__community").filter(pk=letter.about).first()
    if complaint is None or complaint.is_waiting:
        return None
    outcome = {
        Complaint.Outcome.REVERSED: _("The decision was taken back. Everything is as it was before."),
        Complaint.Outcome.UPHELD: _("The decision stands."),
    }[Complaint.Outcome(complaint.outcome)]
    who = _("Somebody else than the person who decided looked at it again.")
    further = _("You can still turn to a certified out-of-court dispute settlement body, or go to court.")
    text = "\n\n".join((f"{outcome} {who}", complaint.reasons, further, statements.signature(complaint.decision)))
    return Words(_("The answer to your complaint"), text + "\n")


def _asked(letter: Letter) -> Words | None:
    complaint = Complaint.objects.filter(pk=letter.about, outcome=Complaint.Outcome.WAITING).first()
    if complaint is None or letter.member is None or rules.may_answer(letter.member, complaint) is not None:
        return None
    words = _("Somebody complained about a decision that another moderator made, and you may answer: %(address)s")
    text = words % {"address": settings.SITE_URL + complaint.get_absolute_url()}
    return Words(_("A complaint waits for an answer"), text + "\n")


def _changed(letter: Letter) -> Words | None:
    decision = Decision.objects.select_related("community").filter(pk=letter.about).first()
    if decision is None:
        return None
    text = _("A decision about something you had reported was taken back after somebody else looked at it again.")
    return Words(_("A decision was changed"), f"{text}\n\n{statements.signature(decision)}\n")


def _held(pk: int) -> Decision | None:
    rows = Decision.objects.filter(pk=pk, reversal=None).select_related("community", "addressee", "clause", "case")
    return rows.select_related("post__thread__community", "asking").first()


# The bell


def _mine(viewer: Any) -> "QuerySet[Decision]":
    return Decision.objects.filter(addressee=viewer.pk, act__in=(*RESTRICTIONS, Act.REWORD))


def _addressees(pk: int, member_ids: Iterable[int]) -> set[int]:
    rows = Decision.objects.filter(pk=pk, addressee__in=list(member_ids))
    return {found for found in rows.values_list("addressee", flat=True) if found}


def _decisions(pks: Iterable[int]) -> dict[int, Shown]:
    rows = Decision.objects.filter(pk__in=pks).select_related("community")
    return {row.pk: Shown(_way_to(row), statements.signature(row)) for row in rows}


def _way_to(decision: Decision) -> str:
    return f"/posts/{decision.post_id}/edit/" if decision.act == Act.REWORD else decision.get_absolute_url()


def _complaints_of(viewer: Any) -> "QuerySet[Complaint]":
    own = Complaint.objects.filter(decision__addressee=viewer.pk, report=None)
    return own | Complaint.objects.filter(report__member=viewer.pk)


def _complaint_readers(pk: int, member_ids: Iterable[int]) -> set[int]:
    complaint = Complaint.objects.select_related("decision", "report").get(pk=pk)
    return set(_askers(complaint).filter(pk__in=list(member_ids)).values_list("pk", flat=True))


def _complaints(pks: Iterable[int]) -> dict[int, Shown]:
    rows = Complaint.objects.filter(pk__in=pks).select_related("decision__community")
    return {row.pk: Shown("", statements.signature(row.decision), note=row.reasons) for row in rows}


def _askers(complaint: Complaint) -> "QuerySet[Member]":
    one = complaint.report.member_id if complaint.report else complaint.decision.addressee_id
    return Member.objects.filter(pk=one or 0)


def _addressee_of(happening: Happening) -> "QuerySet[Member]":
    rows = Decision.objects.filter(pk=happening.about)
    return Member.objects.filter(pk__in=rows.values("addressee"))


def _asker_of(happening: Happening) -> "QuerySet[Member]":
    complaint = Complaint.objects.select_related("decision", "report").filter(pk=happening.about).first()
    return _askers(complaint) if complaint else Member.objects.none()


DECIDED = Reason(
    "decided", _addressee_of, lambda _n: _("A decision about you or what you wrote, with its reasons."), Reach.DECISION
)
TO_REWORD = Reason("to-reword", _addressee_of, lambda _n: _("You are asked to put a post differently."), Reach.DECISION)
REVERSED = Reason("reversed", _addressee_of, lambda _n: _("A decision about you was taken back."), Reach.DECISION)
ANSWERED = Reason("answered-complaint", _asker_of, lambda _n: _("Your complaint was answered."), Reach.DECISION)
