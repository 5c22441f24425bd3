"""How a plan's page learns what happened, and what the rooms below must know of plans."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Q

from accounts.models import Member
from forum import changes
from forum.changes.models import Change
from forum.communities.models import Membership
from forum.methods.citing import shown_by
from forum.plans import notices, places
from forum.plans.models import Plan, PlanMethod, Readers

KINDS = frozenset({"plan.changed", "plan.removed"})
MOST_TOLD = 200  # plans that name one method, the latest first


def register() -> None:
    changes.register(
        "plan", changes.Follow(may_follow=may_follow, is_open=is_open, readers=readers, render=render, kinds=KINDS)
    )
    shown_by(tell_plans)
    places.register()
    notices.register(readers)


def may_follow(viewer: Any, pk: int) -> bool:
    return Plan.objects.visible_to(viewer).filter(pk=pk).exists()


def is_open(pk: int) -> bool:
    return may_follow(AnonymousUser(), pk)


def readers(pk: int, member_ids: Iterable[int]) -> set[int]:
    """Those who may see it now: its owner, and fellow planners or the readers of its community."""
    active = Member.objects.filter(pk__in=list(member_ids), is_active=True)
    plan = Plan.objects.filter(pk=pk, removal=None).select_related("community").prefetch_related("editors").first()
    if plan is None:
        return set()
    if plan.readers == Readers.PLANNERS:
        allowed = Q(pk__in=[plan.owner_id, *(editor.member_id for editor in plan.editors.all())])
    elif plan.readers_now == Readers.ANYONE:
        allowed = Q()
    else:
        inside = Membership.objects.filter(community=plan.community_id).values("member")
        allowed = Q(pk=plan.owner_id) | Q(pk__in=inside)
    return set(active.filter(allowed).values_list("pk", flat=True))


def render(_pk: int, happened: "list[Change]") -> list[changes.Op]:
    """The whole plan: who may read which of its methods differs from reader to reader."""
    deeds: changes.Op = {"op": "refresh", "target": "#plan-deeds"}
    return [{"op": "refresh", "target": "#plan", "also": [deeds]} for _change in happened]


def tell_plans(method: int) -> None:
    """A method changed: the plans that name it show what is new of it."""
    naming = PlanMethod.objects.filter(method=method, plan__removal=None).order_by("-plan")
    for pk in sorted(set(naming.values_list("plan", flat=True)[:MOST_TOLD])):
        changes.record(f"plan:{pk}", "plan.changed", plan=pk)
