"""A picture taken out of everything for good: a promise to whoever is on it."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet, TextField
from django.db.models.functions import Cast
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes, text
from forum.drafts.pictures import fold_in_drafts
from forum.files.actions import delete_picture
from forum.files.models import Picture
from forum.methods import indexing, rules
from forum.methods.models import Method, MethodVersion
from forum.methods.pictures import notices
from forum.methods.pictures.models import PictureGap, PictureRemoval
from forum.methods.pictures.queries import pictures_of
from forum.methods.pictures.rules import may_remove, must_say_why
from forum.methods.translations.folding import fold_in_translations, showing
from forum.threads.folding import fold_in_posts, hold_posts
from forum.threads.steps import refuse, steady
from forum.web.errors import Refusal


@changes.writing()
def remove_picture(*, by: Member, method: Method, picture: UUID, reason: str = "") -> PictureRemoval:
    """From every version of every method in every language, every post, every draft; then its file. What
    can be seen in it stays as words where it stood in a text.

    Whoever shows it, in whatever community: their pages hear, and their methods say that a picture is missing.
    """
    steady(method.community_id)
    found = _showing(picture)
    said = showing(picture).values("translation__method")
    methods = Method.objects.filter(Q(pk__in=found.values("method")) | Q(pk__in=said))
    list(methods.select_for_update(no_key=True).order_by("pk").values_list("pk", flat=True))
    hold_posts(picture)
    held = Picture.objects.select_for_update().filter(pk=picture).first()
    if held is None or held.pk not in pictures_of(method):
        raise Refusal(_("This picture does not stand here any more."), field="picture")
    refuse(may_remove(by, method, held))
    if not reason.strip() and must_say_why(by, method, held):
        raise Refusal(_("Please say why, in one line."), field="reason")
    rules.check_pace(by)
    removal = PictureRemoval.objects.create(method=method, picture=picture, by=by, reason=reason)
    touched: dict[int, list[int]] = {}
    for version in found.order_by("method", "number"):
        _fold(version, str(picture))
        touched.setdefault(version.method_id, []).append(version.number)
    PictureGap.objects.bulk_create(
        PictureGap(removal=removal, method_id=pk, versions=numbers) for pk, numbers in touched.items()
    )
    notices.removed(removal, held.uploader_id)
    _fold_elsewhere(held, touched)
    return removal


def _fold_elsewhere(picture: Picture, touched: Iterable[int]) -> None:
    """`touched`: the methods whose versions showed it."""
    said = fold_in_translations(picture.pk)
    fold_in_drafts(picture.pk)
    fold_in_posts(picture.pk)
    delete_picture(picture)
    indexing.put({*touched, *said})
    for pk in sorted({*touched, *said}):  # the card is printed anew, whatever of it changed
        changes.record(f"method:{pk}", "method.revised", method=pk)


def _showing(picture: UUID) -> QuerySet[MethodVersion]:
    """The versions that show it or, as an address among what came with an import, name it."""
    rows = MethodVersion.objects.annotate(said=Cast("content", TextField()))
    named = Q(html__contains=str(picture)) | Q(said__icontains=str(picture))
    return rows.filter(pk__in=rows.filter(named).values("pk"))


def _fold(version: MethodVersion, pk: str) -> None:
    content = {key: value for key, value in version.content.items() if key not in {"pictures", "imported"}}
    told = text.Told(content.get("body", ""), content.get("body_format", "markdown"), version.html)
    told = text.without_pictures(told, {pk})
    if told.source:
        content["body"] = told.source
    if told.format == "html":
        content["body_format"] = told.format
    if pictures := [each for each in version.content.get("pictures", []) if each.get("id") != pk]:
        content["pictures"] = pictures
    if imported := _without(version.content.get("imported", {}), pk):
        content["imported"] = imported
    version.content, version.html = content, told.html
    version.save(update_fields=["content", "html"])


def _without(value: Any, pk: str) -> Any:
    """Of what came from elsewhere, the smallest row that names it goes whole."""
    if isinstance(value, list):
        return [_without(each, pk) for each in value if not _names(each, pk)]
    if isinstance(value, dict):
        return {key: _without(each, pk) for key, each in value.items() if not _names(each, pk)}
    return value


def _names(value: Any, pk: str) -> bool:
    if isinstance(value, dict):
        return any(isinstance(each, str) and pk in each.lower() for each in value.values())
    return isinstance(value, str) and pk in value.lower()
