"""What moderators do to a whole thread: its title, its lock, its pin, its pace."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forum.drafts.keeping import writing_needs_sign_in
from forum.threads import actions, queries, rules
from forum.threads.managing.forms import LockForm, PaceForm, PinForm, RetitleForm
from forum.threads.managing.steps import Done
from forum.threads.managing.undoing import offer_undo
from forum.threads.models import Thread
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest


def load_moderated(request: MemberRequest, pk: int) -> Thread:
    thread = queries.load_thread(request.user, pk)
    if not rules.may_moderate(request.user, thread.community):
        raise Http404
    return thread


def answer(request: MemberRequest, done: Done, first: str) -> None:
    """Offers to undo what was done now; else says who was first, in `first` as %(name)s."""
    offer_undo(request, done.entry)
    if done.first and done.first.pk != request.user.pk:
        messages.info(request, first % {"name": done.first})


def filled_in(
    request: MemberRequest,
    thread: Thread,
    form: Any,
    *,
    page: str,
    deed: Callable[[dict[str, Any]], Done],
    first: str = "",
) -> HttpResponse:
    """A form on a page of its own: shown, sent back with what is wrong with it, or done."""
    if request.method == "POST" and form.is_valid():
        try:
            answer(request, deed(form.cleaned_data), first)
            return redirect(Thread.objects.get(pk=thread.pk))
        except Refusal as refusal:
            form.refuse(refusal)
    context = {"thread": thread, "community": thread.community, "form": form}
    return render(request, page, context, status=422 if form.errors else 200)


def posted(request: MemberRequest) -> Any:
    return request.POST if request.method == "POST" else None


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def lock(request: MemberRequest, pk: int) -> HttpResponse:
    thread, by = load_moderated(request, pk), request.user
    return filled_in(
        request,
        thread,
        LockForm(posted(request)),
        page="threads/lock.html",
        deed=lambda data: actions.lock_thread(by=by, thread=thread, reason=data["reason"], until=data["until"]),
        first=_("%(name)s locked this thread first."),
    )


@require_POST
@writing_needs_sign_in
def unlock(request: MemberRequest, pk: int) -> HttpResponse:
    thread = load_moderated(request, pk)
    done = actions.unlock_thread(by=request.user, thread=thread)
    answer(request, done, _("%(name)s unlocked this thread first."))
    return redirect(thread)


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def pin(request: MemberRequest, pk: int) -> HttpResponse:
    thread, by = load_moderated(request, pk), request.user
    return filled_in(
        request,
        thread,
        PinForm(posted(request), thread=thread),
        page="threads/pin.html",
        deed=lambda data: actions.pin_thread(by=by, thread=thread, **data),
        first=_("%(name)s pinned this thread first."),
    )


@require_POST
@writing_needs_sign_in
def unpin(request: MemberRequest, pk: int) -> HttpResponse:
    thread = load_moderated(request, pk)
    done = actions.unpin_thread(by=request.user, thread=thread)
    answer(request, done, _("%(name)s unpinned this thread first."))
    return redirect(thread)


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def pace(request: MemberRequest, pk: int) -> HttpResponse:
    thread, by = load_moderated(request, pk), request.user
    return filled_in(
        request,
        thread,
        PaceForm(posted(request)),
        page="threads/pace.html",
        deed=lambda data: actions.slow_thread(by=by, thread=thread, minutes=data["minutes"], reason=data["reason"]),
        first=_("%(name)s switched slow mode on first."),
    )


@require_POST
@writing_needs_sign_in
def unslow(request: MemberRequest, pk: int) -> HttpResponse:
    thread = load_moderated(request, pk)
    done = actions.unslow_thread(by=request.user, thread=thread)
    answer(request, done, _("%(name)s switched slow mode off first."))
    return redirect(thread)


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def title(request: MemberRequest, pk: int) -> HttpResponse:
    thread, by = queries.load_thread(request.user, pk), request.user
    if rules.may_retitle(by, thread) is not None:
        raise Http404
    return filled_in(
        request,
        thread,
        RetitleForm(posted(request), thread=thread, by=by),
        page="threads/title.html",
        deed=lambda data: actions.retitle_thread(
            by=by,
            thread=thread,
            title=data["title"],
            section=data.get("section"),
            language=data["language"] or thread.language,
            reason=data.get("reason", ""),
        ),
    )
