"""What moderation did in a year, counted from the rows as they are now. Digital Services Act, articles 15 and 24.

A decision that was undone within the undo time never reached anybody and is not counted.
"""

from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any

from django.db.models import Count, DurationField, ExpressionWrapper, F, OuterRef, Q, QuerySet, Subquery

from forum.log import UNDO_FOR
from forum.moderation.authorities.models import Order
from forum.moderation.decisions.models import RESTRICTIONS, Act, Complaint, Decision, Reversal
from forum.moderation.flagging.models import ReporterStep
from forum.moderation.reports.models import Report
from forum.moderation.rulebook.models import Clause
from forum.moderation.yearly.scope import Scope

Counts = dict[str, int]


@dataclass(frozen=True)
class Ground:
    """What restrictions rested on: a clause as it was cited, or (without one) a law in words. In public neither the
    rules of a closed community nor what somebody typed is said: then `clause` is None and `law` empty."""

    act: str
    count: int
    is_law: bool
    clause: Clause | None = None
    law: str = ""


@dataclass(frozen=True)
class Figures:
    """Counts by the words of the models' choices; every choice is there, also with 0. Medians in seconds, None where
    there was nothing. `error_rate`: of what machines decided, the part that was taken back; 0 to 1."""

    notices: int = 0
    notices_by_ground: Counts = field(default_factory=dict)
    notices_trusted: int = 0
    notices_without_account: int = 0
    notices_undecided: int = 0
    notices_unfounded: int = 0
    seconds_to_decision: int | None = None
    decisions_on_notice: Counts = field(default_factory=dict)
    decisions_own: Counts = field(default_factory=dict)
    grounds: tuple[Ground, ...] = ()
    complaints: Counts = field(default_factory=dict)
    complaints_of_reporters: int = 0
    seconds_to_answer: int | None = None
    reversals: int = 0
    reversals_after_complaint: int = 0
    found_by_machine: int = 0
    decided_by_machine: Counts = field(default_factory=dict)
    machine_reversed: int = 0
    error_rate: float | None = None
    orders: Counts = field(default_factory=dict)
    seconds_to_effect: int | None = None
    suspensions: int = 0
    reporters_warned: int = 0
    reporters_paused: int = 0


def figures(scope: Scope) -> Figures:
    """In a constant number of queries."""
    made = _made(Decision.objects.filter(scope.during("at")))
    by_machine = made.filter(is_by_machine=True)
    machine, taken_back = by_machine.count(), by_machine.filter(reversal__isnull=False).count()
    reversals = Reversal.objects.filter(scope.during("at", place="decision__community", about="decision__"))
    reversals = reversals.exclude(at__lte=F("decision__at") + UNDO_FOR)
    return Figures(
        **_notices(scope),
        decisions_on_notice=_by(made.filter(is_own_initiative=False), "act", Act),
        decisions_own=_by(made.filter(is_own_initiative=True), "act", Act),
        grounds=_grounds(made, scope),
        **_complaints(scope),
        reversals=reversals.count(),
        reversals_after_complaint=reversals.filter(decision__complaints__outcome=Complaint.Outcome.REVERSED)
        .distinct()
        .count(),
        found_by_machine=made.filter(is_found_by_machine=True).count(),
        decided_by_machine=_by(by_machine, "act", Act),
        machine_reversed=taken_back,
        error_rate=taken_back / machine if machine else None,
        **_orders(scope),
        suspensions=made.filter(act=Act.SUSPEND).count(),
        **_reporters(scope),
    )


def _made(rows: "QuerySet[Decision]") -> "QuerySet[Decision]":
    return rows.exclude(reversal__at__lte=F("at") + UNDO_FOR)


