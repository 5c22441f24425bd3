"""The pages people write on. What was typed comes back with every answer that is not a yes."""

from typing import Any

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forum import text
from forum.communities import queries as communities
from forum.communities.models import Audience, Community
from forum.drafts import telling
from forum.drafts.keeping import known_versions, writing_needs_sign_in
from forum.threads import actions, queries, rewording, rules
from forum.threads.forms import EditForm, ReactionForm, ReplyForm, ThreadForm, opening_words
from forum.threads.holding import actions as holding
from forum.threads.models import Post
from forum.threads.views.reading import render_thread
from forum.web.errors import Conflict, Refusal
from forum.web.requests import MemberRequest

NO_HEADERS: dict[str, str] = {}


def with_headers(headers: dict[str, str], response: HttpResponse) -> HttpResponse:
    for name, value in headers.items():
        response[name] = value
    return response


def keep_promise(request: MemberRequest, community: Community, audience: str | None = None) -> None:
    """Refusal when more people would read this than its writer was told beside the text: the community opened."""
    told = request.POST.get("readers")
    if told == Audience.MEMBERS and communities.readers_now(community, audience) == Audience.ANYONE:
        raise Refusal(_("More people can read this now than when you began. Please look who, and send it again."))


def _refused(form: Any, refusal: Refusal) -> tuple[int, dict[str, str]]:
    """Puts the refusal on its field; the answer's status and headers. `writing_needs_sign_in` keeps the text."""
    form.refuse(refusal)
    return refusal.status, refusal.headers


def coming_back(form: Any) -> tuple[int, dict[str, str]]:
    """The status and headers of a form that is not valid: refused for what it says, or unread for haste."""
    hasty = not form.is_valid() and form.refusal
    return (hasty.status, hasty.headers) if hasty else (422, NO_HEADERS)


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def reply(request: MemberRequest, pk: int) -> HttpResponse:
    thread = queries.load_thread(request.user, pk)
    if request.method != "POST":  # somebody came back here from signing in
        return redirect(f"{thread.get_absolute_url()}#composer")
    form = ReplyForm(request.POST, writer=request.user)
    status, headers = coming_back(form)
    if form.is_valid():
        data = form.cleaned_data
        answered = (
            Post.objects.select_related("hiding").filter(thread=thread, pk=data["reply_to"]).first()
            if data["reply_to"]
            else None
        )
        try:
            keep_promise(request, thread.community, thread.audience)
            post = holding.publish_reply(
                author=request.user,
                thread=thread,
                body=data["text"],
                language=data["language"],
                reply_to=answered,
                submission=data["submission"],
                known=known_versions(request),
            )
            return redirect(post)
        except Refusal as refusal:
            status, headers = _refused(form, refusal)
            thread = queries.load_thread(request.user, pk)  # as it is since: locked, closed, perhaps not theirs to see
    response = render_thread(request, thread, queries.page_start(thread.last_number), form, status)
    return with_headers(headers, response)


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def new_thread(request: MemberRequest, slug: str) -> HttpResponse:
    community = communities.load_community(request.user, slug)
    status, headers = 200, NO_HEADERS
    place = telling.place_here(request, f"community:{community.pk}")
    if request.method == "POST":
        form = ThreadForm(request.POST, community=community, writer=request.user)
        status, headers = coming_back(form)
        if form.is_valid():
            data = form.cleaned_data
            try:
                keep_promise(request, community)
                thread = holding.publish_thread(
                    author=request.user,
                    community=community,
                    title=data["title"],
                    body=data["text"],
                    language=data["language"] or get_language() or settings.LANGUAGE_CODE,
                    section=data.get("section"),
                    submission=data["submission"],
                    known=known_versions(request),
                    place=place,
                )
                return redirect(thread)
            except Refusal as refusal:
                status, headers = _refused(form, refusal)
    else:
        initial = {"section": request.GET.get("section")}
        if telling.is_telling(place) and (told := telling.told_by(request.user)):
            initial["title"] = telling.title_of(telling.words_of(told), 200)
        form = ThreadForm.opened(request, place, initial=initial, community=community)
    context = {
        "community": community,
        "place": place,
        "form": form,
        "reason": rules.may_start(request.user, community),
        **communities.who_will_see(community),
    }
    return with_headers(headers, render(request, "threads/new.html", context, status=status))


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def edit_post(request: MemberRequest, pk: int) -> HttpResponse:
    post = queries.load_post(request.user, pk)
    if post.author_id != request.user.pk:
        raise Http404
    status, headers = 200, NO_HEADERS
    if request.method == "POST":
        form = EditForm(request.POST, writer=request.user)
        status, headers = coming_back(form)
        if form.is_valid():
            data = form.cleaned_data
            try:
                keep_promise(request, post.thread.community, post.thread.audience)
                holding.publish_edit(
                    editor=request.user,
                    post=post,
                    body=data["text"],
                    based_on=data["based_on"],
                    language=data["language"],
                    known=known_versions(request),
                )
                return redirect(post)
            except Conflict as conflict:
                status, form = 409, _merging(request, conflict)
            except Refusal as refusal:
                status, headers = _refused(form, refusal)
    elif post.is_hidden:
        reason = rules.may_edit(request.user, post)
        return render(request, "threads/refused.html", {"reason": reason, "post": post}, status=422)
    else:
        form = EditForm.opened(request, f"post:{pk}", initial=opening_words(post))
    context = {
        "post": post,
        "thread": post.thread,
        "community": post.thread.community,
        "place": f"post:{post.pk}",
        "form": form,
        "asked": rewording.asked(post),
        **communities.who_will_see(post.thread.community, post.thread.audience),
    }
    return with_headers(headers, render(request, "threads/edit.html", context, status=status))


