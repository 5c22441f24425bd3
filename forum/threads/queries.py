"""What the pages of threads need, each in a constant number of queries however many rows there are."""

from collections.abc import Iterable
from typing import Any, cast

from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.db.models import Count, F, FilteredRelation, OuterRef, Q, Subquery, TextField, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.http import Http404

from forum import text
from forum.changes.models import Stream
from forum.communities.models import Community, Membership
from forum.communities.restrictions import Restriction
from forum.notifications.queries import following_of, unread_line
from forum.threads import made
from forum.threads.managing.shown import place_conclusion
from forum.threads.models import Pin, Post, ReadMark, Thread
from forum.threads.moving import queries as moving
from forum.threads.moving.addresses import forwarded
from forum.threads.moving.marks import first_unread, read_beyond

PAGE = 20
LIST_PAGE = 30
MOST_FOLLOWED = 16  # communities of one page: a socket follows forty streams at the most


_HEADS = """
    SELECT key, head FROM forum_stream
    WHERE key = %s OR key = (SELECT 'house:' || community_id FROM forum_thread WHERE id = %s)
"""


def page_start(number: int) -> int:
    """The first post number of the page that holds `number`."""
    return (max(number, 1) - 1) // PAGE * PAGE + 1


def load_thread(viewer: Any, pk: int) -> Thread:
    """One query: the thread with its community, and for a member `my_role`, `my_mark`. Http404 if unseen.

    `head` is the number of its stream, `house_head` of its community's, `my_head` of the member's own. They are read
    with the thread or before, and before the posts: what happens in between arrives once more as a change, and applying
    a change twice does no harm.
    """
    rows = Thread.objects.visible_to(viewer).for_page().annotate(**moving.annotations())
    heads: tuple[int, int] = (0, 0)
    if not viewer.is_authenticated:
        heads = _heads(pk)  # quicker apart; a member has no query to spare
    else:
        members = Membership.objects.filter(community=OuterRef("community")).order_by()
        mine = members.filter(member_id=viewer.pk)
        mark = ReadMark.objects.filter(thread=OuterRef("pk"), member_id=viewer.pk)
        rows = rows.annotate(
            head=_head(f"thread:{pk}"),
            house_head=_head(Concat(Value("house:"), Cast(OuterRef("community"), TextField()))),
            my_role=Subquery(mine.values("role")[:1]),
            my_mark=Subquery(mark.values("number")[:1]),
            my_pause=Subquery(_pausing(viewer).values("pk")[:1]),
            my_beyond=Subquery(mark.values("beyond")[:1]),
            my_head=_head(f"member:{viewer.pk}"),
            my_line=unread_line(viewer, "thread"),
            my_following=following_of(viewer, "thread"),
            member_count=Subquery(members.values("community").annotate(n=Count("pk")).values("n")),
        )
    thread: Any = next(iter(rows.filter(pk=pk)), None)  # first() would sort
    if thread is None:
        raise forwarded(viewer, pk) or Http404
    if viewer.is_authenticated:
        thread.community.my_role, thread.community.member_count = thread.my_role, thread.member_count or 0
    else:
        thread.head, thread.house_head = heads
    return cast(Thread, thread)


def _pausing(viewer: Any) -> Any:
    return Restriction.objects.pausing(OuterRef("community")).filter(member_id=viewer.pk)


def _heads(pk: int) -> tuple[int, int]:
    """The numbers of the thread's stream and of its community's house."""
    own = f"thread:{pk}"
    with connection.cursor() as cursor:
        cursor.execute(_HEADS, [own, min(pk, 2**63 - 1)])
        found = dict(cursor.fetchall())
    head = found.pop(own, 0)
    return head, next(iter(found.values()), 0)


def _head(key: str | Concat) -> Coalesce:
    return Coalesce(Subquery(Stream.objects.filter(key=key).values("head")[:1]), 0)


def head_of(stream: str) -> int:
    return next(iter(Stream.objects.filter(key=stream).values_list("head", flat=True)), 0)


def heads_of(communities: list[Community], *streams: str) -> dict[str, int]:
    """{stream: head} of so many communities as one page may follow, read before their threads."""
    keys = [f"{stream}:{community.pk}" for community in communities[:MOST_FOLLOWED] for stream in streams]
    known = dict(Stream.objects.filter(key__in=keys).values_list("key", "head"))
    return {key: known.get(key, 0) for key in keys}


def sections_of(viewer: Any, community: Community) -> Any:
    """Each with `my_following`: does the viewer watch it?"""
    return community.sections.annotate(my_following=following_of(viewer, "section"))


def load_post(viewer: Any, pk: int) -> Post:
    rows = Post.objects.visible_to(viewer).select_related(
        *("thread__community__closing", "thread__lock", "thread__hiding"),
        *("author", "deletion", "hiding", "reply_to__author"),
    )
    post = rows.filter(pk=pk).first()
    if post is None:
        raise Http404
    return post


def load_own_post(viewer: Any, pk: int) -> tuple[Any, bool]:
    """A post by the viewer, and whether they may read its thread: where not, it is there only until it is deleted."""
    mine = Post.objects.filter(author_id=viewer.pk)
    rows = (mine.visible_to(viewer) | mine.written_by(viewer)).select_related("thread__community", "hiding")
    post = rows.filter(pk=pk).first()
    if post is None:
        raise Http404
    return post, Thread.objects.visible_to(viewer).filter(pk=post.thread_id).exists()


