"""Who belongs to a community, and what stewards may change about that."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from forum.communities import actions, queries
from forum.communities.forms import ReasonForm, RoleForm
from forum.communities.models import Community
from forum.communities.views.support import AGAIN, for_stewards, of_community, put_on, sent
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest


@require_safe
@of_community
def members(request: HttpRequest, community: Community) -> HttpResponse:
    asked = request.GET.get("page", "")
    number = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 9 else 1
    page = queries.members_page(request.user, community, number)
    return render(request, "communities/members.html", {"community": community, "page": page})


@require_http_methods(["GET", "HEAD", "POST"])
@for_stewards
def role(request: MemberRequest, community: Community, username: str) -> HttpResponse:
    membership = queries.load_membership(community, username)
    form = RoleForm(sent(request), initial={"role": membership.role})
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_role(
                by=request.user, community=community, member=membership.member, role=form.cleaned_data["role"]
            )
        except Refusal as refusal:
            put_on(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("community_members", slug=community.slug)
    context = {"community": community, "membership": membership, "form": form}
    return render(request, "communities/role.html", context, status=AGAIN if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_stewards
def removal(request: MemberRequest, community: Community, username: str) -> HttpResponse:
    membership = queries.load_membership(community, username)
    if membership.member_id == request.user.pk:
        raise Http404  # to go oneself is another page
    form = ReasonForm(sent(request))
    if request.method == "POST" and form.is_valid():
        member = membership.member
        try:
            actions.remove_member(
                by=request.user, community=community, member=member, reason=form.cleaned_data["reason"]
            )
        except Refusal as refusal:
            put_on(form, refusal)
        else:
            messages.success(request, _("%(name)s is no longer a member.") % {"name": member.display_name})
            return redirect("community_members", slug=community.slug)
    context = {"community": community, "membership": membership, "form": form}
    return render(request, "communities/removal.html", context, status=AGAIN if form.is_bound else 200)
