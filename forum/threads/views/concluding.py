"""What a thread has come to: written on a page of its own, or a post that is chosen."""

from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forum.communities import queries as communities
from forum.drafts.keeping import known_versions, writing_needs_sign_in
from forum.threads import actions, queries, rules
from forum.threads.managing.concluding import CHANGED, PLACE
from forum.threads.managing.forms import ChoiceForm, ConclusionForm
from forum.threads.models import Post, Thread
from forum.threads.views.managing import answer, posted
from forum.threads.views.writing import NO_HEADERS, coming_back, keep_promise, with_headers
from forum.web.errors import Conflict, Refusal
from forum.web.requests import MemberRequest


def _concluded_by(request: MemberRequest, thread: Thread) -> Thread:
    """404 for whoever could never conclude it; a lock or a closing is said where they try."""
    if thread.author_id != request.user.pk and not rules.may_moderate(request.user, thread.community):
        raise Http404
    return thread


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def conclusion(request: MemberRequest, pk: int) -> HttpResponse:
    thread = _concluded_by(request, queries.load_thread(request.user, pk))
    status, headers = 200, NO_HEADERS
    if request.method == "POST":
        form = ConclusionForm(request.POST, writer=request.user)
        status, headers = coming_back(form)
        if form.is_valid():
            try:
                return _conclude(request, thread, form.cleaned_data)
            except Conflict as conflict:
                status, form = 409, _merging(request, conflict.present)
            except Refusal as refusal:
                form.refuse(refusal)
                status, headers = refusal.status, refusal.headers
    else:
        form = ConclusionForm.opened(request, f"{PLACE}:{pk}", initial=_opening_words(thread))
    context = {
        "thread": thread,
        "community": thread.community,
        "place": f"{PLACE}:{pk}",
        "form": form,
        "reason": rules.may_conclude(request.user, thread),
        **communities.who_will_see(thread.community, thread.audience),
    }
    return with_headers(headers, render(request, "threads/conclusion.html", context, status=status))


def _conclude(request: MemberRequest, thread: Thread, data: dict[str, Any]) -> HttpResponse:
    keep_promise(request, thread.community, thread.audience)
    done = actions.conclude_thread(
        by=request.user,
        thread=thread,
        body=data["text"],
        based_on=data["based_on"],
        language=data["language"],
        known=known_versions(request),
    )
    answer(request, done, _("%(name)s concluded this thread first."))
    return redirect(thread)


def _opening_words(thread: Thread) -> dict[str, Any]:
    stands = thread.conclusion
    if stands is None:
        return {"language": thread.language}
    written = {} if stands.post_id else {"body": stands.source, "body_format": stands.format}
    return {**written, "language": stands.language, "based_on": stands.pk}


def _merging(request: MemberRequest, present: Any) -> ConclusionForm:
    """The same form, now starting from the conclusion that came between, which stands beside it."""
    data = request.POST.copy()
    data["based_on"] = str(present.pk)
    again = ConclusionForm(data, writer=request.user)
    again.is_valid()
    again.add_error(None, str(CHANGED))
    written = present.post or present
    again.other_text, again.other_format = written.source, written.format
    again.other_about = _("%(name)s wrote or chose this meanwhile. Yours is below.") % {"name": present.by}
    return again


@require_POST
@writing_needs_sign_in
def take_away(request: MemberRequest, pk: int) -> HttpResponse:
    thread = _concluded_by(request, queries.load_thread(request.user, pk))
    try:
        done = actions.unconclude_thread(by=request.user, thread=thread)
    except Refusal as refusal:
        return _refused(request, thread, refusal)
    answer(request, done, _("%(name)s took the conclusion away first."))
    return redirect(thread)


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def choose(request: MemberRequest, pk: int) -> HttpResponse:
    """A post as the conclusion of its thread: shown once more, with a button."""
    post = queries.load_post(request.user, pk)
    thread = _concluded_by(request, post.thread)
    if post.is_deleted:
        raise Http404
    form = ChoiceForm(posted(request))
    if request.method == "POST" and form.is_valid():
        try:
            done = actions.choose_conclusion(by=request.user, post=post, based_on=form.cleaned_data["based_on"] or 0)
        except Refusal as refusal:
            return _refused(request, thread, refusal)
        answer(request, done, _("%(name)s chose this post first."))
        return redirect(thread)
    context = {
        "form": form,
        "post": queries.prepare(thread, Post.objects.filter(pk=pk))[0],
        "thread": thread,
        "community": thread.community,
        "reason": rules.may_conclude(request.user, thread),
    }
    return render(request, "threads/choose.html", context, status=422 if form.errors else 200)


def _refused(request: MemberRequest, thread: Thread, refusal: Refusal) -> HttpResponse:
    context = {"reason": refusal.message, "thread": thread, "community": thread.community}
    return refusal.answered(render(request, "threads/refused.html", context))
