"""A community's own eyes: for its moderators the lists, for its stewards also how newcomers are met."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.factors import second_factor_required
from forum.communities import rules as communities
from forum.communities.models import Community
from forum.communities.views.support import AGAIN, of_community
from forum.moderation.prevention import actions, queries
from forum.moderation.prevention.forms import GuardForm, WatchwordForm
from forum.moderation.prevention.models import Guard, Watchword
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest


def _for_moderators(community: Community) -> None:
    if not communities.is_moderator(community.my_role):
        raise Http404


def _page(request: MemberRequest, community: Community, status: int = 200, **more: Any) -> HttpResponse:
    guard = Guard.objects.filter(community=community).first()
    context = {
        "community": community,
        "guard_form": GuardForm(initial=GuardForm.initial_of(guard)),
        "form": WatchwordForm(),
        "is_steward": communities.is_steward(community.my_role),
        "watchwords": queries.watchwords_of(community),
        "newcomers": queries.of_newcomers(community),
        **more,
    }
    return render(request, "moderation/prevention/prevention.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@of_community
@second_factor_required
def prevention(request: MemberRequest, community: Community) -> HttpResponse:
    """POST: try a watchword (`test`), or use it."""
    _for_moderators(community)
    if request.method != "POST":
        return _page(request, community)
    form = WatchwordForm(request.POST)
    if not form.is_valid():
        return _page(request, community, AGAIN, form=form)
    if "test" in request.POST:
        count, some = queries.tested(Watchword(community=community, **form.cleaned_data))
        return _page(request, community, form=form, tested={"count": count, "posts": some})
    try:
        actions.add_watchword(by=request.user, community=community, **form.cleaned_data)
    except Refusal as refusal:
        form.add_error(refusal.field, str(refusal.message))
        return _page(request, community, AGAIN, form=form)
    messages.success(request, _("In use from now on."))
    return redirect("prevention", slug=community.slug)


@require_POST
@of_community
@second_factor_required
def guard(request: MemberRequest, community: Community) -> HttpResponse:
    if not communities.is_steward(community.my_role):
        raise Http404
    form = GuardForm(request.POST)
    if not form.is_valid():
        return _page(request, community, AGAIN, guard_form=form)
    actions.set_guard(by=request.user, community=community, **form.cleaned_data)
    messages.success(request, _("Saved."))
    return redirect("prevention", slug=community.slug)


@require_POST
@of_community
@second_factor_required
def watchword_retirement(request: MemberRequest, community: Community, pk: int) -> HttpResponse:
    _for_moderators(community)
    actions.retire_watchword(by=request.user, watchword=get_object_or_404(Watchword, community=community, pk=pk))
    return redirect("prevention", slug=community.slug)
