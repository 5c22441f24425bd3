"""What is done to a whole thread: its title, its lock, its pin."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forum.drafts.keeping import writing_needs_sign_in
from forum.threads import actions, queries, rules
from forum.threads.forms import ReasonForm, TitleForm
from forum.threads.models import Thread
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest


def _moderated(request: MemberRequest, pk: int) -> Thread:
    thread = queries.load_thread(request.user, pk)
    if not rules.may_moderate(request.user, thread.community):
        raise Http404
    return thread


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def lock(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask for the reason, then lock. A second moderator is told who was first."""
    thread = _moderated(request, pk)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        standing = actions.lock_thread(by=request.user, thread=thread, reason=form.cleaned_data["reason"])
        if standing.by_id != request.user.pk:
            messages.info(request, _("%(name)s locked this thread first.") % {"name": standing.by})
        return redirect(thread)
    context = {"thread": thread, "community": thread.community, "form": form}
    return render(request, "threads/lock.html", context, status=422 if form.errors else 200)


@require_POST
@writing_needs_sign_in
def unlock(request: MemberRequest, pk: int) -> HttpResponse:
    thread = _moderated(request, pk)
    actions.unlock_thread(by=request.user, thread=thread)
    return redirect(thread)


@require_POST
@writing_needs_sign_in
def pin(request: MemberRequest, pk: int) -> HttpResponse:
    thread = _moderated(request, pk)
    form = ReasonForm(request.POST)
    reason = form.cleaned_data["reason"] if form.is_valid() else ""  # a pin needs none
    try:
        standing = actions.pin_thread(by=request.user, thread=thread, reason=reason)
    except Refusal as refusal:
        context = {"reason": refusal.message, "thread": thread, "community": thread.community}
        return render(request, "threads/refused.html", context, status=refusal.status)
    if standing.by_id != request.user.pk:
        messages.info(request, _("%(name)s pinned this thread first.") % {"name": standing.by})
    return redirect(thread)


@require_POST
@writing_needs_sign_in
def unpin(request: MemberRequest, pk: int) -> HttpResponse:
    thread = _moderated(request, pk)
    actions.unpin_thread(by=request.user, thread=thread)
    return redirect(thread)


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def title(request: MemberRequest, pk: int) -> HttpResponse:
    thread = queries.load_thread(request.user, pk)
    initial = {"title": thread.title, "section": thread.section_id, "language": thread.language}
    posted = request.POST if request.method == "POST" else None
    form = TitleForm(posted, initial=initial, community=thread.community)
    if rules.may_retitle(request.user, thread) is not None:
        raise Http404
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            thread = actions.retitle_thread(
                by=request.user,
                thread=thread,
                title=data["title"],
                section=data.get("section"),
                language=data["language"] or thread.language,
            )
            return redirect(thread)
        except Refusal as refusal:
            form.add_error("title", str(refusal.message))
    context = {"thread": thread, "community": thread.community, "form": form}
    return render(request, "threads/title.html", context, status=422 if form.errors else 200)
