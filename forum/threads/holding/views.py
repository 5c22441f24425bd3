"""The page of a text that waits: its author reads it there, and whoever moderates decides."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from accounts.factors import second_factor_required
from forum import text
from forum.communities.models import Community
from forum.drafts.keeping import writing_needs_sign_in
from forum.threads import rules
from forum.threads.holding import actions
from forum.threads.holding.models import HeldText
from forum.threads.models import Thread
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest


def _load(request: MemberRequest, pk: int, *, own: bool | None = None) -> HeldText:
    """Its author's, or one of a community the viewer moderates; else there is none."""
    rows = HeldText.objects.select_related("community", "thread", "author", "section", "post")
    held = rows.filter(pk=pk).first()
    mine = held is not None and held.author_id == request.user.pk
    if held is None or not (mine or rules.may_moderate(request.user, held.community)) or own not in {None, mine}:
        raise Http404
    return held


@require_safe
@writing_needs_sign_in
def held_text(request: MemberRequest, pk: int) -> HttpResponse:
    held = _load(request, pk)
    mine = held.author_id == request.user.pk
    return render(request, "threads/held.html", {**_shown(request, held), "mine": mine})


@require_POST
@writing_needs_sign_in
@second_factor_required
def release(request: MemberRequest, pk: int) -> HttpResponse:
    held = _load(request, pk, own=False)
    try:
        held = actions.release(by=request.user, held=held)
    except Refusal as refusal:
        messages.warning(request, str(refusal.message))
        return redirect(held)
    messages.success(request, _("Published."))
    return redirect(held.post or held)


@require_POST
@writing_needs_sign_in
@second_factor_required
def send_back(request: MemberRequest, pk: int) -> HttpResponse:
    held = _load(request, pk, own=False)
    try:
        actions.send_back(by=request.user, held=held, words=request.POST.get("words", ""))
        messages.success(request, _("Sent back to its author, with your sentence."))
    except Refusal as refusal:
        context = {**_shown(request, held), "problem": refusal.message}
        return render(request, "threads/held.html", context, status=refusal.status)
    return redirect(held)


@require_POST
@writing_needs_sign_in
def take_back(request: MemberRequest, pk: int) -> HttpResponse:
    held = _load(request, pk, own=True)
    actions.take_back(by=request.user, held=held)
    return redirect(held)


def _shown(request: MemberRequest, held: HeldText) -> dict[str, Any]:
    """The text as it would be printed where it is going, and where that is: for its author only while they may read
    there. Somebody who was removed meanwhile sees their own words and nothing else."""
    community = Community.objects.visible_to(request.user).filter(pk=held.community_id).first()
    if community is None or (held.thread_id and not _may_read(request, held)):
        held.thread, community = None, None
    elif held.thread is None:
        held.thread = Thread(community=community, audience=community.audience)
    text.fill([held])
    return {"held": held, "community": community}


def _may_read(request: MemberRequest, held: HeldText) -> bool:
    return Thread.objects.visible_to(request.user).filter(held_texts=held.pk).exists()
