"""What there was with somebody before, as far as it is this moderator's to know."""

from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from accounts.models import Member
from forum.communities.models import Community, Departure, Membership, Role
from forum.communities.restrictions import Restriction
from forum.files.models import Picture
from forum.moderation.decisions.models import Decision
from forum.moderation.desk import rules, sources
from forum.moderation.desk.models import CaseNote
from forum.moderation.reports.models import Case, Report

MOST = 50


@dataclass
class History:
    """`memberships`: in the communities the viewer looks after. `cases`: reports of their things, never by whom."""

    memberships: list[Membership]
    decisions: list[Decision]
    cases: list[Case]
    restrictions: list[Restriction]
    notes: list[CaseNote]


def looked_after(viewer: Any, member: Member) -> QuerySet[Community]:
    """The communities where it is this moderator who judges this member: of moderators the stewards do, of stewards
    the administrators, and of oneself nobody. Those the member has left are among them."""
    if viewer.pk == member.pk:
        return Community.objects.none()
    role = Membership.objects.filter(community=OuterRef("pk"), member=member)
    left = Exists(Departure.objects.filter(community=OuterRef("pk"), member=member))
    rows = Community.objects.filter(Q(Exists(role)) | left)
    above = rules.with_role(viewer, Role.STEWARD).values("pk")
    beside = rules.with_role(viewer, Role.MODERATOR).values("pk")
    simple = Q(Exists(role.filter(role=Role.MEMBER))) | ~Q(Exists(role))
    judged = Q(pk__in=above) & ~Q(Exists(role.filter(role=Role.STEWARD))) | Q(pk__in=beside) & simple
    return rows.filter(judged)


def may_look(viewer: Any, member: Member) -> bool:
    """Administrators look at what came up to them."""
    if viewer.pk == member.pk or member.is_house:
        return False
    return bool(viewer.is_staff) or looked_after(viewer, member).exists()


def decisions_about(viewer: Any, member: Member) -> QuerySet[Decision]:
    """The latest first: about what was reported, of what the viewer judges; of moderators' own accord, where the
    viewer looks after the member."""
    own_accord = Q(case=None, community__in=looked_after(viewer, member))
    if viewer.is_staff:
        own_accord |= Q(case=None, community=None) | Q(is_site_wide=True)
    seen = Q(case__in=rules.cases_for(viewer).values("pk")) | own_accord
    rows = Decision.objects.filter(seen, addressee=member).exclude(addressee=viewer.pk)
    return rows.select_related("community", "clause", "reversal", "by").order_by("-at", "-pk")


def cases_about(viewer: Any, member: Member) -> QuerySet[Case]:
    theirs = Q(Exists(Picture.objects.filter(pk=OuterRef("picture"), uploader=member)))
    for column in rules.AUTHORS:
        theirs |= Q(**{column: member.pk})
    return rules.cases_for(viewer).filter(theirs).order_by("-opened_at", "-pk")


def restrictions_on(viewer: Any, member: Member) -> QuerySet[Restriction]:
    """Standing now, here or everywhere."""
    here = Q(community__in=looked_after(viewer, member)) | Q(community=None)
    return Restriction.objects.filter(here, member=member).standing().select_related("community").order_by("at")


def history_of(viewer: Any, member: Member) -> History:
    """A constant number of queries."""
    cases = cases_about(viewer, member)
    grounds = Prefetch("reports", Report.objects.only("case", "ground", "at").order_by("at"), to_attr="told_why")
    notes = CaseNote.objects.filter(case__in=cases.values("pk")).select_related("by")
    memberships = Membership.objects.filter(member=member, community__in=looked_after(viewer, member))
    shown: list[Any] = list(cases.select_related("community", *sources.OF_TARGETS).prefetch_related(grounds)[:MOST])
    for case in shown:
        case.title, case.language = sources.title_of(case)
        case.why = dict.fromkeys(report.get_ground_display() for report in case.told_why)
    return History(
        memberships=list(memberships.select_related("community").order_by("since")),
        decisions=list(decisions_about(viewer, member)[:MOST]),
        cases=shown,
        restrictions=list(restrictions_on(viewer, member)),
        notes=list(notes.order_by("-at", "-pk")[:MOST]),
    )
