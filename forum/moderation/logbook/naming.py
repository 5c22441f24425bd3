"""What the entries of the log are about, named as far as the viewer may see it: a query a kind of thing."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import Member
from forum.log.models import LogEntry
from forum.methods.models import Method, Try
from forum.moderation.logbook.labels import OF_HIDING, label
from forum.threads.models import Post, Thread

#: (address, title, language)
Name = tuple[str, str, str]


@dataclass(frozen=True)
class Named:
    """`title` empty: a thing the viewer may not see, or no more. `reason`: only with the thing, or of its hiding."""

    entry: LogEntry
    url: str = ""
    title: str = ""
    language: str = ""
    reason: str = ""

    @property
    def label(self) -> str:
        return label(self.entry.kind)


def named(viewer: Any, entries: Iterable[LogEntry], *, with_people: bool) -> list[Named]:
    """`with_people`: for moderators, who also read the reason of what they cannot see any more."""
    entries = list(entries)
    names = _names(viewer, entries, with_people=with_people)
    found = []
    for entry in entries:
        url, title, language = names.get((entry.logged_kind, _pk(entry)), ("", "", ""))
        is_told = bool(title) or with_people or entry.kind in OF_HIDING
        found.append(Named(entry, url, title, language, entry.words if is_told else ""))
    return found


def _pk(entry: LogEntry) -> Any:
    return entry.picture if entry.logged_kind == "picture" else getattr(entry, f"{entry.logged_kind}_id")


def _names(viewer: Any, entries: list[LogEntry], *, with_people: bool) -> dict[tuple[str, Any], Name]:
    wanted: dict[str, set[Any]] = {}
    for entry in entries:
        wanted.setdefault(entry.logged_kind, set()).add(_pk(entry))
    names: dict[tuple[str, Any], Name] = {}
    for kind, find in _FINDERS.items():
        if pks := wanted.get(kind):
            names |= {(kind, pk): name for pk, name in find(viewer, pks).items()}
    for entry in entries:
        if entry.house:
            names["house", entry.house_id] = (entry.house.get_absolute_url(), entry.house.name, "")
    if with_people:
        names |= {("person", pk): name for pk, name in _people(wanted.get("person", set())).items()}
        names |= {("case", pk): (f"/moderation/cases/{pk}/", _case(pk), "") for pk in wanted.get("case", ())}
    return names


def _case(pk: int) -> str:
    return _("Case %(number)s") % {"number": pk}


def _threads(viewer: Any, pks: set[int]) -> dict[int, Name]:
    rows = Thread.objects.visible_to(viewer).filter(pk__in=pks)
    return {row.pk: (row.get_absolute_url(), row.title, row.language) for row in rows}


def _posts(viewer: Any, pks: set[int]) -> dict[int, Name]:
    """By their threads: a hidden post is still a place in one."""
    rows = Post.objects.filter(pk__in=pks, thread__in=Thread.objects.visible_to(viewer)).select_related("thread")
    return {row.pk: (row.get_absolute_url(), f"{row.thread.title} · {row.number}", row.thread.language) for row in rows}


def _methods(viewer: Any, pks: set[int]) -> dict[int, Name]:
    rows = Method.objects.visible_to(viewer).filter(pk__in=pks)
    return {row.pk: (row.get_absolute_url(), row.title, row.language) for row in rows}


def _tries(viewer: Any, pks: set[int]) -> dict[int, Name]:
    methods = Method.objects.visible_to(viewer)
    rows = Try.objects.filter(pk__in=pks, method__in=methods).select_related("method")
    return {row.pk: (row.method.get_absolute_url(), row.method.title, row.method.language) for row in rows}


def _people(pks: set[int]) -> dict[int, Name]:
    return {row.pk: (row.get_absolute_url(), row.display_name, "") for row in Member.objects.filter(pk__in=pks)}


_FINDERS: dict[str, Any] = {"thread": _threads, "post": _posts, "method": _methods, "told": _tries}
