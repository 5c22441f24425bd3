"""Who sees what of the desk, asked of all rows at once: a page of a hundred cases may not ask a hundred times.

`cases_for` means exactly what `who.judges` says of one case; a test holds the two together.
"""

from datetime import timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Concat
from django.utils import timezone

from forum.communities.models import Community, JoinRequest, Membership, Role
from forum.files.models import Picture
from forum.moderation.decisions.models import Act, Complaint, Decision
from forum.moderation.reports.models import Case, Level, Report
from forum.moderation.who import ROLES
from forum.threads.holding.models import HeldText
from forum.threads.models import Post

#: What somebody took in hand and let lie is free again.
CLAIM_LASTS = timedelta(hours=24)
#: column of a thing's author, from a case or a decision
AUTHORS = ("thread__author", "post__author", "method__author", "told__member", "person")


def with_role(viewer: Any, *roles: str) -> QuerySet[Community]:
    mine = Membership.objects.filter(member_id=viewer.pk or 0, role__in=roles)
    return Community.objects.filter(pk__in=mine.values("community"))


def cases_for(viewer: Any) -> QuerySet[Case]:
    """Cases this member may see and decide, open or not."""
    if not (viewer.is_authenticated and viewer.is_active):
        return Case.objects.none()
    asked = Q(pk__in=[])
    for level, roles in ROLES.items():
        asked |= Q(asked=level, community__in=with_role(viewer, *roles))
    if viewer.is_staff:
        asked |= Q(community=None) | Q(level=Level.ADMINISTRATORS)
    began: dict[str, Any] = {"asked": Coalesce("begins", "level")}  # it may have climbed: they are asked still
    return (
        Case.objects.annotate(**began)
        .filter(asked)
        .exclude(_is_party(viewer))
        .exclude(Exists(_own_reports(viewer, "pk")))
    )


def complaints_for(viewer: Any) -> QuerySet[Complaint]:
    """Complaints this member may answer: another than who decided, and no party. Where the community has nobody
    left for it, the administrators. Means what `decisions.rules.answerers` says of one."""
    if not (viewer.is_authenticated and viewer.is_active):
        return Complaint.objects.none()
    begins: dict[str, Any] = {"begins": Coalesce("decision__case__begins", "decision__case__level", Level.MODERATORS)}
    elsewhere = Q(decision__community=None) | Q(decision__is_site_wide=True) | Q(decision__act=Act.SUSPEND)
    theirs: Any = Q(pk__in=[])
    left: Any = elsewhere | Q(begins=Level.ADMINISTRATORS)
    for level, roles in ROLES.items():
        theirs |= Q(begins=level, decision__community__in=with_role(viewer, *roles)) & ~elsewhere
        left |= Q(begins=level) & ~Exists(_others(roles))
    asked = theirs | left if viewer.is_staff else theirs
    party = Q(decision__by=viewer.pk) | Q(decision__addressee=viewer.pk) | Q(report__member=viewer.pk)
    reported = _own_reports(viewer, "decision__case")
    rows = Complaint.objects.annotate(**begins).filter(asked)
    return rows.exclude(party).exclude(_is_party(viewer, "decision__case__")).exclude(Exists(reported))


def _others(roles: Any) -> QuerySet[Membership]:
    """People of these roles in the complaint's community who had no part in what it is about."""
    rows = Membership.objects.filter(community=OuterRef("decision__community"), role__in=roles, member__is_active=True)
    for party in ("decision__by", "decision__addressee", "report__member"):
        rows = rows.exclude(member=Coalesce(OuterRef(party), 0))  # 0: the house itself, a stranger
    case = OuterRef(OuterRef("decision__case"))
    name = Concat(Value('data-member="'), OuterRef("member__username"), Value('"'))
    named = Post.objects.filter(pk=OuterRef(OuterRef("decision__case__post")), html__contains=name)
    return rows.exclude(Exists(Report.objects.filter(case=case, member=OuterRef("member")))).exclude(Exists(named))


def requests_for(viewer: Any) -> QuerySet[JoinRequest]:
    """Whom this member may let in: a community's stewards decide."""
    rows = JoinRequest.objects.filter(community__in=with_role(viewer, Role.STEWARD))
    return rows.filter(outcome=JoinRequest.Outcome.WAITING)


def held_for(viewer: Any) -> QuerySet[HeldText]:
    """Texts that wait for a look, but one's own."""
    rows = HeldText.objects.waiting().filter(community__in=with_role(viewer, *ROLES[Level.MODERATORS]))
    return rows.exclude(author=viewer.pk)


def _is_party(viewer: Any, at: str = "") -> Q:
    """It is theirs, or names them. `exclude` of a condition on rows that may be absent keeps those that are."""
    named = Post.objects.filter(pk=OuterRef(f"{at}post"), html__contains=f'data-member="{viewer.username}"')
    party = Q(Exists(named))
    for column in AUTHORS:
        party |= Q(**{f"{at}{column}": viewer.pk})
    return party | Q(Exists(Picture.objects.filter(pk=OuterRef(f"{at}picture"), uploader=viewer.pk)))


def _own_reports(viewer: Any, case: str) -> QuerySet[Report]:
    return Report.objects.filter(case=OuterRef(case), member=viewer.pk)


def held_by_another(viewer: Any) -> Q:
    """For cases and complaints: somebody else has it in hand now."""
    fresh = Q(claimed_at__gt=timezone.now() - CLAIM_LASTS)
    return fresh & Q(claimed_by__isnull=False) & ~Q(claimed_by=viewer.pk)


def holder(row: Case | Complaint) -> Any:
    """Who has it in hand now, or None."""
    is_fresh = row.claimed_at is not None and row.claimed_at > timezone.now() - CLAIM_LASTS
    return row.claimed_by if is_fresh else None


def asked_to_reword() -> QuerySet[Decision]:
    """For cases: their author was asked for other words, and nobody has reported it since."""
    since = Report.objects.filter(case=OuterRef("case"), at__gt=OuterRef("at"))
    asked = Decision.objects.filter(case=OuterRef("pk"), act=Act.REWORD, reversal=None)
    return asked.exclude(Exists(since))


def is_waiting() -> Q:
    """Of cases: open, and not left to their author for now. What the house folded by itself waits for a person."""
    return Q(closed_at=None) & ~(Q(follow_up_at__gt=timezone.now()) & Q(Exists(asked_to_reword())))
