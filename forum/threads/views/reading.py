"""The pages people read: a community's front page, a thread, the address of a post, its history."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from forum import text
from forum.communities import queries as communities
from forum.communities.rules import is_moderator
from forum.threads import actions, queries, rules
from forum.threads.articles import how_hidden
from forum.threads.forms import ReplyForm
from forum.threads.managing.forms import ChosenForm
from forum.threads.models import Post, Reaction, Revision, Thread
from forum.threads.moving.marks import first_unread
from forum.threads.pages import post_location, thread_context
from forum.web.requests import is_visit

ORDERS = ("activity", "newest", "unanswered")
VERSIONS = 10  # of a post on one page of its history


def _whole_number(value: str | None, otherwise: int) -> int:
    return int(value) if value and value.isascii() and value.isdigit() and len(value) < 10 else otherwise


@require_safe
def community_page(request: HttpRequest, slug: str) -> HttpResponse:
    community = communities.load_community(request.user, slug)
    if community.slug != slug:
        return redirect(community, permanent=True)
    order = request.GET.get("order", "")
    order = order if order in ORDERS else "activity"
    section, page = _whole_number(request.GET.get("section"), 0), max(_whole_number(request.GET.get("page"), 1), 1)
    threads, more = queries.thread_rows(request.user, community, order=order, section=section or None, page=page)
    sections: list[Any] = list(queries.sections_of(request.user, community))
    following = next((each.my_following for each in sections if each.pk == section), None)
    moderating = is_moderator(community.my_role)
    context = {
        "community": community,
        "threads": threads,
        "sections": sections,
        "order": order,
        "section": section if any(each.pk == section for each in sections) else 0,
        "section_following": following,
        "page": page,
        "more": more,
        "moderating": moderating,
        "choosing": moderating and "select" in request.GET and ChosenForm(community=community),
        **communities.standing(request.user, community),
    }
    return render(request, "threads/community.html", context)


@require_safe
def thread_page(request: HttpRequest, pk: int, slug: str) -> HttpResponse:
    thread = queries.load_thread(request.user, pk)
    if slug != thread.slug:
        query = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(thread.get_absolute_url() + (f"?{query}" if query else ""))
    wanted = request.GET.get("from")
    if wanted == "unread":
        number = min(
            first_unread(getattr(thread, "my_mark", None) or 0, getattr(thread, "my_beyond", None)), thread.last_number
        )
        return HttpResponseRedirect(post_location(thread, number))
    start = queries.page_start(min(_whole_number(wanted, 1), max(thread.last_number, 1)))
    return render_thread(request, thread, start)


def render_thread(
    request: HttpRequest, thread: Thread, start: int, form: ReplyForm | None = None, status: int = 200
) -> HttpResponse:
    """The thread's page from post number `start`; with `form` for one that came back with errors."""
    posts = queries.posts_of_page(request.user, thread, start)
    context = thread_context(request, thread, posts, start, form)
    seen = posts[-1].number if posts else 0
    news = seen > (getattr(thread, "my_mark", None) or 0) or getattr(thread, "my_line", False)
    if request.user.is_authenticated and news and is_visit(request):
        actions.mark_read(member=request.user, thread=thread, number=seen)  # first: the bell is printed without it
    return render(request, "threads/thread.html", context, status=status)


@require_safe
def thread_address(request: HttpRequest, pk: int) -> HttpResponse:
    """`/threads/12/`: the short address leads to the full one."""
    return redirect(queries.load_thread(request.user, pk), permanent=True)


@require_safe
def post_address(request: HttpRequest, pk: int) -> HttpResponse:
    """`/posts/345/` leads to the page of its thread that holds it, whatever the thread is called now."""
    post = queries.load_post(request.user, pk)
    return HttpResponseRedirect(post_location(post.thread, post.number, post.pk))


@require_safe
def composer_at(request: HttpRequest, pk: int, how: str) -> HttpResponse:
    """The thread's page with the composer opened to answer (`reply`) or quote (`quote`) this post."""
    post = queries.load_post(request.user, pk)
    if post.is_hidden or (how == "quote" and post.hidden_how):
        raise Http404
    start = queries.page_start(post.number)
    return HttpResponseRedirect(f"{post.thread.get_absolute_url()}?from={start}&{how}={post.pk}#composer")


@require_safe
def revisions_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The texts the post has had, the latest first, each with what changed in it."""
    post = queries.load_post(request.user, pk)
    if not post.is_standing:
        raise Http404
    page = max(_whole_number(request.GET.get("page"), 1), 1)
    newest = post.revision - (page - 1) * VERSIONS
    if newest < 1:
        raise Http404
    # One more than are shown: the oldest of them is compared with it.
    rows = post.revisions.filter(number__range=(newest - VERSIONS, newest)).select_related("by").order_by("number")
    context = {
        "post": post,
        "community": post.thread.community,
        "steps": _steps(list(rows)),
        "newer": page - 1,
        "older": page + 1 if newest > VERSIONS else 0,
    }
    return render(request, "threads/revisions.html", context)


def _steps(rows: list[Revision]) -> list[dict[str, Any]]:
    """The latest first: at most so many as a page holds, for each is a long comparison and one edits quickly."""
    before = [rows[0], *rows]
    pairs = list(zip(before, rows, strict=False))[-VERSIONS:]
    return [{"revision": row, "difference": text.diff(old.html, row.html)} for old, row in reversed(pairs)]


@require_safe
def options_page(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything one can do with a post, on a page of its own: the way without JavaScript."""
    post = queries.load_post(request.user, pk)
    reaction = (
        Reaction.objects.filter(post=post, member=request.user.pk).first() if request.user.is_authenticated else None
    )
    shown: Any = queries.prepare(post.thread, Post.objects.filter(pk=pk))[0]
    shown.how_hidden = how_hidden(shown)
    if shown.is_hidden and rules.may_moderate(request.user, post.thread.community):
        text.fill([shown])  # they may have to judge it again
    context = {
        "post": shown,
        "thread": post.thread,
        "community": post.thread.community,
        "mine": post.author_id == request.user.pk,
        "may_write": request.user.is_authenticated and rules.may_start(request.user, post.thread.community) is None,
        "may_decide": post.author_id != request.user.pk and rules.may_moderate(request.user, post.thread.community),
        "reaction": reaction.kind if reaction else "",
        "kinds": Reaction.Kind.choices,
        "may_conclude": request.user.is_authenticated and rules.may_conclude(request.user, post.thread) is None,
    }
    return render(request, "threads/options.html", context)
