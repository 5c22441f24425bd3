"""What methods tell their authors and those who used them."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Member
from forum import notifications
from forum.methods.models import Method, MethodVersion, Try
from forum.methods.pictures import notices as pictures
from forum.methods.translations import notices as translations
from forum.methods.vocabularies import Again
from forum.methods.wishes import notices as wishes
from forum.notifications import Kind, Reach, Reason, Shown, Topic
from forum.notifications.models import Happening


def register(readers: Callable[[int, Iterable[int]], set[int]]) -> None:
    notifications.register_topic("method", Topic(Method.objects.visible_to, readers, describe))
    notifications.register("try.told", Kind("method", (TRIED_HARD, TRIED)))
    notifications.register("method.adapted", Kind("method", (ADAPTED,)))
    notifications.register("method.revised", Kind("method", (REVISED,)))
    notifications.register("try.hidden", Kind("method", (HIDDEN,)))
    notifications.register("try.shown", Kind("method", (SHOWN,)))
    pictures.register(readers)
    translations.register(readers)
    wishes.register()


def tried(told: Try, method: Method, at: datetime | None = None) -> None:
    """A nameless try names nobody here either. `at`: it could be read again since."""
    actor = None if told.is_nameless else told.member
    about: dict[str, Any] = {"topic": method.pk, "community": method.community_id, "about": told.pk}
    notifications.notify(kind="try.told", actor=actor, **about, at=at or told.told_at)


def hidden(told: Try, by: Member) -> None:
    """To whoever told it; the author of the method has nothing to read any more."""
    untold(told)
    notifications.notify(kind="try.hidden", actor=by, **_about(told))


def shown(told: Try, by: Member) -> None:
    untold(told)
    notifications.notify(kind="try.shown", actor=by, **_about(told))
    tried(told, told.method, at=timezone.now())


def untold(told: Try) -> None:
    """Whatever was said of it is no longer so."""
    notifications.withdraw("try.told", "try.hidden", "try.shown", about=told.pk)


def _about(told: Try) -> dict[str, Any]:
    return {"topic": told.method_id, "community": told.method.community_id, "about": told.pk}


def adapted(method: Method) -> None:
    """Gathered under the new one: whoever may not see it hears nothing of it."""
    about: dict[str, Any] = {"topic": method.pk, "community": method.community_id, "about": method.pk}
    notifications.notify(kind="method.adapted", actor=method.author, **about, at=method.published_at)


def revised(version: MethodVersion) -> None:
    about: dict[str, Any] = {"topic": version.method_id, "community": version.method.community_id, "about": version.pk}
    notifications.notify(kind="method.revised", actor=version.editor, **about, at=version.at)
    translations.outdated(version)


def describe(pks: Iterable[int]) -> dict[int, Shown]:
    rows = Method.objects.filter(pk__in=pks).only("title", "language")
    return {method.pk: Shown(method.get_absolute_url(), method.title, method.language) for method in rows}


def place(pk: int) -> str:
    return f"/tries/{pk}/"


def unnamed(told: Try) -> None:
    """It is shown without a name from now on."""
    notifications.unname("try.told", topic=told.method_id, about=told.pk)


def _author_of_tried(again: Callable[[str], bool]) -> "Callable[[Happening], QuerySet[Member]]":
    def author(happening: Happening) -> "QuerySet[Member]":
        rows = Try.objects.filter(pk=happening.about, withdrawal=None, hiding=None)
        told = rows.select_related("method").first()
        if told is None or not again(told.again) or told.method.author_id == told.member_id:
            return Member.objects.none()
        return Member.objects.filter(pk=told.method.author_id)

    return author


def _author_of_parent(happening: Happening) -> "QuerySet[Member]":
    parents = Method.objects.filter(pk=happening.topic_id).values("parent__method__author")
    return Member.objects.filter(pk__in=parents)


def _users(happening: Happening) -> "QuerySet[Member]":
    """Whoever tried it or made a version of their own."""
    tries = Try.objects.filter(method=happening.topic_id, withdrawal=None, hiding=None).values("member")
    versions = Method.objects.filter(parent__method=happening.topic_id).values("author")
    return Member.objects.filter(Q(pk__in=tries) | Q(pk__in=versions))


def _teller(*, is_hidden: bool) -> "Callable[[Happening], QuerySet[Member]]":
    def teller(happening: Happening) -> "QuerySet[Member]":
        rows = Try.objects.filter(pk=happening.about, withdrawal=None, hiding__isnull=not is_hidden)
        return Member.objects.filter(pk__in=rows.values("member"))

    return teller


TRIED_HARD = Reason(
    "tried-hard",
    _author_of_tried(lambda again: again == Again.NO),
    lambda n: (
        ngettext(
            "Tried, and not what one group had hoped for. Thank you for sharing it: read what they noticed.",
            "Tried, and not what %(n)d groups had hoped for. Thank you for sharing it: read what they noticed.",
            n,
        )
        % {"n": n}
    ),
    Reach.DIRECT,
    place,
)
TRIED = Reason(
    "tried",
    _author_of_tried(lambda again: again != Again.NO),
    lambda n: ngettext("Your method was tried.", "Your method was tried %(n)d times.", n) % {"n": n},
    Reach.DIRECT,
    place,
)
ADAPTED = Reason(
    "adapted", _author_of_parent, lambda n: _("a version of its own, made from a method of yours"), Reach.DIRECT
)
REVISED = Reason(
    "revised",
    _users,
    lambda n: ngettext("a new version of a method you used", "%(n)d new versions of a method you used", n) % {"n": n},
    Reach.MINE,
)
HIDDEN = Reason(
    "try-hidden",
    _teller(is_hidden=True),
    lambda _n: _("The moderators hid what you told. You can read the reason on the page of the method."),
    Reach.DECISION,
)
SHOWN = Reason("try-shown", _teller(is_hidden=False), lambda _n: _("What you told can be read again."), Reach.DECISION)