def _merging(request: MemberRequest, conflict: Conflict) -> EditForm:
    """The same form, now starting from the text that came between, which stands beside it."""
    data = request.POST.copy()
    data["based_on"] = str(conflict.present.revision)
    again = EditForm(data, writer=request.user)
    again.is_valid()
    again.refuse(conflict)
    again.other_text, again.other_format = conflict.present.source, conflict.present.format
    again.other_about = _("This text was saved in the meantime, and everybody reads it now. Yours is below.")
    return again


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def delete_post(request: MemberRequest, pk: int) -> HttpResponse:
    """Also where one may read no more: then one's own words stand on the page, and nothing else of the thread. So do
    words that the moderators hid."""
    post, readable = queries.load_own_post(request.user, pk)
    if request.method == "POST":
        actions.delete_post(by=request.user, post=post)
        return redirect(post if readable else request.user)
    context = {"post": post, "back": post if readable else request.user}
    if readable:
        context |= {"thread": post.thread, "community": post.thread.community}
    if post.is_hidden or not readable:
        post.words = text.plain(post.html)
    return render(request, "threads/delete.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@writing_needs_sign_in
def reactions(request: MemberRequest, pk: int) -> HttpResponse:
    post = queries.load_post(request.user, pk)
    if request.method != "POST":  # somebody came back here from signing in
        return redirect(post)
    form = ReactionForm(request.POST)
    if form.is_valid():
        try:
            if kind := form.cleaned_data["kind"]:
                actions.react(member=request.user, post=post, kind=kind)
            else:
                actions.unreact(member=request.user, post=post)
        except Refusal as refusal:
            context = {"reason": refusal.message, "post": post}
            return render(request, "threads/refused.html", context, status=refusal.status)
    return redirect(post)


@require_POST
@writing_needs_sign_in
def read_marks(request: MemberRequest, pk: int) -> HttpResponse:
    """The page says how far somebody has read when replies arrive while it is open."""
    thread = queries.load_thread(request.user, pk)
    number = request.POST.get("number", "")
    if number.isascii() and number.isdigit() and len(number) < 10:
        actions.mark_read(member=request.user, thread=thread, number=int(number))
    return HttpResponse(status=204)
