"""The pages people plan on. What was typed comes back with every answer that is not a yes."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forum.drafts.keeping import revision_in, writing_needs_sign_in
from forum.methods.models import Method, MethodVersion
from forum.methods.views.reading import whole_number
from forum.methods.views.writing import answer, asks_for_rows
from forum.plans import actions, queries, rules
from forum.plans.differences import differences
from forum.plans.forms import NewPlanForm, PlanForm
from forum.plans.models import Plan
from forum.plans.outline import Outline
from forum.web.errors import Conflict, Refusal
from forum.web.requests import MemberRequest


def _who_reads(plan: Plan | None, member: Any) -> str:
    notes = _("Notes for those who lead are read only by those who plan.")
    if plan is None or plan.owner_id == member.pk:
        return notes
    whom = _("Whom this plan is shown to is for %(name)s to say.") % {"name": plan.owner}
    return f"{whom} {notes}"


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def new_plan(request: MemberRequest) -> HttpResponse:
    """`?method=12`: with this method in it; `?community=slug`: to be shown there."""
    communities = queries.writable_communities(request.user)
    place, refusal = f"plans:{request.user.pk}", None
    posted = request.POST if request.method == "POST" else None
    form = NewPlanForm(posted, viewer=request.user, communities=communities)
    if posted is None:
        form.initial["shown"] = _wished(request, communities) or form.fields["shown"].initial
        form.go_on(request, place)
        if version := _brought(request):
            form.bring(version)
    elif not asks_for_rows(request) and form.is_valid():
        try:
            made = actions.make_plan(
                owner=request.user,
                outline=form.outline(),
                readers=form.readers or "",
                community=form.community,
                licence=form.cleaned_data["licence"],
                submission=form.cleaned_data["submission"],
            )
            return redirect(made)
        except Refusal as refused:
            form.refuse(refusal := refused)
    context = {
        "form": form,
        "place": place,
        "cancel_url": "/plans/",
        "choices": queries.method_choices(request.user),
        "audience_line": _who_reads(None, request.user),
    }
    return answer(request, "plans/new.html", context, refusal)


def _wished(request: MemberRequest, communities: Any) -> str:
    slug = request.GET.get("community", "")
    return next((f"members:{each.pk}" for each in communities if each.slug == slug), "")


def _brought(request: MemberRequest) -> MethodVersion | None:
    method = Method.objects.visible_to(request.user).filter(pk=whole_number(request.GET.get("method")) or 0).first()
    return method.versions.select_related("method").get(number=method.version) if method else None


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def edit_plan(request: MemberRequest, pk: int) -> HttpResponse:
    plan = queries.load_plan(request.user, pk)
    if not rules.plans_along(request.user, plan) or rules.may_change(request.user, plan) is not None:
        raise Http404
    revision = queries.load_revision(plan)
    refusal: Refusal | None = None
    context: dict[str, Any] = {"place": f"plan:{plan.pk}"}
    form = _form(request, plan, _bases(request, plan, revision.outline))
    if request.method == "POST":
        if not asks_for_rows(request) and form.is_valid():
            try:
                actions.revise_plan(
                    editor=request.user,
                    plan=plan,
                    outline=form.outline(),
                    based_on=form.cleaned_data["based_on"] or 0,
                    readers=form.readers,
                    community=form.community,
                )
                return redirect(Plan.objects.get(pk=plan.pk))
            except Conflict as conflict:
                form, refusal = _merging(request, plan, conflict), conflict
                context["between"] = _between(request, plan, conflict)
            except Refusal as refused:
                form.refuse(refusal := refused)
    else:
        form.initial["based_on"] = revision.number
        form.go_on(request, context["place"])
    context |= {
        "form": form,
        "plan": plan,
        "community": plan.community,
        "cancel_url": plan.get_absolute_url(),
        "choices": queries.method_choices(request.user),
        "audience_line": _who_reads(plan, request.user),
    }
    return answer(request, "plans/edit.html", context, refusal)


def _form(request: MemberRequest, plan: Plan, bases: tuple[Outline, ...], data: Any = None) -> PlanForm:
    posted = request.POST if request.method == "POST" else None
    communities = queries.writable_communities(request.user)
    return PlanForm(data or posted, viewer=request.user, bases=bases, communities=communities, plan=plan)


def _bases(request: MemberRequest, plan: Plan, present: Outline) -> tuple[Outline, ...]:
    """The present outline, and the one the form began from."""
    return (present, *filter(None, [_started(request, plan)]))


def _started(request: MemberRequest, plan: Plan) -> Outline | None:
    number = revision_in(request.POST.get("based_on", ""))
    if not number or number == plan.revision:
        return None
    revision = plan.revisions.filter(number=number).first()
    return revision.outline if revision else None


def _between(request: MemberRequest, plan: Plan, conflict: Conflict) -> Any:
    started = _started(request, plan) or Outline()
    return differences(request.user, started, conflict.present.outline)


def _merging(request: MemberRequest, plan: Plan, conflict: Conflict) -> PlanForm:
    """The same form, now starting from the revision that came between."""
    data = request.POST.copy()
    data["based_on"] = str(conflict.present.number)
    again = _form(request, plan, _bases(request, plan, conflict.present.outline), data)
    again.is_valid()
    again.refuse(conflict)
    return again
