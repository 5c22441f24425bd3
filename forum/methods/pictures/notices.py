"""What the removal of a picture tells: whoever brought it, and the authors of the methods it is missing from."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from accounts.models import Member
from forum import notifications
from forum.methods.models import Method
from forum.methods.pictures.models import PictureGap, PictureRemoval
from forum.notifications import Kind, Reach, Reason, Shown, Topic
from forum.notifications.models import Happening

Readers = Callable[[int, Iterable[int]], set[int]]


def register(readers: Readers) -> None:
    """`readers`: of a method. Whoever brought the picture hears of it in any case; where it was, and why, is said to
    those who may read that method still."""

    def read(rows: Any, pk: int, member_ids: Iterable[int]) -> set[int]:
        method = rows.filter(pk=pk).values_list("method", flat=True).first()
        return readers(method, member_ids) if method else set()

    removals, gaps = PictureRemoval.objects.all(), PictureGap.objects.all()
    notifications.register_topic("picture", Topic(_seen(removals), lambda pk, ids: read(removals, pk, ids), _removals))
    notifications.register_topic("gap", Topic(_seen(gaps), lambda pk, ids: read(gaps, pk, ids), _gaps))
    notifications.register_topic(
        "gone", Topic(_unseen, lambda pk, ids: set(ids) - read(removals, pk, ids), _without_place)
    )
    notifications.register("picture.removed", Kind("picture", (REMOVED,)))
    notifications.register("picture.gone", Kind("gone", (REMOVED,)))
    notifications.register("picture.missing", Kind("gap", (MISSING,)))


def removed(removal: PictureRemoval, uploader: int) -> None:
    """By whom is said where it was decided, and nowhere else."""
    by, community = removal.by, removal.method.community_id
    about: dict[str, Any] = {"about": removal.pk, "at": removal.at}
    if uploader != removal.by_id:
        notifications.notify(
            kind="picture.removed", topic=removal.pk, actor=by, community=community, uploader=uploader, **about
        )
        notifications.notify(
            kind="picture.gone", topic=removal.pk, actor=None, community=None, uploader=uploader, **about
        )
    for gap in removal.gaps.select_related("method"):
        who: dict[str, Any] = {"actor": by if gap.is_told else None, "community": gap.method.community_id}
        told = [removal.by_id, uploader] if gap.is_told else [removal.by_id]
        notifications.notify(kind="picture.missing", topic=gap.pk, told=told, **who, **about)


def _seen(rows: Any) -> Callable[[Any], Any]:
    return lambda viewer: rows.filter(method__in=Method.objects.visible_to(viewer))


def _unseen(viewer: Any) -> "QuerySet[PictureRemoval]":
    return PictureRemoval.objects.exclude(method__in=Method.objects.visible_to(viewer))


def _removals(pks: Iterable[int]) -> dict[int, Shown]:
    rows = PictureRemoval.objects.filter(pk__in=pks).select_related("method")
    return {row.pk: _shown(row.method, row.reason) for row in rows}


def _gaps(pks: Iterable[int]) -> dict[int, Shown]:
    rows = PictureGap.objects.filter(pk__in=pks).select_related("method", "removal__method")
    return {gap.pk: _shown(gap.method, gap.removal.reason if gap.is_told else "") for gap in rows}


def _without_place(pks: Iterable[int]) -> dict[int, Shown]:
    return dict.fromkeys(pks, Shown("", _("A picture of yours")))


def _shown(method: Method, note: str) -> Shown:
    return Shown(f"/methods/{method.pk}/versions/", method.title, method.language, note)


def _uploader(happening: Happening) -> "QuerySet[Member]":
    return Member.objects.filter(pk=happening.more.get("uploader", 0))


def _author(happening: Happening) -> "QuerySet[Member]":
    authors = PictureGap.objects.filter(pk=happening.topic_id).values("method__author")
    return Member.objects.filter(pk__in=authors).exclude(pk__in=happening.more.get("told", []))


REMOVED = Reason(
    "picture-removed", _uploader, lambda _n: _("A picture you brought was removed everywhere."), Reach.DECISION
)
MISSING = Reason("picture-missing", _author, lambda _n: _("a picture was removed from your method"), Reach.DIRECT)
