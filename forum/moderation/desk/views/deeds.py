"""Who takes what in hand, and what they tell each other: each a button or a small form on an item's page."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from accounts.factors import second_factor_required
from accounts.models import Member
from forum.communities.models import Membership
from forum.communities.views.support import put_on, sent
from forum.moderation import who
from forum.moderation.decisions.rules import answerers
from forum.moderation.desk import actions, streams
from forum.moderation.desk.forms import AssignForm, HandOverForm, NoteForm
from forum.moderation.desk.views import pages
from forum.moderation.desk.views.support import for_desk, load_case, load_complaint
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest

#: of what the address speaks -> how it is found, its page, the verbs, and who may be given it
OF: dict[str, Any] = {
    "case": {
        "load": load_case,
        "page": pages.case_page,
        "claim": actions.claim_case,
        "release": actions.release_case,
        "assign": actions.assign_case,
        "people": who.judges,
    },
    "complaint": {
        "load": load_complaint,
        "page": pages.complaint_page,
        "claim": actions.claim_complaint,
        "release": actions.release_complaint,
        "assign": actions.assign_complaint,
        "people": answerers,
    },
}


@require_POST
@for_desk
@second_factor_required
def claim(request: MemberRequest, of: str, pk: int) -> HttpResponse:
    row = OF[of]["load"](request.user, pk)
    return _done(request, of, pk, lambda: OF[of]["claim"](by=request.user, **{of: row}))


@require_POST
@for_desk
@second_factor_required
def release(request: MemberRequest, of: str, pk: int) -> HttpResponse:
    row = OF[of]["load"](request.user, pk)
    return _done(request, of, pk, lambda: OF[of]["release"](by=request.user, **{of: row}))


@require_POST
@for_desk
@second_factor_required
def assignment(request: MemberRequest, of: str, pk: int) -> HttpResponse:
    row = OF[of]["load"](request.user, pk)
    form = AssignForm(request.POST, people=OF[of]["people"](row))
    if not form.is_valid():
        return OF[of]["page"](request, row, assign=form)  # type: ignore[no-any-return]  # a page
    to = form.cleaned_data["to"]
    return _done(request, of, pk, lambda: OF[of]["assign"](by=request.user, to=to, **{of: row}))


@require_POST
@for_desk
@second_factor_required
def notes(request: MemberRequest, of: str, pk: int) -> HttpResponse:
    row = OF[of]["load"](request.user, pk)
    form = NoteForm(request.POST)
    if not form.is_valid():
        return OF[of]["page"](request, row, note=form)  # type: ignore[no-any-return]  # a page
    text = form.cleaned_data["text"]
    return _done(request, of, pk, lambda: actions.add_note(by=request.user, text=text, **{of: row}), "#desk-notes")


def _done(request: MemberRequest, of: str, pk: int, deed: Callable[[], object], anchor: str = "") -> HttpResponse:
    """Back to the item; who was first is told to the other."""
    try:
        deed()
    except Refusal as refusal:
        messages.warning(request, str(refusal.message))
    query = f"?{request.GET.urlencode()}" if request.GET else ""
    return redirect(f"/moderation/{of}s/{pk}/{query}{anchor}")


@require_http_methods(["GET", "HEAD", "POST"])
@for_desk
@second_factor_required
def hand_over(request: MemberRequest) -> HttpResponse:
    form = HandOverForm(sent(request), people=colleagues(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            to = form.cleaned_data["to"]
            given, kept = actions.hand_over(by=request.user, to=to, note=form.cleaned_data["text"])
        except Refusal as refusal:
            put_on(form, refusal)
        else:
            _say(request, to, given, kept)
            return redirect("desk")
    return render(request, "desk/hand_over.html", {"form": form}, status=422 if form.errors else 200)


def _say(request: MemberRequest, to: Member, given: int, kept: int) -> None:
    words = ngettext("%(name)s has %(n)d of yours now.", "%(name)s has %(n)d of yours now.", given)
    messages.success(request, words % {"name": to, "n": given})
    if kept:
        words = ngettext(
            "%(n)d stays with you: it is not theirs to decide.",
            "%(n)d stay with you: they are not theirs to decide.",
            kept,
        )
        messages.info(request, words % {"n": kept})


def colleagues(member: Member) -> Any:
    """Who looks after the same communities; administrators among themselves."""
    beside = Membership.objects.filter(community__in=who.moderated_by(member), role__in=streams.MODERATORS)
    rows = Member.objects.filter(is_active=True, is_house=False).exclude(pk=member.pk)
    near = rows.filter(pk__in=beside.values("member"))
    return near | rows.filter(is_staff=True) if member.is_staff else near
