"""Invitations: the steward's page, and the page behind the link."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from forum.communities import actions, inviting, queries, rules
from forum.communities.forms import InvitationForm
from forum.communities.models import Community, Invitation
from forum.communities.views.support import AGAIN, for_stewards, put_on, sent, sign_in_first, try_to
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@for_stewards
def invitations(request: MemberRequest, community: Community) -> HttpResponse:
    """The answer to an invitation shows its link, this once: afterwards only its digest is left."""
    form, refused = InvitationForm(sent(request)), None
    context: dict[str, Any] = {"community": community}
    if request.method == "POST" and form.is_valid():
        try:
            token = actions.invite(by=request.user, community=community, email=form.cleaned_data["email"])
        except Refusal as refusal:
            refused = put_on(form, refusal)
        else:
            context["invited"] = Invitation.objects.get(digest=inviting.digest_of(token))
            context["link"] = f"{settings.SITE_URL}/invitations/{token}/"
            form = InvitationForm()
    context |= {"form": form, "waiting": queries.open_invitations(community)}
    response = render(request, "communities/invitations.html", context, status=AGAIN if form.is_bound else 200)
    return refused.answered(response) if refused else response


@require_POST
@for_stewards
def withdrawal(request: MemberRequest, community: Community, pk: int) -> HttpResponse:
    invitation = get_object_or_404(community.invitations, pk=pk)
    return try_to(
        request,
        lambda: actions.withdraw_invitation(by=request.user, invitation=invitation),
        _("The invitation does not work any more."),
        f"{community.get_absolute_url()}invitations/",
    )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Looking never uses it up (mail servers look at links); the button does."""
    found = Invitation.objects.filter(digest=inviting.digest_of(token)).select_related("community", "by").first()
    if found is None:
        raise Http404
    viewer = request.user
    if viewer.is_authenticated and found.accepted_by_id == viewer.pk and rules.role_of(viewer, found.community):
        return redirect(found.community)
    if not inviting.is_open(found):
        return render(request, "communities/invitation_over.html", {}, status=410)
    context: dict[str, Any] = {"invitation": found, "here": request.path}
    if not viewer.is_authenticated:
        if request.method == "POST":
            return sign_in_first(request, request.path)
        return render(request, "communities/invitation.html", context)
    status = AGAIN if request.method == "POST" else 200
    if not inviting.holds_address(viewer, found.email):
        return render(request, "communities/invitation_elsewhere.html", {}, status=status)
    if request.method == "POST":
        try:
            actions.accept_invitation(member=viewer, token=token)
            return redirect("community_welcome", slug=found.community.slug)
        except Refusal as refusal:
            context["error"] = refusal.message
    return render(request, "communities/invitation.html", context, status=status)
