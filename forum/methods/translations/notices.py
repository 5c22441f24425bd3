"""What translations tell: the method's author that there is one, whoever translated that the card has moved on, or that
their translation was taken away."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import F, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import Member
from forum import notifications
from forum.methods.models import Method, MethodVersion
from forum.methods.translations.models import Translation, TranslationRemoval, TranslationState
from forum.notifications import Kind, Reach, Reason, Shown, Topic
from forum.notifications.models import Happening

Readers = Callable[[int, Iterable[int]], set[int]]


def register(readers: Readers) -> None:
    """`readers`: of a method."""
    standing, removals = Translation.objects.standing, TranslationRemoval.objects.all
    notifications.register_topic(
        "translation", Topic(Translation.objects.visible_to, _readers(readers, standing, "method"), _translations)
    )
    notifications.register_topic(
        "untranslated", Topic(_removals_of, _readers(readers, removals, "translation__method"), _removals)
    )
    notifications.register("method.translated", Kind("translation", (TRANSLATED, CHANGED)))
    notifications.register("translation.outdated", Kind("translation", (OUTDATED,)))
    notifications.register("translation.removed", Kind("untranslated", (REMOVED,)))


def translated(state: TranslationState, *, is_new: bool) -> None:
    """Made from the card as it is now, nobody has to look at it again."""
    translation, method = state.translation, state.translation.method
    if state.source.number == method.version:
        notifications.withdraw("translation.outdated", about=translation.pk)
    about: dict[str, Any] = {"topic": translation.pk, "community": method.community_id, "about": state.pk}
    notifications.notify(kind="method.translated", actor=state.translator, **about, at=state.at, new=is_new)


def outdated(version: MethodVersion) -> None:
    """The card says something new, its translations do not yet."""
    community = version.method.community_id
    for pk in Translation.objects.standing().filter(method=version.method_id).values_list("pk", flat=True):
        about: dict[str, Any] = {"topic": pk, "community": community, "about": pk}
        notifications.notify(kind="translation.outdated", actor=version.editor, **about, at=version.at)


def removed(removal: TranslationRemoval, method: Method) -> None:
    about: dict[str, Any] = {"topic": removal.pk, "community": method.community_id, "about": removal.pk}
    notifications.notify(kind="translation.removed", actor=removal.by, **about, at=removal.at)


def _readers(readers: Readers, rows: Callable[[], Any], method: str) -> Readers:
    def of(pk: int, member_ids: Iterable[int]) -> set[int]:
        found = rows().filter(pk=pk).values_list(method, flat=True).first()
        return readers(found, member_ids) if found else set()

    return of


def _removals_of(viewer: Any) -> "QuerySet[TranslationRemoval]":
    return TranslationRemoval.objects.filter(translation__method__in=Method.objects.visible_to(viewer))


def _translations(pks: Iterable[int]) -> dict[int, Shown]:
    rows = Translation.objects.filter(pk__in=pks)
    return {row.pk: Shown(row.get_absolute_url(), row.title, row.language) for row in rows}


def _removals(pks: Iterable[int]) -> dict[int, Shown]:
    rows = TranslationRemoval.objects.filter(pk__in=pks).select_related("translation__method")
    return {
        row.pk: Shown(
            row.translation.method.get_absolute_url(), row.translation.title, row.translation.language, row.reason
        )
        for row in rows
    }


def _author(*, is_new: bool) -> Callable[[Happening], "QuerySet[Member]"]:
    def author(happening: Happening) -> "QuerySet[Member]":
        rows = Translation.objects.filter(pk=happening.topic_id if happening.more.get("new") == is_new else 0)
        return Member.objects.filter(pk__in=rows.values("method__author"))

    return author


def _translators(happening: Happening) -> "QuerySet[Member]":
    """Of one that was made from an earlier version than the card's present one."""
    present = TranslationState.objects.present().filter(translation=happening.topic_id)
    behind = present.exclude(source__number=F("translation__method__version")).values("translation")
    states = TranslationState.objects.filter(translation__in=behind)
    return Member.objects.filter(pk__in=states.values("translator"))


def _translators_of_removed(happening: Happening) -> "QuerySet[Member]":
    states = TranslationState.objects.filter(translation__removal=happening.topic_id)
    return Member.objects.filter(pk__in=states.values("translator"))


TRANSLATED = Reason(
    "translated",
    _author(is_new=True),
    lambda _n: _("your method can be read in one more language"),
    Reach.DIRECT,
)
CHANGED = Reason(
    "retranslated",
    _author(is_new=False),
    lambda n: (
        ngettext("a translation of your method was changed", "a translation of your method was changed %(n)d times", n)
        % {"n": n}
    ),
)
OUTDATED = Reason(
    "outdated",
    _translators,
    lambda n: (
        ngettext(
            "the card has changed since you translated it",
            "the card has changed %(n)d times since you translated it",
            n,
        )
        % {"n": n}
    ),
)
REMOVED = Reason(
    "untranslated", _translators_of_removed, lambda _n: _("Your translation was taken away."), Reach.DECISION
)
