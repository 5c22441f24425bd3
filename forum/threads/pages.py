"""What stands on a thread's page besides its posts."""

from typing import Any

from django.http import HttpRequest

from forum.communities import queries as communities
from forum.communities import rules as community_rules
from forum.communities.restrictions import Restriction
from forum.threads import queries
from forum.threads.articles import article
from forum.threads.forms import ReplyForm
from forum.threads.managing.shown import place_last_act
from forum.threads.managing.slowing import in_words, next_post_at
from forum.threads.models import Post, Thread
from forum.threads.moving.marks import read_beyond
from forum.threads.moving.queries import place_leavings

STOPS = 5  # how many steps lead from the first page of a long thread to its last


def post_location(thread: Thread, number: int, pk: int | None = None) -> str:
    """The page that holds post `number`, at that post."""
    start = queries.page_start(number)
    anchor = f"#post-{pk}" if pk else f"#n{number}"
    return f"{thread.get_absolute_url()}{f'?from={start}' if start > 1 else ''}{anchor}"


def page_links(thread: Thread, start: int) -> list[dict[str, Any]]:
    """First, before, here, next, last and a few stops between, each with the day of its first post, none for one page:
    [{"first": 21, "last": 40, "began": datetime, "url": ..., "current": bool}]."""
    last_start = queries.page_start(thread.last_number)
    if last_start == 1:
        return []
    near = {max(start - queries.PAGE, 1), start, min(start + queries.PAGE, last_start)}
    starts = sorted(near | {queries.page_start(1 + (last_start - 1) * step // STOPS) for step in range(STOPS + 1)})
    began = dict(thread.posts.filter(number__in=starts).values_list("number", "published_at"))
    url = thread.get_absolute_url()
    return [
        {
            "first": first,
            "last": min(first + queries.PAGE - 1, thread.last_number),
            "began": began.get(first),
            "url": f"{url}?from={first}" if first > 1 else url,
            "current": first == start,
        }
        for first in starts
    ]


def thread_context(
    request: HttpRequest, thread: Thread, posts: list[Any], start: int, form: ReplyForm | None
) -> dict[str, Any]:
    viewer: Any = request.user
    role = getattr(thread, "my_role", None)
    mark, beyond = getattr(thread, "my_mark", None), getattr(thread, "my_beyond", None)
    for post in posts:
        post.article = article(post)
    place_last_act(thread)
    context: dict[str, Any] = {
        "thread": thread,
        "community": thread.community,
        "posts": posts,
        "first": start,
        "last": posts[-1].number if posts else start - 1,
        "links": page_links(thread, start),
        "moderating": community_rules.is_moderator(role),
        "new_from": mark + 1 if mark and mark < thread.last_number else None,
        "new_posts": thread.last_number - (mark or 0) - read_beyond(mark or 0, beyond),
        "leavings_below": place_leavings(viewer, thread, posts),
        "newest_url": post_location(thread, thread.last_number),
    }
    if viewer.is_authenticated:
        context |= _of_member(request, thread, posts, is_moderator=context["moderating"])
    if getattr(thread, "my_pause", None):
        context["pause"] = Restriction.objects.get(pk=thread.my_pause)  # type: ignore[attr-defined]  # annotated
    elif form or (role and not (thread.is_locked or thread.community.is_closed)):
        context["place"] = f"thread:{thread.pk}"
        context |= communities.who_will_see(thread.community, thread.audience)
        context["form"] = form or _open_form(request, thread, posts)
        if hasattr(thread, "pace"):
            due = None if context["moderating"] else next_post_at(viewer, thread, thread.pace)
            context["next_post"] = due and in_words(due)
    return context


def _of_member(request: HttpRequest, thread: Thread, posts: list[Any], *, is_moderator: bool) -> dict[str, Any]:
    viewer: Any = request.user
    is_theirs = is_moderator or thread.author_id == viewer.pk
    return {
        "mine": {
            "member": viewer.username,
            "moderator": is_moderator,
            "concludes": is_theirs,
            "reactions": {post.pk: post.my_reaction for post in posts if post.my_reaction},
        },
        "selecting": is_moderator and "select" in request.GET,
        "may_retitle": is_theirs,
        "may_conclude": is_theirs and not thread.community.is_closed,
    }


def _open_form(request: HttpRequest, thread: Thread, posts: list[Post]) -> ReplyForm:
    """The composer as it opens: with the draft, or with the quote or the post somebody pressed "reply" on."""
    initial: dict[str, Any] = {"language": thread.language}
    by_id = {str(post.pk): post for post in posts if not post.is_hidden}
    quote = ""
    if (post := by_id.get(request.GET.get("quote", ""))) and post.is_standing:
        quote = f"{post.pk}.{post.revision}"
        initial["reply_to"] = post.pk
    elif post := by_id.get(request.GET.get("reply", "")):
        initial["reply_to"] = post.pk
    form: ReplyForm = ReplyForm.opened(request, f"thread:{thread.pk}", initial=initial, quote=quote)
    if post:
        form.answering = post
    return form
