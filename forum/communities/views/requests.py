"""The queue of those who ask to join."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forum.communities import actions, queries
from forum.communities.models import Community, JoinRequest
from forum.communities.views.support import for_stewards
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest

Outcome = JoinRequest.Outcome


@require_safe
@for_stewards
def queue(request: MemberRequest, community: Community) -> HttpResponse:
    waiting = queries.waiting_requests(community)
    return render(request, "communities/requests.html", {"community": community, "waiting": waiting})


@require_POST
@for_stewards
def answer(request: MemberRequest, community: Community, pk: int) -> HttpResponse:
    """Two stewards at once: the first decides, the second is told what was decided and by whom."""
    asked = get_object_or_404(community.requests.select_related("member"), pk=pk)
    yes = request.POST.get("outcome") == Outcome.APPROVED
    deed = actions.approve_request if yes else actions.decline_request
    try:
        asked = deed(by=request.user, request=asked)
    except Refusal as refusal:
        messages.warning(request, str(refusal.message))
        return redirect("community_requests", slug=community.slug)
    mine = asked.decided_by_id == request.user.pk and asked.outcome == (Outcome.APPROVED if yes else Outcome.DECLINED)
    (messages.success if mine else messages.info)(request, what_happened(asked, mine))
    return redirect("community_requests", slug=community.slug)


def what_happened(asked: JoinRequest, mine: bool) -> str:
    name = asked.member.display_name
    if asked.outcome == Outcome.WITHDRAWN:
        return _("%(name)s took the request back meanwhile.") % {"name": name}
    by = asked.decided_by
    if mine or by is None:
        words = _("%(name)s is a member now.") if asked.outcome == Outcome.APPROVED else _("You said no to %(name)s.")
        return words % {"name": name}
    if asked.outcome == Outcome.APPROVED:
        words = _("%(steward)s let %(name)s in before you. Nothing was changed.")
    else:
        words = _("%(steward)s said no to %(name)s before you. Nothing was changed.")
    return words % {"name": name, "steward": by.display_name}
