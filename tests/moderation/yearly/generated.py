"""A year of 2,000 acts as rows, and their figures counted in plain Python, without a query that counts."""

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from statistics import median
from typing import Any

from accounts.models import Member
from forum.models import Case, Clause, Community, Complaint, Decision, Order, Report, ReporterStep, Reversal, Thread
from forum.moderation.decisions.models import RESTRICTIONS, Act

YEAR = 2024
ACTS = 2000
LAWS = ("Art. 216 k.k.", "Art. 14 DSA")


class Year:
    """Acts from a month before the year to a month after it, in two communities."""

    def __init__(self, thread: Thread, houses: list[Community], clauses: list[Clause], members: list[Member]) -> None:
        self.dice = random.Random(7)
        self.thread, self.houses, self.clauses, self.members = thread, houses, clauses, members
        self.cases = Case.objects.bulk_create(self.case() for _ in range(ACTS))
        self.reports = Report.objects.bulk_create(self.report(n) for n in range(ACTS))
        self.decisions = Decision.objects.bulk_create(self.decision(n) for n in range(ACTS))
        some = self.decisions[::5]
        self.reversals = Reversal.objects.bulk_create(self.reversal(each) for each in some)
        self.complaints = Complaint.objects.bulk_create(self.complaint(each) for each in self.decisions[::4])
        self.orders = Order.objects.bulk_create(self.order(n) for n in range(30))
        self.steps = ReporterStep.objects.bulk_create(self.step(n) for n in range(20))

    def moment(self) -> datetime:
        return datetime(YEAR - 1, 12, 1, tzinfo=UTC) + timedelta(seconds=self.dice.randrange(427 * 86400))

    def later(self, at: datetime) -> datetime:
        return at + timedelta(seconds=self.dice.randrange(90, 9 * 86400))

    def case(self) -> Case:
        closed = self.moment()  # so that one thing may have many
        return Case(thread=self.thread, community=self.dice.choice(self.houses), opened_at=closed, closed_at=closed)

    def report(self, n: int) -> Report:
        return Report(
            case=self.cases[n // 2],  # half of the cases gather two, the others none
            at=self.moment(),
            ground=self.dice.choice(Report.Ground.values),
            member=self.members[n % 2] if n % 3 else None,
            is_trusted=n % 7 == 0,
            unfounded_at=self.moment() if n % 11 == 0 else None,
            language="en",
            digest=str(n),
        )

    def decision(self, n: int) -> Decision:
        act = self.dice.choice(Act.values)
        is_clause = act in RESTRICTIONS and n % 3
        return Decision(
            case=self.cases[n],
            thread=self.thread,
            community=self.cases[n].community,
            at=self.moment(),
            act=act,
            clause=self.dice.choice(self.clauses) if is_clause else None,
            law="" if is_clause else self.dice.choice(LAWS),
            is_own_initiative=n >= ACTS // 2,
            is_found_by_machine=n % 9 == 0,
            is_by_machine=n % 6 == 0,
            language="en",
            digest=str(n),
        )

    def reversal(self, decision: Decision) -> Reversal:
        undone = self.dice.random() < 0.3
        at = decision.at + timedelta(seconds=20) if undone else self.later(decision.at)
        return Reversal(decision=decision, by=self.members[0], at=at)

    def complaint(self, decision: Decision) -> Complaint:
        at, outcome = self.later(decision.at), self.dice.choice(Complaint.Outcome.values)
        decided = None if outcome == Complaint.Outcome.WAITING else self.later(at)
        report = self.reports[0] if self.dice.random() < 0.2 else None
        return Complaint(decision=decision, at=at, outcome=outcome, decided_at=decided, report=report, language="en")

    def order(self, n: int) -> Order:
        at = self.moment()
        effect = {"effect": "Done.", "effect_at": self.later(at)} if n % 3 else {}
        said: dict[str, Any] = {"authority": "Court", "reference": str(n), "issued_on": at.date(), **effect}
        community = self.houses[n % 2] if n % 5 else None
        return Order(received_at=at, demand="tell" if n % 4 else "act", by=self.members[0], community=community, **said)

    def step(self, n: int) -> ReporterStep:
        at = self.moment()
        kind = {"kind": "pause", "until": at} if n % 3 == 0 else {"kind": "warning"}
        return ReporterStep(member=self.members[0], at=at, report=self.reports[n], **kind)


def in_year(at: datetime) -> bool:
    """The year of the clock in Warsaw: an hour ahead of UTC at its two ends."""
    return (at + timedelta(hours=1)).year == YEAR


def counted(year: Year, house: Community | None) -> dict[str, Any]:
    """As `Figures`, but for the grounds: {(act, number of the clause or law): how many}."""
    here = [n for n, case in enumerate(year.cases) if house is None or case.community == house]
    at = {each.decision_id: each.at for each in year.reversals}
    undone = {each.pk for each in year.decisions if each.pk in at and (at[each.pk] - each.at).total_seconds() <= 60}
    all_made = [year.decisions[n] for n in here if year.decisions[n].pk not in undone]
    made = [each for each in all_made if in_year(each.at)]
    of_case = {each.case_id: each.at for each in all_made}
    cases = {year.cases[n].pk for n in here}
    notices = [each for each in year.reports if in_year(each.at) and each.case_id in cases]
    waits = [
        (of_case[each.case_id] - each.at).total_seconds()
        for each in notices
        if each.case_id in of_case and of_case[each.case_id] >= each.at
    ]
    ids = {year.decisions[n].pk for n in here}
    complaints = [each for each in year.complaints if in_year(each.at) and each.decision_id in ids]
    reversals = [
        each
        for each in year.reversals
        if in_year(each.at) and each.decision_id in ids and each.decision_id not in undone
    ]
    given_in = {each.decision_id for each in year.complaints if each.outcome == "reversed"}
    machine = [each for each in made if each.is_by_machine]
    wrong = [each for each in machine if each.pk in at]
    orders = [each for each in year.orders if in_year(each.received_at) and (house is None or each.community == house)]
    steps = [each for each in year.steps if in_year(each.at) and each.report.case_id in cases]
    acts, restrictions = Act.values, [each for each in made if each.act in RESTRICTIONS]
    return {
        "notices": len(notices),
        "notices_by_ground": tally(Report.Ground.values, (each.ground for each in notices)),
        "notices_trusted": sum(each.is_trusted for each in notices),
        "notices_without_account": sum(each.member is None for each in notices),
        "notices_undecided": len(notices) - len(waits),
        "notices_unfounded": sum(each.unfounded_at is not None for each in notices),
        "seconds_to_decision": round(median(waits)),
        "decisions_on_notice": tally(acts, (each.act for each in made if not each.is_own_initiative)),
        "decisions_own": tally(acts, (each.act for each in made if each.is_own_initiative)),
        "grounds": Counter((each.act, each.clause.number if each.clause else each.law) for each in restrictions),
        "complaints": tally(Complaint.Outcome.values, (each.outcome for each in complaints)),
        "complaints_of_reporters": sum(each.report is not None for each in complaints),
        "seconds_to_answer": round(
            median((each.decided_at - each.at).total_seconds() for each in complaints if each.decided_at)
        ),
        "reversals": len(reversals),
        "reversals_after_complaint": sum(each.decision_id in given_in for each in reversals),
        "found_by_machine": sum(each.is_found_by_machine for each in made),
        "decided_by_machine": tally(acts, (each.act for each in machine)),
        "machine_reversed": len(wrong),
        "error_rate": len(wrong) / len(machine),
        "orders": tally(Order.Demand.values, (each.demand for each in orders)),
        "seconds_to_effect": round(
            median((each.effect_at - each.received_at).total_seconds() for each in orders if each.effect_at)
        ),
        "suspensions": sum(each.act == Act.SUSPEND for each in made),
        "reporters_warned": sum(each.kind == "warning" for each in steps),
        "reporters_paused": sum(each.kind == "pause" for each in steps),
    }


def tally(values: list[str], found: Any) -> dict[str, int]:
    counts = Counter(found)
    return {value: counts[value] for value in values}
