"""The sentences one writes again and again."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from accounts.factors import second_factor_required
from forum.communities.queries import by_name
from forum.communities.views.support import put_on, sent
from forum.moderation import who
from forum.moderation.desk import actions
from forum.moderation.desk.forms import ReplyForm
from forum.moderation.desk.models import SavedReply
from forum.moderation.desk.replying import may_keep, replies_for
from forum.moderation.desk.views.support import for_desk
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk
@second_factor_required
def replies(request: MemberRequest) -> HttpResponse:
    """All that one may use, and the form of a new one."""
    houses = by_name(who.moderated_by(request.user))
    first = {"language": get_language()}
    form = ReplyForm(sent(request), communities=houses, site=request.user.is_staff, initial=first)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        slug = said.pop("community")
        community = next((each for each in houses if each.slug == slug), None)
        if _written(form, lambda: actions.save_reply(by=request.user, community=community, **said)):
            messages.success(request, _("Kept."))
            return redirect("saved_replies")
    mine = {community.pk for community in houses}
    rows = list(replies_for(request.user).select_related("community"))
    for row in rows:
        row.is_mine = row.community_id in mine if row.community_id else request.user.is_staff  # type: ignore[attr-defined]  # for the page
    context = {"replies": rows, "form": form}
    return render(request, "desk/replies.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk
@second_factor_required
def reply(request: MemberRequest, pk: int) -> HttpResponse:
    row = _load(request, pk)
    form = ReplyForm(sent(request), initial={"language": row.language, "title": row.title, "text": row.text})
    said = form.cleaned_data if request.method == "POST" and form.is_valid() else None
    if said and _written(form, lambda: actions.change_reply(by=request.user, reply=row, **said)):
        messages.success(request, _("Kept."))
        return redirect("saved_replies")
    return render(request, "desk/reply.html", {"reply": row, "form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk
@second_factor_required
def removal(request: MemberRequest, pk: int) -> HttpResponse:
    row = _load(request, pk)
    if request.method == "POST":
        actions.remove_reply(by=request.user, reply=row)
        messages.success(request, _("Taken away."))
        return redirect("saved_replies")
    return render(request, "desk/reply_removal.html", {"reply": row})


def _load(request: MemberRequest, pk: int) -> SavedReply:
    """One that this member may change; else 404."""
    row = get_object_or_404(replies_for(request.user).select_related("community"), pk=pk)
    if not may_keep(request.user, row.community):
        raise Http404
    return row


def _written(form: ReplyForm, deed: Any) -> bool:
    try:
        deed()
    except Refusal as refusal:
        put_on(form, refusal)
        return False
    return True
