"""The figures in words: for the page and the CSV; and as plain data for the JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.timesince import timesince
from django.utils.translation import gettext as _

from forum.moderation.authorities.models import Order
from forum.moderation.decisions.models import Act, Complaint
from forum.moderation.reports.models import Report
from forum.moderation.yearly.figures import Figures, Ground
from forum.moderation.yearly.scope import Scope


@dataclass(frozen=True)
class Row:
    """`width`: of its bar, 0 to 100; None where nothing is compared."""

    label: str
    value: str
    width: int | None = None


@dataclass(frozen=True)
class Section:
    key: str
    title: str
    rows: list[Row]


def sections(figures: Figures) -> list[Section]:
    return [
        Section("notices", _("Reports"), _notices(figures)),
        Section("grounds", _("Reports by what they were about"), _bars(figures.notices_by_ground, Report.Ground)),
        Section("on-notice", _("Decisions after a report"), _bars(figures.decisions_on_notice, Act)),
        Section("own", _("Decisions on own initiative"), _bars(figures.decisions_own, Act)),
        Section("rested-on", _("What restrictions rested on"), [_ground(each) for each in figures.grounds]),
        Section("complaints", _("Complaints and reversals"), _complaints(figures)),
        Section("machines", _("Automated means"), _machines(figures)),
        Section("orders", _("Orders of authorities"), _orders(figures)),
        Section("misuse", _("Suspensions and misuse"), _misuse(figures)),
    ]


def _notices(figures: Figures) -> list[Row]:
    return [
        Row(_("Reports"), str(figures.notices)),
        Row(_("of these by trusted flaggers"), str(figures.notices_trusted)),
        Row(_("of these by people without an account"), str(figures.notices_without_account)),
        Row(_("of these not decided yet"), str(figures.notices_undecided)),
        Row(_("Median time from report to decision"), duration(figures.seconds_to_decision)),
    ]


def _complaints(figures: Figures) -> list[Row]:
    rows = _counts(figures.complaints, Complaint.Outcome)
    return [
        Row(_("Complaints"), str(sum(figures.complaints.values()))),
        *rows,
        Row(_("of these by people who had reported"), str(figures.complaints_of_reporters)),
        Row(_("Median time from complaint to answer"), duration(figures.seconds_to_answer)),
        Row(_("Decisions taken back"), str(figures.reversals)),
        Row(_("of these after a complaint"), str(figures.reversals_after_complaint)),
    ]


def _machines(figures: Figures) -> list[Row]:
    made = {act: count for act, count in figures.decided_by_machine.items() if count}
    return [
        Row(_("Decisions without a human"), str(sum(made.values()))),
        *_counts(made, Act),
        Row(_("of these taken back by a human"), str(figures.machine_reversed)),
        Row(_("Error rate"), "–" if figures.error_rate is None else f"{100 * figures.error_rate:.1f} %"),
        Row(_("Decisions about what a machine had found"), str(figures.found_by_machine)),
    ]


def _orders(figures: Figures) -> list[Row]:
    return [
        *_counts(figures.orders, Order.Demand),
        Row(_("Median time until they were carried out"), duration(figures.seconds_to_effect)),
    ]


def _misuse(figures: Figures) -> list[Row]:
    return [
        Row(_("Accounts suspended"), str(figures.suspensions)),
        Row(_("Reports found manifestly unfounded"), str(figures.notices_unfounded)),
        Row(_("People warned for such reports"), str(figures.reporters_warned)),
        Row(_("People whose reports were paused"), str(figures.reporters_paused)),
    ]


def _counts(counts: Mapping[str, int], choices: Any) -> list[Row]:
    return [Row(str(choices(value).label), str(count)) for value, count in counts.items()]


def _bars(counts: Mapping[str, int], choices: Any) -> list[Row]:
    most = max(counts.values(), default=0) or 1
    return [
        Row(str(choices(value).label), str(count), round(100 * count / most))
        for value, count in counts.items()
        if count
    ]


def _ground(ground: Ground) -> Row:
    said = {"act": str(Act(ground.act).label), "ground": _rested_on(ground)}
    return Row(_("%(act)s: %(ground)s") % said, str(ground.count))


def _rested_on(ground: Ground) -> str:
    if ground.clause:
        said = {"clause": str(ground.clause), "community": ground.clause.book.community.name}
        return _("clause %(clause)s (%(community)s)") % said
    if ground.is_law:
        return ground.law or _("the law")
    return _("the rules of a community that only its members read")


def duration(seconds: int | None) -> str:
    """ "3 days, 2 hours"; a dash where there is nothing to measure."""
    now = timezone.now()
    return "–" if seconds is None else timesince(now - timedelta(seconds=seconds), now)


def as_data(figures: Figures, scope: Scope) -> dict[str, Any]:
    """{"year": …, "community": slug or null, "is_over": …, "figures": {…}}: names as in `Figures`."""
    counted = {each.name: getattr(figures, each.name) for each in fields(figures) if each.name != "grounds"}
    grounds = [
        {
            "act": each.act,
            "count": each.count,
            "rests_on": "law" if each.is_law else "rules",
            "community": each.clause.book.community.slug if each.clause else None,
            "clause": each.clause.number if each.clause else None,
            "titles": each.clause.titles if each.clause else None,
            "law": each.law or None,
        }
        for each in figures.grounds
    ]
    community = scope.community.slug if scope.community else None
    figured = counted | {"grounds": grounds}
    return {"year": scope.year, "community": community, "is_over": scope.is_over, "figures": figured}
