"""What threads tell their members: whom it concerns, and how it is said."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Member
from forum import notifications
from forum.notifications import Kind, Reach, Reason, Shown
from forum.notifications.models import Following, Happening, Level
from forum.notifications.queries import choosers, followers
from forum.threads.models import Post, PostQuote, ReadMark, Thread

#: What there is of a post, for when it is taken back.
OF_A_POST = ("post.published", "post.edited", "post.reacted", "thread.started")


def register(readers: Any) -> None:
    """`readers` as in changes.Follow: threads and what lies in them are read by the same people."""
    notifications.register_topic("thread", notifications.Topic(Thread.objects.visible_to, readers, describe))
    notifications.register("post.published", Kind("thread", (ANSWERED, NAMED, QUOTED, FOLLOWED, EVERY), seen))
    notifications.register("post.edited", Kind("thread", (NAMED,)))
    notifications.register("thread.started", Kind("thread", (NAMED, QUOTED, STARTED, ANY_STARTED), seen))
    notifications.register("post.reacted", Kind("thread", (REACTED,)))
    notifications.register("thread.locked", Kind("thread", (LOCKED,)))
    notifications.register("thread.concluded", Kind("thread", (CONCLUDED,)))


def published(post: Post, thread: Thread, mentions: Iterable[str]) -> None:
    """A post is told of: as a thread's first, or as a reply."""
    notifications.notify(
        kind="post.published" if post.number > 1 else "thread.started",
        actor=post.author,
        topic=thread.pk,
        community=thread.community_id,
        about=post.pk,
        at=post.published_at,
        named=sorted(mentions),
    )


def edited(post: Post, was: str, mentions: Iterable[str]) -> None:
    """Only to those whom it names since; `was`: its HTML before."""
    if named := sorted(name for name in mentions if f'data-member="{name}"' not in was):
        about: dict[str, Any] = {"topic": post.thread_id, "community": post.thread.community_id, "about": post.pk}
        notifications.notify(kind="post.edited", actor=post.author, **about, named=named)


def place(pk: int) -> str:
    return f"/posts/{pk}/"


def describe(pks: Iterable[int]) -> dict[int, Shown]:
    rows = Thread.objects.filter(pk__in=pks).only("title", "language")
    return {thread.pk: Shown(thread.get_absolute_url(), thread.title, thread.language) for thread in rows}


def seen(happening: Happening, member_ids: list[int]) -> set[int]:
    """Those who have read so far already, on a page that was open."""
    number = Post.objects.filter(pk=happening.about).values("number")[:1]
    marks = ReadMark.objects.filter(thread=happening.topic_id, member__in=member_ids, number__gte=number)
    return set(marks.values_list("member", flat=True))


def _standing(happening: Happening) -> "QuerySet[Post]":
    return Post.objects.standing().filter(pk=happening.about)


def _answered(happening: Happening) -> "QuerySet[Member]":
    answered = _standing(happening).filter(reply_to__deletion=None, reply_to__hiding=None)
    return Member.objects.filter(pk__in=answered.values("reply_to__author"))


def _quoted(happening: Happening) -> "QuerySet[Member]":
    quotes = PostQuote.objects.filter(post__in=_standing(happening), source__deletion=None, source__hiding=None)
    return Member.objects.filter(pk__in=quotes.values("source__author"))


def _named(happening: Happening) -> "QuerySet[Member]":
    """As a mention is printed: people of the community, and those who wrote in the thread."""
    usernames = happening.more.get("named", []) if _standing(happening).exists() else []
    inside = Q(memberships__community=happening.community_id)
    wrote = Q(pk__in=Post.objects.filter(thread=happening.topic_id).values("author"))
    return Member.objects.filter(inside | wrote, username__in=usernames).distinct()


def _followers(happening: Happening) -> "QuerySet[Member]":
    """Members who wrote in the thread, and whoever watches it."""
    wrote = Post.objects.filter(thread=happening.topic_id, deletion=None).values("author")
    writers = Member.objects.filter(pk__in=wrote, memberships__community=happening.community_id)
    watchers = followers("thread", happening.topic_id)
    return Member.objects.filter(Q(pk__in=writers.values("pk")) | Q(pk__in=watchers.values("pk")))


def _followed(happening: Happening) -> "QuerySet[Member]":
    return _followers(happening) if _standing(happening).exists() else Member.objects.none()


def _everything(happening: Happening) -> "QuerySet[Member]":
    people = choosers(happening.community_id, Level.EVERYTHING)
    return people if _standing(happening).exists() else people.none()


def _section(happening: Happening) -> "QuerySet[Member]":
    sections = Thread.objects.filter(pk=happening.topic_id, section__isnull=False).values("section")
    watching = Following.objects.filter(topic="section", topic_id__in=sections, how=Following.How.WATCH)
    people = Member.objects.filter(pk__in=watching.values("member"))
    return people if _standing(happening).exists() else people.none()


def _reacted(happening: Happening) -> "QuerySet[Member]":
    return Member.objects.filter(pk__in=_standing(happening).values("author"))


ANSWERED = Reason(
    "answered",
    _answered,
    lambda n: ngettext("%(n)d reply to you", "%(n)d replies to you", n) % {"n": n},
    Reach.DIRECT,
    place,
)
NAMED = Reason(
    "named",
    _named,
    lambda n: ngettext("you are mentioned", "you are mentioned %(n)d times", n) % {"n": n},
    Reach.DIRECT,
    place,
)
QUOTED = Reason(
    "quoted",
    _quoted,
    lambda n: ngettext("your words are quoted", "your words are quoted %(n)d times", n) % {"n": n},
    Reach.DIRECT,
    place,
)
FOLLOWED = Reason(
    "followed", _followed, lambda n: ngettext("%(n)d new reply", "%(n)d new replies", n) % {"n": n}, Reach.MINE, place
)
EVERY = Reason("followed", _everything, FOLLOWED.words, Reach.ANY, place)
STARTED = Reason("started", _section, lambda n: _("a new thread"))
ANY_STARTED = Reason("started", _everything, STARTED.words, Reach.ANY)
REACTED = Reason(
    "reacted",
    _reacted,
    lambda n: ngettext("%(n)d reaction to what you wrote", "%(n)d reactions to what you wrote", n) % {"n": n},
    Reach.MINE,
    place,
)
LOCKED = Reason("locked", _followers, lambda n: _("locked by the moderators"))
CONCLUDED = Reason("concluded", _followers, lambda n: _("a conclusion stands on top"))
