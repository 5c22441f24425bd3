"""What needs a human, from wherever it comes: a small function a source, each giving items of one shape."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Exists, Func, OuterRef, Prefetch, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum.communities.models import Community, JoinRequest
from forum.moderation.decisions.models import Complaint, Decision
from forum.moderation.desk import rules
from forum.moderation.desk.filters import Filters
from forum.moderation.reports.models import Case, Report, Urgency
from forum.threads.holding.models import HeldText

#: As many as a page shows; the rest comes up when these are done.
MOST = 60
WORDS: dict[str, Promise] = {
    "thread": _("a thread"),
    "post": _("a post"),
    "method": _("a method"),
    "told": _("a try"),
    "person": _("a profile"),
    "picture": _("a picture"),
}
#: What a title needs, as far as it is about one.
OF_TARGETS = ("thread", "post__thread", "method", "told__method", "person")


#: Where an item stands in the order of the desk: the more urgent first, then the older.
Place = tuple[int, float, str]


@dataclass(frozen=True)
class Item:
    """One line of the desk. `why`: grounds, in words; `holder`: who has it in hand now, if anybody."""

    kind: str
    pk: int
    urgency: int
    since: datetime
    community: Community | None
    title: str | Promise
    language: str
    what: str | Promise
    why: tuple[str, ...] = ()
    reports: int = 0
    holder: Member | None = None
    is_held: bool = False

    @property
    def key(self) -> str:
        return f"{self.kind}-{self.pk}"

    @property
    def place(self) -> "Place":
        return -self.urgency, self.since.timestamp(), self.key

    @property
    def url(self) -> str:
        """A held text has a page of its own, where its author reads it, too."""
        if self.kind == "held":
            return f"/held/{self.pk}/"
        return f"/moderation/{PLACES[self.kind]}/{self.pk}/"

    @property
    def is_pressing(self) -> bool:
        return self.urgency > Urgency.USUAL


PLACES = {"case": "cases", "complaint": "complaints", "request": "requests"}


def waiting(viewer: Any, chosen: Filters) -> list[Item]:
    """The most urgent first, then the oldest; at most MOST of each source."""
    found: list[Item] = []
    for source in SOURCES:
        found += source(viewer, chosen)
    return sorted(found, key=lambda item: item.place)


def cases(viewer: Any, chosen: Filters) -> list[Item]:
    """Reports, gathered, and what was to be looked at again by now."""
    rows = chosen.of_cases(_cases(viewer), viewer)
    reports = Prefetch("reports", Report.objects.only("case", "ground", "at").order_by("-at"), to_attr="told_why")
    rows = rows.select_related("community", "claimed_by", *OF_TARGETS).prefetch_related(reports)
    by_machine = Decision.objects.filter(case=OuterRef("pk"), is_by_machine=True, reversal=None)
    rows = rows.annotate(is_asked=Exists(rules.asked_to_reword()), is_by_machine=Exists(by_machine))
    return [_of_case(case, viewer) for case in rows.order_by("-urgency", "opened_at", "pk")[:MOST]]


def _of_case(case: Any, viewer: Any) -> Item:
    title, language = title_of(case)
    holder = rules.holder(case)
    what = _("to look at again") if case.is_asked else WORDS[case.target_kind]
    grounds = dict.fromkeys(str(report.get_ground_display()) for report in case.told_why)
    if case.is_by_machine:
        grounds[str(_("the house has folded it"))] = None
    return Item(
        kind="case",
        pk=case.pk,
        urgency=case.urgency,
        since=case.opened_at,
        community=case.community,
        title=title,
        language=language,
        what=what,
        why=tuple(grounds),
        reports=len(case.told_why),
        holder=holder,
        is_held=bool(holder and holder.pk != viewer.pk),
    )


def title_of(targeted: Any) -> tuple[str | Promise, str]:
    """(title, its language): as `subjects.subject` says it, from the rows at hand."""
    match targeted.target_kind:
        case "post":
            thread = targeted.post.thread
            return f"{thread.title} · {targeted.post.number}", thread.language
        case "person":
            return str(targeted.person), ""
        case "picture":
            return _("A picture"), ""
        case "told":
            return targeted.told.method.title, targeted.told.method.language
    return targeted.target.title, targeted.target.language


def complaints(viewer: Any, chosen: Filters) -> list[Item]:
    rows = chosen.of_complaints(_complaints(viewer), viewer)
    rows = rows.select_related("claimed_by", "decision__community", *(f"decision__{each}" for each in OF_TARGETS))
    return [_of_complaint(complaint, viewer) for complaint in rows.order_by("at", "pk")[:MOST]]


def _of_complaint(complaint: Complaint, viewer: Any) -> Item:
    title, language = title_of(complaint.decision)
    holder = rules.holder(complaint)
    return Item(
        kind="complaint",
        pk=complaint.pk,
        urgency=Urgency.USUAL,
        since=complaint.at,
        community=complaint.decision.community,
        title=title,
        language=language,
        what=_("a complaint"),
        why=(str(complaint.decision.get_act_display()),),
        holder=holder,
        is_held=bool(holder and holder.pk != viewer.pk),
    )


def requests(viewer: Any, chosen: Filters) -> list[Item]:
    rows = chosen.of_answered(rules.requests_for(viewer), "request").select_related("community", "member")
    return [_of_request(asked) for asked in rows.order_by("at", "pk")[:MOST]]


def _of_request(asked: JoinRequest) -> Item:
    name, what = str(asked.member), _("asks to join")
    return Item("request", asked.pk, Urgency.USUAL, asked.at, asked.community, name, "", what)


def held_texts(viewer: Any, chosen: Filters) -> list[Item]:
    rows = chosen.of_answered(rules.held_for(viewer), "held").select_related("community", "thread")
    return [_of_held(held) for held in rows.order_by("at", "pk")[:MOST]]


def _of_held(held: HeldText) -> Item:
    title = held.title or (held.thread.title if held.thread else "")
    what = _("a text that waits")
    return Item("held", held.pk, Urgency.USUAL, held.at, held.community, title, held.language, what)


SOURCES = (cases, complaints, requests, held_texts)


def _cases(viewer: Any) -> QuerySet[Case]:
    return rules.cases_for(viewer).filter(rules.is_waiting())


def _complaints(viewer: Any) -> QuerySet[Complaint]:
    return rules.complaints_for(viewer).filter(outcome=Complaint.Outcome.WAITING)


def how_many(viewer: Any) -> int:
    """What nobody else has in hand, in one query. It is the number on the desk and in the head of each page."""
    free = ~rules.held_by_another(viewer)
    rows: list[QuerySet[Any]] = [_cases(viewer).filter(free), _complaints(viewer).filter(free)]
    rows += [rules.requests_for(viewer), rules.held_for(viewer)]
    total = sum((_number_of(each) for each in rows[1:]), start=_number_of(rows[0]))
    return next(iter(Member.objects.filter(pk=viewer.pk).values_list(total, flat=True)), 0)


def _number_of(rows: QuerySet[Any]) -> Any:
    counted = rows.order_by().annotate(n=Func("pk", function="COUNT")).values("n")
    return Coalesce(Subquery(counted), 0)


def first_free(items: Iterable[Item], after: Place | None) -> Item | None:
    """Where to go on: the next that nobody else has in hand, and from the end to the beginning again. What one left
    lying comes last."""
    free = [item for item in items if not item.is_held and (after is None or item.key != after[2])]
    behind = (item for item in free if after is None or item.place > after)
    return next(behind, free[0] if free else None)


def written(place: Place) -> str:
    """For addresses."""
    return f"{-place[0]}~{place[1]}~{place[2]}"


def read(words: str) -> Place | None:
    """None for what is none."""
    urgency, _tilde, rest = words.partition("~")
    since, _tilde, key = rest.partition("~")
    try:
        return -int(urgency[:2]), float(since[:20]), key[:40]
    except ValueError:
        return None