def _notices(scope: Scope) -> dict[str, Any]:
    rows = Report.objects.filter(scope.during("at", place="case__community", about="case__"))
    decided = _made(Decision.objects.filter(case=OuterRef("case"), at__gte=OuterRef("at"))).order_by("at")
    rows = rows.annotate(decided=Subquery(decided.values("at")[:1]))
    sums = rows.aggregate(
        notices=Count("pk"),
        notices_trusted=Count("pk", filter=Q(is_trusted=True)),
        notices_without_account=Count("pk", filter=Q(member=None)),
        notices_undecided=Count("pk", filter=Q(decided=None)),
        notices_unfounded=Count("pk", filter=Q(unfounded_at__isnull=False)),
    )
    waited = rows.filter(decided__isnull=False).annotate(took=_between("at", "decided"))
    return sums | {"notices_by_ground": _by(rows, "ground", Report.Ground), "seconds_to_decision": _median(waited)}


def _complaints(scope: Scope) -> dict[str, Any]:
    rows = Complaint.objects.filter(scope.during("at", place="decision__community", about="decision__"))
    answered = rows.filter(decided_at__isnull=False).annotate(took=_between("at", "decided_at"))
    return {
        "complaints": _by(rows, "outcome", Complaint.Outcome),
        "complaints_of_reporters": rows.filter(report__isnull=False).count(),
        "seconds_to_answer": _median(answered),
    }


def _orders(scope: Scope) -> dict[str, Any]:
    rows = Order.objects.filter(scope.during("received_at", about=None))
    settled = rows.filter(effect_at__isnull=False).annotate(took=_between("received_at", "effect_at"))
    return {"orders": _by(rows, "demand", Order.Demand), "seconds_to_effect": _median(settled)}


def _reporters(scope: Scope) -> dict[str, Any]:
    rows = ReporterStep.objects.filter(scope.during("at", place="report__case__community", about=None), lifted_at=None)
    counts = _by(rows, "kind", ReporterStep.Kind)
    return {"reporters_warned": counts["warning"], "reporters_paused": counts["pause"]}


def _grounds(made: "QuerySet[Decision]", scope: Scope) -> tuple[Ground, ...]:
    """Of restrictions, the most frequent first. A clause that two versions call alike is one."""
    rows = made.filter(act__in=[act.value for act in RESTRICTIONS]).order_by()
    gathered: dict[tuple[Any, ...], Ground] = {}

    def add(ground: Ground, *key: Any) -> None:
        before = gathered.get((ground.act, ground.is_law, *key))
        gathered[(ground.act, ground.is_law, *key)] = replace(
            ground, count=ground.count + (before.count if before else 0)
        )

    for act, law, count in rows.filter(clause=None).values_list("act", "law").annotate(n=Count("pk")):
        said = "" if scope.is_public else law
        add(Ground(act, count, is_law=True, law=said), said)
    counted = list(rows.filter(clause__isnull=False).values_list("act", "clause").annotate(n=Count("pk")))
    clauses = Clause.objects.select_related("book__community").in_bulk({pk for _act, pk, _count in counted})
    for act, pk, count in counted:
        clause = clauses[pk]
        if scope.is_public and not clause.book.community.is_open:
            add(Ground(act, count, is_law=False))
        else:
            key = (clause.book.community_id, clause.number, tuple(sorted(clause.titles.items())))
            add(Ground(act, count, is_law=False, clause=clause), *key)
    return tuple(sorted(gathered.values(), key=lambda each: (-each.count, each.act, each.is_law, str(each.clause))))


def _by(rows: "QuerySet[Any]", column: str, choices: Any) -> Counts:
    found = dict(rows.order_by().values_list(column).annotate(n=Count("pk", distinct=True)))
    return {value: found.get(value, 0) for value in choices.values}


def _between(start: str, end: str) -> "ExpressionWrapper[Any]":
    return ExpressionWrapper(F(end) - F(start), output_field=DurationField())


def _median(rows: "QuerySet[Any]") -> int | None:
    """Of `took`, in seconds: the middle one, or halfway between the two; by order and offset, as every database can."""
    count = rows.count()
    if not count:
        return None
    first = (count - 1) // 2
    middle: list[timedelta] = list(rows.order_by("took", "pk").values_list("took", flat=True)[first : count // 2 + 1])
    return round(sum(each.total_seconds() for each in middle) / len(middle))
