"""The pages of the log."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from accounts.factors import second_factor_required
from forum.communities.models import Community
from forum.communities.queries import by_name
from forum.communities.views.support import of_community
from forum.drafts.keeping import revision_in
from forum.moderation import who
from forum.moderation.logbook import queries
from forum.moderation.logbook.forms import LogForm
from forum.moderation.tools import tools_of
from forum.web.requests import MemberRequest


@require_safe
@of_community
def community_log(request: HttpRequest, community: Community) -> HttpResponse:
    """What was done to threads and posts here, for everybody who may read them: reasons, no names."""
    page = queries.public_log(request.user, community, revision_in(request.GET.get("page", "")))
    return render(request, "logbook/community.html", {"community": community, "page": page})


@require_safe
@login_required
@second_factor_required
def moderators_log(request: MemberRequest) -> HttpResponse:
    """Everything, with names, of the communities one looks after."""
    if not who.has_desk(request.user):
        raise Http404
    mine = Community.objects.all() if request.user.is_staff else who.moderated_by(request.user)
    form = LogForm(request.GET, communities=by_name(mine))
    page = queries.moderators_log(request.user, form.wish(), revision_in(request.GET.get("page", "")))
    again = request.GET.copy()
    again.pop("page", None)
    context = {"form": form, "page": page, "query": again.urlencode()} | tools_of(request.user, "log")
    return render(request, "logbook/moderation.html", context)
