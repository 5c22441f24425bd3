"""Moving, splitting and merging: each asks where to and why, does it, and offers to take it back."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forum.communities.queries import audience_sentence
from forum.drafts.keeping import writing_needs_sign_in
from forum.log import LogEntry
from forum.threads import queries, rules
from forum.threads.managing.undoing import offer_undo
from forum.threads.models import Thread
from forum.threads.moving import actions
from forum.threads.moving.asking import consented, digest
from forum.threads.moving.forms import MergeForm, MoveForm, SplitForm
from forum.threads.moving.models import MoveRequest
from forum.threads.moving.queries import chosen_posts, load_request
from forum.threads.moving.steps import Done
from forum.web.errors import Refusal
from forum.web.requests import MemberRequest

page = require_http_methods(["GET", "HEAD", "POST"])


def _moderated(request: MemberRequest, pk: int) -> Thread:
    thread = queries.load_thread(request.user, pk)
    if not rules.may_moderate(request.user, thread.community):
        raise Http404
    return thread


def _refuse(form: forms.Form, refusal: Refusal) -> int:
    form.add_error(refusal.field if refusal.field in form.fields else None, str(refusal.message))
    return refusal.status


def _answer(
    request: MemberRequest, template: str, thread: Thread, form: forms.Form, status: int, **more: Any
) -> HttpResponse:
    context = {"thread": thread, "community": thread.community, "form": form, **more}
    return render(request, f"threads/moving/{template}.html", context, status=status)


def _done(request: MemberRequest, done: Done) -> HttpResponse:
    offer_undo(request, done.entry)
    return redirect(done.thread)


@page
@writing_needs_sign_in
def move(request: MemberRequest, pk: int) -> HttpResponse:
    thread = _moderated(request, pk)
    form = MoveForm(request.POST if request.method == "POST" else None, member=request.user, thread=thread)
    status = 422 if form.errors else 200
    if form.is_valid():
        where = {"community": form.community, "section": form.section, "reason": form.cleaned_data["reason"]}
        try:
            done = actions.move_thread(by=request.user, thread=_as_shown(request, thread), **where)
        except Refusal as refusal:
            status = _refuse(form, refusal)
            thread = _moderated(request, pk)  # as it is since
        else:
            return _asked(request, done) if isinstance(done, MoveRequest) else _done(request, done)
    return _answer(request, "move", thread, form, status, shown=_place(thread))


def _place(thread: Thread) -> str:
    return f"{thread.community_id}.{thread.section_id or 0}"


def _as_shown(request: MemberRequest, thread: Thread) -> Thread:
    """The thread where the mover's page showed it: a colleague may have moved it since."""
    community, _dot, section = request.POST.get("shown", "").partition(".")
    if len(numbers := _numbers([community, section])) == 2:
        thread.community_id, thread.section_id = numbers[0], numbers[1] or None
    return thread


def _asked(request: MemberRequest, asked: MoveRequest) -> HttpResponse:
    entry = LogEntry.objects.filter(kind="move.asked", thread=asked.thread_id).latest("pk")
    offer_undo(request, entry)
    messages.info(request, _("Its authors are asked first. With the last yes it moves by itself."))
    return redirect(asked)


@page
@writing_needs_sign_in
def split(request: MemberRequest, pk: int) -> HttpResponse:
    """`?post=5&post=7`, or `?since=5` for all from that one on."""
    thread = _moderated(request, pk)
    sent = request.POST if request.method == "POST" else request.GET
    posts = chosen_posts(thread, _numbers(sent.getlist("post")), next(iter(_numbers(sent.getlist("since"))), None))
    form = SplitForm(request.POST if request.method == "POST" else None, member=request.user, thread=thread)
    if request.method != "POST" and not posts:
        messages.info(request, _("Choose the posts that are to go."))
        return redirect(f"{thread.get_absolute_url()}?select=1")
    status = 422 if form.errors else 200
    if form.is_valid():
        asked = _numbers(sent.getlist("post")) or [post["pk"] for post in posts]
        data = form.cleaned_data
        where = {"title": data["title"], "section": data.get("section"), "into": form.chosen, "reason": data["reason"]}
        try:
            done = actions.split_thread(by=request.user, thread=thread, posts=asked, **where)
        except Refusal as refusal:
            status = _refuse(form, refusal)
        else:
            return _done(request, done)
    return _answer(request, "split", thread, form, status, posts=posts, since=sent.get("since", ""))


def _numbers(sent: list[str]) -> list[int]:
    return [int(each) for each in sent if each.isascii() and each.isdigit() and len(each) < 16]


@page
@writing_needs_sign_in
def merge(request: MemberRequest, pk: int) -> HttpResponse:
    thread = _moderated(request, pk)
    form = MergeForm(request.POST if request.method == "POST" else None, member=request.user, thread=thread)
    status = 422 if form.errors else 200
    if form.is_valid() and form.chosen:
        try:
            done = actions.merge_thread(
                by=request.user, thread=thread, into=form.chosen, reason=form.cleaned_data["reason"]
            )
        except Refusal as refusal:
            status = _refuse(form, refusal)
        else:
            return _done(request, done)
    return _answer(request, "merge", thread, form, status)


@page
@writing_needs_sign_in
def move_request(request: MemberRequest, pk: int) -> HttpResponse:
    """What one is asked, and the answer; for moderators how far it has come."""
    asked = load_request(request.user, pk)
    refused: Any = ""
    if request.method == "POST":
        if asked.answer is None or request.POST.get("says") not in {"yes", "no"}:
            raise Http404
        is_yes, seen = request.POST["says"] == "yes", request.POST.get("seen", "")[:64]
        try:
            actions.answer(by=request.user, request=asked, is_yes=is_yes, seen=seen)
        except Refusal as refusal:
            refused, status = refusal.message, refusal.status
            asked = load_request(request.user, pk)
        else:
            messages.success(request, _("Thank you. Your answer is noted."))
            return redirect(asked)
    return _request_page(request, asked, refused, status if refused else 200)


def _request_page(request: MemberRequest, asked: Any, refused: Any = "", status: int = 200) -> HttpResponse:
    context = {
        "asked": asked,
        "thread": asked.thread,
        "head": queries.head_of(f"thread:{asked.thread_id}"),
        "readers": audience_sentence(asked.target, asked.audience),
        "seen": digest(asked.words),
        "refused": refused,
    }
    if asked.is_mine_to_manage:
        context["community"] = asked.source
        context["answers"] = asked.answers.select_related("author").order_by("author__display_name", "pk")
        context["ready"] = len(consented(asked)) if asked.is_waiting else 0
    return render(request, "threads/moving/request.html", context, status=status)


@require_POST
@writing_needs_sign_in
def move_now(request: MemberRequest, pk: int) -> HttpResponse:
    asked = _managed(request, pk)
    try:
        done = actions.move_consented(by=request.user, request=asked)
    except Refusal as refusal:
        return _request_page(request, load_request(request.user, pk), refusal.message, refusal.status)
    return _done(request, done)


@require_POST
@writing_needs_sign_in
def withdraw_move(request: MemberRequest, pk: int) -> HttpResponse:
    asked = _managed(request, pk)
    try:
        actions.withdraw_move(by=request.user, request=asked)
    except Refusal as refusal:
        return _request_page(request, load_request(request.user, pk), refusal.message, refusal.status)
    return redirect(asked.thread)


def _managed(request: MemberRequest, pk: int) -> Any:
    asked = load_request(request.user, pk)
    if not asked.is_mine_to_manage:
        raise Http404
    return asked
