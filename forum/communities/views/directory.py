"""All communities, and a new one."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from accounts.factors import second_factor_required
from forum import changes
from forum.communities import actions, queries
from forum.communities.forms import NewCommunityForm
from forum.communities.views.support import AGAIN, put_on, sent
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest


@require_safe
def directory(request: HttpRequest) -> HttpResponse:
    viewer = request.user
    head = changes.head_of(f"member:{viewer.pk}") if viewer.is_authenticated else None
    context = {"directory": queries.directory(viewer), "head": head}
    return render(request, "communities/directory.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def new_community(request: HttpRequest) -> HttpResponse:
    """For administrators; nobody else learns that the page is there."""
    if not (request.user.is_authenticated and request.user.is_staff):
        raise Http404
    return _create(request)


@second_factor_required
def _create(request: MemberRequest) -> HttpResponse:
    form = NewCommunityForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            community = actions.create_community(by=request.user, **_settled(form))
        except Refusal as refusal:
            put_on(form, refusal)
        else:
            messages.success(request, _("%(community)s is ready.") % {"community": community.name})
            mine = community.is_open or form.cleaned_data["steward"] == request.user
            return redirect(community if mine else "directory")
    status = AGAIN if form.is_bound else 200
    return render(request, "communities/new.html", {"form": form}, status=status)


def _settled(form: NewCommunityForm) -> dict[str, Any]:
    data = form.cleaned_data
    language = get_language() or "en"
    sections = [{language: line} for line in data["sections"]]
    return form.changes() | {"slug": data["slug"], "steward": data["steward"], "sections": sections}
