"""Coming in and going: joining, asking, the welcome, leaving."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forum.communities import actions, queries
from forum.communities.forms import RequestForm
from forum.communities.models import Community, Joining, JoinRequest
from forum.communities.views.support import AGAIN, for_members, put_on, sent, sign_in_first
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
def membership(request: HttpRequest, slug: str) -> HttpResponse:
    """POST joins at once. A closed community is joined from its line in the directory, where it is listed."""
    if request.method != "POST":
        return redirect(queries.load_community(request.user, slug))
    community = queries.load_door(request.user, slug)
    if not request.user.is_authenticated:
        return sign_in_first(request, community.get_absolute_url())
    try:
        actions.join(member=request.user, community=community)
    except Refusal as refusal:
        messages.warning(request, str(refusal.message))
        return redirect(community if community.is_open else "directory")
    return redirect("community_welcome", slug=community.slug)


@require_safe
@for_members
def welcome(request: MemberRequest, community: Community) -> HttpResponse:
    return render(request, "communities/welcome.html", {"community": community})


@require_http_methods(["GET", "HEAD", "POST"])
def request_to_join(request: HttpRequest, slug: str) -> HttpResponse:
    """The form with the note, or how the request stands."""
    community = queries.load_door(request.user, slug)
    if not request.user.is_authenticated:
        return sign_in_first(request, request.path)
    if community.my_role or community.joining != Joining.REQUEST:
        return redirect(community if community.my_role or community.is_open else "directory")
    form, refused = RequestForm(sent(request)), None
    if request.method == "POST" and form.is_valid():
        try:
            actions.ask_to_join(member=request.user, community=community, note=form.cleaned_data["note"])
        except Refusal as refusal:
            refused = put_on(form, refusal)
        else:
            messages.success(request, _("The stewards have your request. You will see the answer here."))
            return redirect(community if community.is_open else "directory")
    context = {"community": community, "form": form, **queries.standing(request.user, community)}
    response = render(request, "communities/request.html", context, status=AGAIN if form.is_bound else 200)
    return refused.answered(response) if refused else response


@require_POST
def withdrawal(request: HttpRequest, slug: str) -> HttpResponse:
    """Take one's request back: one's own row, whatever became of the community's listing meanwhile."""
    if not request.user.is_authenticated:
        return sign_in_first(request, "/communities/")
    mine = JoinRequest.objects.filter(community__slug=slug, member=request.user).order_by("-pk")
    asked = mine.select_related("community").first()
    if asked is None:
        raise Http404
    asked = actions.withdraw_request(member=request.user, request=asked)
    if asked.outcome == JoinRequest.Outcome.WITHDRAWN:
        messages.success(request, _("You took your request back."))
    else:
        messages.info(request, _("Your request was answered meanwhile."))
    visible = Community.objects.visible_to(request.user).filter(slug=slug).first()
    return redirect(visible or "directory")


@require_http_methods(["GET", "HEAD", "POST"])
@for_members
def departure(request: MemberRequest, community: Community) -> HttpResponse:
    if request.method == "POST":
        try:
            actions.leave(member=request.user, community=community)
        except Refusal as refusal:
            messages.warning(request, str(refusal.message))
            return redirect("community_departure", slug=community.slug)
        messages.success(request, _("You left %(community)s.") % {"community": community.name})
        return redirect(community if community.is_open else "directory")
    return render(request, "communities/departure.html", {"community": community})
