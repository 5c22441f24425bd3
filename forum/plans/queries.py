"""What the pages of plans need, each in a constant number of queries."""

from typing import Any

from django.db.models import Q
from django.http import Http404
from django.utils.translation import gettext as _

from accounts.models import Member
from forum.communities.models import Community, Membership
from forum.communities.queries import by_name
from forum.methods.models import Method, MethodVersion
from forum.notifications.queries import unread_line
from forum.plans.models import Plan, PlanEditor, PlanRevision, Readers
from forum.plans.rules import nobody_here
from forum.web.errors import Refusal

A_PAGE = 30


def load_plan(viewer: Any, pk: int) -> Plan:
    """With its owner, community, the plan it was copied from, and `.my_line`: is there a notice of it to read?
    Http404 if unseen."""
    rows = Plan.objects.visible_to(viewer).select_related("owner", "community__closing", "source", "kept_in")
    plan = rows.filter(pk=pk).annotate(my_line=unread_line(viewer, "plan")).first()
    if plan is None:
        raise Http404
    return plan


def load_revision(plan: Plan, number: int | None = None) -> PlanRevision:
    """The present one unless `number` says which."""
    revision = plan.revisions.filter(number=number or plan.revision).first()
    if revision is None:
        raise Http404
    return revision


def planners(plan: Plan) -> list[Member]:
    """Those the owner named, in the order of naming."""
    return [each.member for each in PlanEditor.objects.planning(plan).select_related("member").order_by("at", "pk")]


def versions_seen(viewer: Any, pks: set[int]) -> dict[int, MethodVersion]:
    """Of these versions, those of methods the viewer may read, with method, author and community."""
    rows = MethodVersion.objects.filter(pk__in=pks, method__in=Method.objects.visible_to(viewer))
    return {row.pk: row for row in rows.select_related("method__author", "method__community", "method__thread__hiding")}


def my_plans(viewer: Any) -> list[Plan]:
    """One's own and those one plans along, latest first."""
    rows = Plan.objects.visible_to(viewer).filter(_planned_by(viewer)).select_related("owner", "community")
    return list(rows.order_by("-changed_at", "-pk")[:100])


def _planned_by(viewer: Any) -> Q:
    """Of plans shown to a community, one plans along as long as one belongs to it."""
    inside = Membership.objects.filter(member_id=viewer.pk).values("community")
    along = Q(pk__in=PlanEditor.objects.filter(member_id=viewer.pk).values("plan"))
    return Q(owner_id=viewer.pk) | along & (Q(community=None) | Q(community__in=inside))


def others_plans(viewer: Any, community: str, page: int) -> tuple[list[Plan], bool]:
    """A page of what others show this viewer, latest first, and whether there is more; `community`: a slug."""
    rows = Plan.objects.visible_to(viewer).exclude(readers=Readers.PLANNERS).select_related("owner", "community")
    if community:
        rows = rows.filter(community__slug=community)
    elif viewer.is_authenticated:
        rows = rows.exclude(_planned_by(viewer))
    start = (page - 1) * A_PAGE
    found = list(rows.order_by("-changed_at", "-pk")[start : start + A_PAGE + 1])
    return found[:A_PAGE], len(found) > A_PAGE


def changeable_plans(member: Member) -> list[Plan]:
    """Where this member may add something, latest first."""
    writable = Membership.objects.filter(member=member, community__closing=None).values_list("community", flat=True)
    inside = {*writable}
    return [
        plan
        for plan in my_plans(member)
        if plan.owner_id == member.pk or plan.community_id is None or plan.community_id in inside
    ]


def writable_communities(member: Member) -> tuple[Community, ...]:
    inside = Membership.objects.filter(member=member).values("community")
    return tuple(by_name(Community.objects.filter(pk__in=inside, closing=None)))


def method_choices(viewer: Any) -> list[Method]:
    """Methods one may think of while planning: the newest of one's communities."""
    inside = Membership.objects.filter(member_id=viewer.pk).values("community")
    rows = Method.objects.visible_to(viewer).filter(community__in=inside)
    return list(rows.only("title", "language").order_by("-published_at")[:60])


def member_named(viewer: Member, name: str) -> Member:
    """Somebody of one's communities, by user name or by the name people see. Refusal when nobody or several are."""
    mine = Membership.objects.filter(member=viewer).values("community")
    known = Member.objects.filter(memberships__community__in=mine, is_active=True).exclude(pk=viewer.pk).distinct()
    found = list(known.filter(username__iexact=name)[:1]) or list(known.filter(display_name__iexact=name)[:2])
    if not found:
        raise Refusal(nobody_here() or "", field="name")
    if len(found) > 1:
        raise Refusal(_("Several people are called that. Please give the user name from their profile."), field="name")
    return found[0]
