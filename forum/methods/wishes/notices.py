"""What wishes tell: the post's author that somebody asks, whoever asked what the author said, and the author once more
when the card is there."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Member
from forum import notifications
from forum.methods.models import Method
from forum.methods.wishes.models import CardSource, CardWish
from forum.notifications import Kind, Reach, Reason, Shown, Topic
from forum.notifications.models import Happening
from forum.threads import streams as threads


def register() -> None:
    notifications.register_topic("wish", Topic(CardWish.objects.visible_to, _readers, _describe))
    notifications.register("wish.asked", Kind("wish", (ASKED,)))
    notifications.register("wish.granted", Kind("wish", (GRANTED,)))
    notifications.register("wish.declined", Kind("wish", (DECLINED,)))
    notifications.register("card.made", Kind("method", (MADE,)))


def asked(wish: CardWish) -> None:
    notifications.notify(kind="wish.asked", actor=wish.member, **_about(wish), about=wish.pk, at=wish.at)


def answered(wish: CardWish) -> None:
    """The post is what the yes leads to."""
    kind = "wish.granted" if wish.answer == CardWish.Answer.YES else "wish.declined"
    author = wish.post.author
    notifications.notify(kind=kind, actor=author, **_about(wish), about=wish.post_id, at=wish.answered_at)


def made(method: Method) -> None:
    about: dict[str, Any] = {"topic": method.pk, "community": method.community_id, "about": method.pk}
    notifications.notify(kind="card.made", actor=method.author, **about, at=method.published_at)


def fell(wish: CardWish) -> None:
    """Nothing comes of it any more."""
    notifications.withdraw("wish.asked", about=wish.pk)
    notifications.withdraw("wish.granted", "wish.declined", about=wish.post_id)


def _about(wish: CardWish) -> dict[str, Any]:
    return {"topic": wish.pk, "community": wish.post.thread.community_id}


def _readers(pk: int, member_ids: Iterable[int]) -> set[int]:
    """Its two people, while it stands and they may read the post."""
    rows = CardWish.objects.standing().filter(pk=pk).values_list("member", "post__author", "post__thread")
    for asker, author, thread in rows:
        return threads.readers(thread, {asker, author}.intersection(member_ids))
    return set()


def _describe(pks: Iterable[int]) -> dict[int, Shown]:
    rows = CardWish.objects.filter(pk__in=pks).select_related("post__thread")
    return {wish.pk: Shown(wish.get_absolute_url(), wish.post.thread.title, wish.post.thread.language) for wish in rows}


def _author(happening: Happening) -> "QuerySet[Member]":
    rows = CardWish.objects.standing().waiting().filter(pk=happening.topic_id)
    return Member.objects.filter(pk__in=rows.values("post__author"))


def _asker(answer: str) -> Callable[[Happening], "QuerySet[Member]"]:
    def asker(happening: Happening) -> "QuerySet[Member]":
        rows = CardWish.objects.standing().filter(pk=happening.topic_id, answer=answer)
        return Member.objects.filter(pk__in=rows.values("member"))

    return asker


def _author_of_source(happening: Happening) -> "QuerySet[Member]":
    rows = CardSource.objects.filter(method=happening.topic_id, post__deletion=None, post__hiding=None)
    return Member.objects.filter(pk__in=rows.values("post__author"))


ASKED = Reason(
    "wish-asked", _author, lambda _n: _("a question for you: may a card be made of your post?"), Reach.DIRECT
)
GRANTED = Reason(
    "wish-granted",
    _asker(CardWish.Answer.YES),
    lambda _n: _("the answer is yes: you can make a card of this post"),
    Reach.DIRECT,
    lambda pk: f"/posts/{pk}/card/",
)
DECLINED = Reason(
    "wish-declined",
    _asker(CardWish.Answer.NO),
    lambda _n: _("Thank you for asking. The author would rather leave this post without a card."),
    Reach.DIRECT,
)
MADE = Reason("card-made", _author_of_source, lambda _n: _("a card was made of your post"), Reach.DIRECT)
