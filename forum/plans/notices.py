"""What plans tell: somebody that they were named to plan along."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Member
from forum import notifications
from forum.notifications import Kind, Reach, Reason, Shown, Topic
from forum.notifications.models import Happening
from forum.plans.models import Plan, PlanEditor


def register(readers: Callable[[int, Iterable[int]], set[int]]) -> None:
    notifications.register_topic("plan", Topic(Plan.objects.visible_to, readers, _describe))
    notifications.register("planner.named", Kind("plan", (NAMED,)))


def named(editor: PlanEditor) -> None:
    about: dict[str, Any] = {"topic": editor.plan_id, "community": editor.plan.community_id, "about": editor.pk}
    notifications.notify(kind="planner.named", actor=editor.by, **about, at=editor.at)


def dismissed(editor: PlanEditor) -> None:
    notifications.withdraw("planner.named", about=editor.pk)


def _describe(pks: Iterable[int]) -> dict[int, Shown]:
    rows = Plan.objects.filter(pk__in=pks).only("title", "language")
    return {plan.pk: Shown(plan.get_absolute_url(), plan.title, plan.language) for plan in rows}


def _planner(happening: Happening) -> "QuerySet[Member]":
    editor = PlanEditor.objects.filter(pk=happening.about).select_related("plan").first()
    along = PlanEditor.objects.planning(editor.plan).filter(pk=editor.pk) if editor else PlanEditor.objects.none()
    return Member.objects.filter(pk__in=along.values("member"))


NAMED = Reason("planner", _planner, lambda _n: _("you were asked to plan along"), Reach.DIRECT)
