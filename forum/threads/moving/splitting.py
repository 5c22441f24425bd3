"""A selection of posts becomes a thread of its own, or part of another one."""

from collections.abc import Collection, Sequence
from heapq import merge
from typing import Any

from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes, log
from forum.communities.models import Community, Section
from forum.log import LogEntry
from forum.threads.models import Post, Thread
from forum.threads.moving import rules
from forum.threads.moving.carrying import copy_followings
from forum.threads.moving.dealing import deal, hold_both, narrowest, order_of
from forum.threads.moving.models import Leaving
from forum.threads.moving.steps import Done, narrow_to, snapshot, starts, tell_lists, tell_pages, who_was_first
from forum.threads.steps import audience_now, hold, refuse
from forum.web.errors import Refusal


@changes.writing()
def split_thread(
    *,
    by: Member,
    thread: Thread,
    posts: Collection[int],
    title: str = "",
    section: Section | None = None,
    into: Thread | None = None,
    reason: str = "",
) -> Done:
    """Posts of `thread`, by their ids, go to a new thread (`title`, `section`) or to `into`, of the same community.

    The same submission again is the same split. Refusal for anything else that is not so any more.
    """
    thread, into = _hold(by, thread, into)
    order = order_of(thread)
    going = [pk for pk in order if pk in posts]
    if len(going) < len(set(posts)):
        return _same_again(by, thread, posts)
    _may_go(thread, order, going)
    if into is None and not title:
        raise Refusal(_("Give the new thread a title, or choose a thread."), field="title")
    find_section(section, thread.community_id)
    other = into or begin(thread.community, going[0], title=title, section=section, audience=thread.audience)
    was = as_it_was(thread, other, order, going, is_new=into is None)
    audiences = audience_now(thread), audience_now(other)
    deal([(thread, [pk for pk in order if pk not in set(going)]), (other, interleaved(other, going))])
    narrow_to(other, narrowest(thread, other))
    line = leave(thread, other, by=by, after=order.index(going[0]), count=len(going), reason=reason)
    if into is None:
        was["followings"] = copy_followings(thread, other)
    tell_pages("thread.split", thread, other)
    for each, audience in zip((thread, other), audiences, strict=True):
        tell_lists(each, audience)
    more = was | {"line": line.pk, "counts": [thread.last_number, other.last_number]}
    return Done(
        other, log.enter("thread.split", by=by, community=thread.community_id, thread=thread, words=reason, more=more)
    )


def interleaved(thread: Thread, going: Collection[int]) -> list[int]:
    """The thread's posts and those that come, by the time they were written, each thread's in its own order; the card
    of a method stays on top."""
    own = order_of(thread)
    card, own = (own[:1], own[1:]) if rules.is_of_method(thread) else ([], own)
    written = dict(Post.objects.filter(thread=thread).values_list("pk", "published_at"))
    for home in set(Post.objects.filter(pk__in=list(going)[:1]).values_list("thread", flat=True)):
        written |= dict(Post.objects.filter(thread=home).values_list("pk", "published_at"))
    return card + list(merge(own, going, key=lambda pk: written[pk]))


def leave(thread: Thread, other: Thread, *, by: Member, after: int, count: int, reason: str) -> Leaving:
    """The line where the first of them stood."""
    return Leaving.objects.create(thread=thread, target=other, after=after, count=count, by=by, reason=reason)


def _hold(by: Member, thread: Thread, into: Thread | None) -> tuple[Thread, Thread | None]:
    if into is None:
        thread = hold(thread)
    elif into.pk == thread.pk:
        raise Refusal(_("That is this thread itself. Choose another one."), field="into")
    elif into.community_id != thread.community_id:
        raise Refusal(_("Choose a thread of the same community."), field="into")
    else:
        thread, into = hold_both(thread, into)
        if not into.last_number:
            raise Refusal(_("This thread went into another one meanwhile. Please choose again."), field="into")
    for each in (thread, into):
        if each:
            refuse(rules.may_arrange(by, each))
    return thread, into


def _may_go(thread: Thread, order: Sequence[int], going: Sequence[int]) -> None:
    if not going:
        raise Refusal(_("Choose at least one post."))
    if len(going) == len(order):
        raise Refusal(_("That is the whole thread. Move it or merge it instead, or leave a post where it is."))
    if going[0] == order[0] and rules.is_of_method(thread):
        raise Refusal(_("The first post is a method's card: the thread begins with it."))


def find_section(section: Section | None, community: int) -> None:
    if section and not Section.objects.filter(pk=section.pk, community=community).exists():
        raise Refusal(_("This section was removed meanwhile. Please choose another one."), field="section")


def _same_again(by: Member, thread: Thread, posts: Collection[int]) -> Done:
    """Some of the posts are not here: the same deed came twice, a colleague was quicker, or they never were."""
    entry = LogEntry.objects.filter(thread=thread, kind="thread.split").order_by("-pk").first()
    moved = {pk for pk, _number in entry.more["posts"]} if entry else set()
    if entry and entry.by_id == by.pk and moved == set(posts) and not hasattr(entry, "undone_by"):
        return Done(Thread.objects.get(pk=entry.more["to"]), entry)
    if moved.intersection(posts):
        raise Refusal(who_was_first(thread, ["thread.split"]), status=409)
    raise Refusal(_("Not all of these posts stand in this thread. Please look again, and choose."), status=409)


def begin(community: Community, first: int, *, title: str, section: Section | None, audience: str) -> Thread:
    """A thread without a post yet, for these that come: of the first one's author, since it was written."""
    post = Post.objects.get(pk=first)
    return Thread.objects.create(
        community=community,
        section=section,
        title=title,
        language=post.language,
        audience=audience,
        author_id=post.author_id,
        started_at=post.published_at,
        last_author_id=post.author_id,
    )


def as_it_was(
    thread: Thread, other: Thread, order: Sequence[int], going: Sequence[int], *, is_new: bool
) -> dict[str, Any]:
    """What undoing needs to know."""
    numbers = {pk: number for number, pk in enumerate(order, 1)}
    return {
        "to": other.pk,
        "new": is_new,
        "posts": [[pk, numbers[pk]] for pk in going],
        "audience": other.audience,
        "starts": starts(thread, other),
        "lines": snapshot(thread, other),
    }
