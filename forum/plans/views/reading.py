"""The page of a plan."""

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from forum import notifications
from forum.plans import hints, parts, queries, reading, rules
from forum.plans.models import Plan
from forum.plans.sheets import when_words
from forum.threads.queries import head_of
from forum.web.requests import is_visit


@require_safe
def plan_page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    plan = queries.load_plan(request.user, pk)
    if slug != plan.slug:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(plan.get_absolute_url() + (f"?{query}" if query else ""))
    if request.user.is_authenticated and getattr(plan, "my_line", False) and is_visit(request):
        notifications.read(member=request.user, topic="plan", pk=plan.pk)
    return render(request, "plans/plan.html", plan_context(request, plan))


@require_safe
def plan_address(request: HttpRequest, pk: int) -> HttpResponse:
    """`/plans/12/`: the short address leads to the full one."""
    return redirect(queries.load_plan(request.user, pk), permanent=True)


def plan_context(request: HttpRequest, plan: Plan) -> dict[str, Any]:
    viewer = request.user
    head = head_of(f"plan:{plan.pk}")  # before the rows: what happens in between arrives once more
    seen = reading.seen(plan, viewer)
    source = plan.source
    if source and not Plan.objects.visible_to(viewer).filter(pk=source.pk).exists():
        source = None
    return {
        "plan": plan,
        "seen": seen,
        "outline": seen.outline,
        "community": plan.community,
        "when": when_words(seen),
        "needs": [(need, parts.amount_words(need)) for need in parts.needs(seen)],
        "preparation": parts.preparation(seen),
        "costs": parts.costs(seen),
        "credits": parts.credits_of(seen),
        "hints": hints.of(seen) if seen.plans_along else [],
        "source": source,
        "head": head,
        "may_change": reading.may_change(viewer, plan),
        "may_remove": viewer.is_authenticated and rules.may_remove(viewer, plan) is None,
        "may_copy": viewer.is_authenticated and (plan.may_be_copied or seen.plans_along),
        "mine": plan.owner_id == viewer.pk,
    }
