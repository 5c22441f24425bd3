"""What stewards change about a community: settings, address, closing."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forum.communities import actions
from forum.communities.forms import AddressForm, CommunityForm, ReasonForm
from forum.communities.models import Community
from forum.communities.views.support import AGAIN, for_stewards, put_on, sent, try_to
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
@for_stewards
def settings(request: MemberRequest, community: Community) -> HttpResponse:
    form = CommunityForm(sent(request), initial=CommunityForm.initial_of(community))
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_settings(by=request.user, community=community, **form.changes())
        except Refusal as refusal:
            put_on(form, refusal)
        else:
            messages.success(request, _("Saved."))
            return redirect("community_settings", slug=community.slug)
    context = {"community": community, "form": form}
    return render(request, "communities/settings.html", context, status=AGAIN if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_stewards
def address(request: MemberRequest, community: Community) -> HttpResponse:
    form, refused = AddressForm(sent(request), initial={"slug": community.slug}), None
    if request.method == "POST" and form.is_valid():
        try:
            renamed = actions.rename_community(by=request.user, community=community, slug=form.cleaned_data["slug"])
        except Refusal as refusal:
            refused = put_on(form, refusal)
        else:
            messages.success(request, _("Saved. The old address leads here from now on."))
            return redirect(renamed)
    context = {"community": community, "form": form}
    response = render(request, "communities/address.html", context, status=AGAIN if form.is_bound else 200)
    return refused.answered(response) if refused else response


@require_http_methods(["GET", "HEAD", "POST"])
@for_stewards
def closing(request: MemberRequest, community: Community) -> HttpResponse:
    form = ReasonForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.close_community(by=request.user, community=community, reason=form.cleaned_data["reason"])
        except Refusal as refusal:
            put_on(form, refusal)
        else:
            messages.success(request, _("The community is closed. Everything can still be read."))
            return redirect(community)
    context = {"community": community, "form": form}
    return render(request, "communities/closing.html", context, status=AGAIN if form.is_bound else 200)


@require_POST
@for_stewards
def reopening(request: MemberRequest, community: Community) -> HttpResponse:
    return try_to(
        request,
        lambda: actions.reopen_community(by=request.user, community=community),
        _("The community is open again."),
        community.get_absolute_url(),
    )
