"""Which pictures may stand in a card: one's own, those that stood in it before, and what others gave away."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from forum import text
from forum.files.models import Picture
from forum.methods.card import Card, CardPicture
from forum.methods.models import Method, MethodPicture, MethodVersion
from forum.methods.pictures import may_be_reused, may_be_shown
from forum.text import Cleaned
from forum.web.errors import Refusal


@dataclass(frozen=True)
class LeftBehind:
    """A picture that does not come along into somebody else's version: what can be seen in it, and why."""

    alt: str
    why: str


def own(ids: Iterable[str], member: Any) -> set[str]:
    """Those of the pictures that this member brought. What is no id, and what is gone, is nobody's."""
    rows = Picture.objects.filter(pk__in=as_ids(ids), uploader_id=member.pk)
    return {str(pk) for pk in rows.values_list("pk", flat=True)}


def as_ids(words: Iterable[str]) -> set[UUID]:
    found = set()
    for each in words:
        try:
            found.add(UUID(each))
        except ValueError:
            continue
    return found


def settled(
    card: Card,
    body: Cleaned | None,
    *,
    editor: Any,
    method: Method | None = None,
    before: Iterable[CardPicture] = (),
    given: Iterable[str] = (),
) -> tuple[Card, Cleaned | None]:
    """The card as it may be kept. Called inside `changes.writing()`; raises Refusal for people who did not agree.

    `before`: pictures of others that may stand in it, under the rights they have; `method`: what stood in its text
    before may stay; `given`: ids that came with somebody's yes. Whatever else it names is left out, the same for what
    was removed meanwhile, is somebody else's, or never was.
    """
    named = {each.id for each in card.pictures} | set(body.pictures if body else ())
    if not named:
        return card, body
    # Held until this is kept: a sweep of unused ones, or a removal, waits or was first.
    rows = Picture.objects.select_for_update(no_key=True).filter(pk__in=as_ids(named)).order_by("pk")
    uploaders = {str(pk): uploader for pk, uploader in rows.values_list("pk", "uploader_id")}
    mine = {pk for pk, uploader in uploaders.items() if uploader == editor.pk}
    others = {each.id: each for each in before if each.id in uploaders}
    stated: dict[str, CardPicture] = {}
    for each in card.pictures:
        if each.id in mine:
            stated.setdefault(each.id, each)
        elif each.id in others:
            stated.setdefault(each.id, replace(others[each.id], alt=each.alt))
    if not all(may_be_shown(each) for each in stated.values()):
        words = _("A picture in which people can be recognised is shown only when they agreed.")
        raise Refusal(words, field="pictures")
    card = replace(card, pictures=tuple(stated.values()))
    stood = MethodPicture.objects.filter(version__method=method) if method else MethodPicture.objects.none()
    may_stand = mine | {*given, *(str(pk) for pk in stood.values_list("picture", flat=True))} & set(uploaders)
    if body and (folded := set(body.pictures) - may_stand):
        body = text.cleaned_without(body, folded)
        card = replace(card, body=body.source, body_format=body.format)
    return card, body


def carried(version: MethodVersion, member: Any) -> tuple[Card, list[LeftBehind]]:
    """What this member's version of it begins with, and the pictures that stay behind."""
    card, in_text = version.card, text.pictures_in(version.html)
    mine = own([*in_text, *(each.id for each in card.pictures)], member)
    kept = tuple(each for each in card.pictures if each.id in mine or may_be_reused(each))
    left = {each.id: LeftBehind(each.alt, _why(each)) for each in card.pictures if each not in kept}
    for pk, alt in in_text.items():
        if pk not in mine:
            left.setdefault(pk, LeftBehind(alt, _("Pictures in the text stay with those who put them there.")))
    told = text.Told(card.body, card.body_format, version.html)
    told = text.without_pictures(told, set(in_text) - mine)
    imported = {key: value for key, value in card.imported.items() if key != "pictures"}
    card = replace(card, pictures=kept, body=told.source, body_format=told.format, imported=imported)
    return card, list(left.values())


def _why(picture: CardPicture) -> str:
    if picture.people:
        return _("The people in it agreed to be shown there, and nowhere else.")
    return _("It may be shown only there.")


def reusable(version: MethodVersion) -> list[CardPicture]:
    return [each for each in version.card.pictures if may_be_reused(each)]
