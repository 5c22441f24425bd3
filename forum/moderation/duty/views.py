"""The rota of a community, for those who moderate it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from accounts.factors import second_factor_required
from accounts.models import Member
from forum.communities import rules
from forum.communities.models import Community, Role
from forum.communities.views.support import AGAIN, of_community, put_on, sent, try_to
from forum.moderation.duty import actions, queries
from forum.moderation.duty.forms import AwayForm
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest

View = Callable[..., HttpResponse]


def for_moderators(view: View) -> View:
    """`view(request, community, …)` for its moderators and stewards: everybody else gets 404."""

    @wraps(view)
    def page(request: HttpRequest, community: Community, **rest: Any) -> HttpResponse:
        if community.my_role not in {Role.MODERATOR, Role.STEWARD}:
            raise Http404
        return second_factor_required(view)(request, community, **rest)

    return of_community(page)


@require_http_methods(["GET", "HEAD", "POST"])
@for_moderators
def duty(request: MemberRequest, community: Community) -> HttpResponse:
    """Posting adds days one is away."""
    form = AwayForm(sent(request))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            actions.go_away(member=request.user, first=data["first"], last=data["last"])
        except Refusal as refusal:
            put_on(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("community_duty", slug=community.slug)
    members = queries.rota(community)
    context = {
        "community": community,
        "form": form,
        "members": members,
        "weeks": queries.weeks(community, timezone.localdate(timezone=timezone.get_default_timezone())),
        "away": queries.coming_away(members),
        "may_order": rules.is_steward(community.my_role),
    }
    return render(request, "duty/duty.html", context, status=AGAIN if form.is_bound else 200)


@require_POST
@for_moderators
def turn(request: MemberRequest, community: Community, username: str) -> HttpResponse:
    if not rules.is_steward(community.my_role):
        raise Http404
    member, up = get_object_or_404(Member, username=username), request.POST.get("move") == "up"
    return try_to(
        request,
        lambda: actions.move_turn(by=request.user, community=community, member=member, up=up),
        _("Moved."),
        f"{community.get_absolute_url()}duty/",
    )


@require_POST
@for_moderators
def away_removal(request: MemberRequest, community: Community, pk: int) -> HttpResponse:
    actions.come_back(member=request.user, away=pk)
    return redirect("community_duty", slug=community.slug)