def own_posts_elsewhere(viewer: Any) -> Any:
    """What the viewer wrote where they may read no more, and what the moderators hid, latest first."""
    unread = ~Q(thread__in=Thread.objects.visible_to(viewer)) | Q(hiding__how="hidden")
    return Post.objects.written_by(viewer).filter(unread).order_by("-published_at", "-pk")


def posts_of_page(viewer: Any, thread: Thread, start: int) -> list[Post]:
    """The posts numbered from `start`, filled for printing; the work does not grow with the thread's length."""
    rows = thread.posts.filter(number__gte=start, number__lt=start + PAGE).order_by("number")
    if viewer.is_authenticated:
        rows = rows.annotate(
            given=FilteredRelation("given_reactions", condition=Q(given_reactions__member=viewer.pk)),
            my_reaction=F("given__kind"),
        )
    return prepare(thread, rows)


def prepare(thread: Thread, rows: Any) -> list[Post]:
    """What an article prints besides the post's own row, its text filled. Names alone: rows of people cost as much
    again as the posts themselves."""
    posts = list(
        rows.annotate(
            author_username=F("author__username"),
            author_name=F("author__display_name"),
            answered_number=F("reply_to__number"),
            answered_thread=F("reply_to__thread_id"),
            answered_name=F("reply_to__author__display_name"),
            deleted_at=F("deletion__at"),
            hiding_how=F("hiding__how"),
            hiding_is_automatic=F("hiding__is_automatic"),
            **made.annotation(),
        )
    )
    for post in posts:
        post.thread = thread
    made.place(thread, posts)
    concluded: Any = place_conclusion(thread) if hasattr(thread, "conclusion_name") else []
    text.fill([*(post for post in posts if not (post.is_deleted or post.is_hidden)), *concluded])
    return posts


def thread_rows(
    viewer: Any, community: Community, *, order: str, section: int | None, page: int
) -> tuple[list[Thread], bool]:
    """One page of a community's threads, those pinned in this list first on its first page; and whether there are
    more. A section's list has its own pins, and those of the whole community that belong to it."""
    rows = _listed(viewer).filter(community=community)
    if section:
        rows = rows.filter(section_id=section)
    if order == "unanswered":
        rows = rows.filter(last_number=1)
    rows = rows.order_by("-started_at", "-pk") if order != "activity" else rows.order_by("-last_at", "-pk")
    first = (page - 1) * LIST_PAGE
    elsewhere = Q(pin__isnull=True) if section else Q(pin__isnull=True) | Q(pin__scope=Pin.Scope.SECTION)
    pinned = list(rows.exclude(elsewhere)) if page == 1 and order == "activity" else []
    loose = rows.filter(elsewhere) if order == "activity" else rows
    found = list(loose[first : first + LIST_PAGE + 1])
    return mark_unread(pinned + found[:LIST_PAGE]), len(found) > LIST_PAGE


def _listed(viewer: Any) -> Any:
    rows = Thread.objects.visible_to(viewer).select_related("author", "last_author", "section", "pin", "lock", "hiding")
    if viewer.is_authenticated:
        mark = ReadMark.objects.filter(thread=OuterRef("pk"), member_id=viewer.pk)
        mine = Membership.objects.filter(community=OuterRef("community"), member_id=viewer.pk)
        rows = rows.annotate(
            my_mark=Subquery(mark.values("number")[:1]),
            my_beyond=Subquery(mark.values("beyond")[:1]),
            my_since=Subquery(mine.values("since")[:1]),
        )
    return rows


def mark_unread(threads: Iterable[Any]) -> list[Thread]:
    """Sets `unread` (how many posts are new for me) and `first_unread`. What moved before I joined is not news."""
    threads = list(threads)
    for thread in threads:
        mark, since = getattr(thread, "my_mark", None), getattr(thread, "my_since", None)
        beyond = getattr(thread, "my_beyond", None)
        if mark is None:
            mark = 0 if since and thread.last_at >= since else thread.last_number
        thread.unread = max(thread.last_number - mark - read_beyond(mark, beyond), 0)
        thread.first_unread = min(first_unread(mark, beyond), thread.last_number)
    return threads


def news_for(viewer: Any, limit: int = 20) -> list[Thread]:
    """The threads of my communities that moved since I read them, latest first."""
    mine = Membership.objects.filter(member_id=viewer.pk)
    rows = _listed(viewer).select_related("community").filter(community__in=mine.values("community"))
    new = Q(my_mark__lt=F("last_number")) | Q(my_mark__isnull=True, last_at__gte=F("my_since"))
    found: list[Any] = mark_unread(rows.filter(new).order_by("-last_at")[:limit])
    return [thread for thread in found if thread.unread]


def latest_open(limit: int = 12) -> list[Thread]:
    """What a visitor's home shows: the latest of what anyone may read."""
    rows = _listed(AnonymousUser()).select_related("community").order_by("-last_at")
    return mark_unread(rows[:limit])
