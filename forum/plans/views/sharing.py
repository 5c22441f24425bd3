"""Plans among people: copied, planned together, removed."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.models import Member
from forum.drafts.keeping import writing_needs_sign_in
from forum.plans import actions, queries, rules
from forum.plans.forms import CopyForm, PlannerForm, RemovalForm
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def copy_plan(request: MemberRequest, pk: int) -> HttpResponse:
    plan = queries.load_plan(request.user, pk)
    reason = rules.may_copy(request.user, plan)
    form = CopyForm(request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST" and form.is_valid():
        try:
            submission = form.cleaned_data["submission"]
            return redirect("edit_plan", actions.copy_plan(by=request.user, plan=plan, submission=submission).pk)
        except Refusal as refused:
            reason, status = refused.message, refused.status
    context = {"plan": plan, "community": plan.community, "form": form, "reason": reason}
    return render(request, "plans/copy.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def planners(request: MemberRequest, pk: int) -> HttpResponse:
    """Who plans along: said by the owner, seen by those who do, who can stop here."""
    plan = queries.load_plan(request.user, pk)
    mine = plan.owner_id == request.user.pk
    if not mine and (request.method == "POST" or not rules.plans_along(request.user, plan)):
        raise Http404
    form = PlannerForm(request.POST if request.method == "POST" else None)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            member = queries.member_named(request.user, form.cleaned_data["name"])
            actions.name_planner(by=request.user, plan=plan, member=member)
            messages.success(request, _("%(name)s plans along now.") % {"name": member})
            return redirect("planners", plan.pk)
        except Refusal as refused:
            form.refuse(refused)
            status = refused.status
    named = queries.planners(plan)
    context = {"plan": plan, "community": plan.community, "form": form, "planners": named, "mine": mine}
    return render(request, "plans/planners.html", context, status=status)


@require_http_methods(["POST"])
@writing_needs_sign_in
def dismissal(request: MemberRequest, pk: int, username: str) -> HttpResponse:
    """By the owner, or of oneself."""
    plan = queries.load_plan(request.user, pk)
    member = get_object_or_404(Member, username=username, plans_along__plan=plan)
    if not rules.plans_along(request.user, plan) or rules.may_dismiss(request.user, plan, member) is not None:
        raise Http404
    actions.dismiss_planner(by=request.user, plan=plan, member=member)
    return redirect("planners", plan.pk) if plan.owner_id == request.user.pk else redirect("plans")


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    plan = queries.load_plan(request.user, pk)
    if rules.may_remove(request.user, plan) is not None:
        raise Http404
    form = RemovalForm(request.POST if request.method == "POST" else None)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            actions.remove_plan(by=request.user, plan=plan, reason=form.cleaned_data["reason"])
            messages.success(request, _("The plan is removed."))
            return redirect("plans")
        except Refusal as refused:
            form.refuse(refused)
    context = {
        "plan": plan,
        "community": plan.community,
        "form": form,
        "mine": plan.owner_id == request.user.pk,
    }
    return render(request, "plans/removal.html", context, status=status)
