"""Where one plans: the places drafts may stand at, and how to find back to them."""

from datetime import timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from forum import drafts
from forum.drafts.registry import Standing
from forum.plans.models import Plan, PlanEditor

LATE = timedelta(minutes=5)


def register() -> None:
    drafts.register_place("plans", may_begin_at, beginnings, was_begun)
    drafts.register_place("plan", may_change_at, changings)


def may_begin_at(viewer: Any, pk: int) -> bool:
    """One's own desk: `plans:<own number>`."""
    return bool(viewer.pk == pk)


def beginnings(viewer: Any, pks: set[int]) -> dict[int, Standing]:
    return {viewer.pk: Standing(_("A new plan"), reverse("new_plan"))} if viewer.pk in pks else {}


def was_begun(member: Any, _pk: int, title: str, _body: str) -> bool:
    """A save that was slow on the way: the plan stands already."""
    since = timezone.now() - LATE
    return Plan.objects.filter(owner_id=member.pk, title=title.strip(), made_at__gt=since).exists()


def may_change_at(viewer: Any, pk: int) -> bool:
    return pk in changings(viewer, {pk})


def changings(viewer: Any, pks: set[int]) -> dict[int, Standing]:
    rows = Plan.objects.visible_to(viewer).filter(pk__in=pks)
    along = PlanEditor.objects.filter(member_id=viewer.pk).values("plan")
    mine = rows.filter(owner_id=viewer.pk) | rows.filter(pk__in=along)
    return {plan.pk: Standing(plan.title, reverse("edit_plan", args=[plan.pk])) for plan in mine}
