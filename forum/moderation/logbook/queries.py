"""The log as its pages show it. What one may not see is not named, and of what concerns oneself one learns nothing that
the statement of reasons does not say: neither who decided nor that there was a report."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from accounts.models import Member
from forum.communities.models import Audience, Community, Role
from forum.files.models import Picture
from forum.log.models import LogEntry
from forum.moderation import who
from forum.moderation.logbook.labels import PUBLIC
from forum.moderation.logbook.naming import Named, named
from forum.moderation.reports.models import Level, Report

A_PAGE = 50
LAST_PAGE = 10_000
MINE = ("thread__author", "post__author", "method__author", "told__member", "person")
OPEN = ("thread", "post__thread", "method__thread", "told__method__thread")


@dataclass(frozen=True)
class Page:
    """`more`: is there an older page?"""

    entries: list[Named]
    number: int
    more: bool


@dataclass(frozen=True)
class Wish:
    """What the moderators' log is narrowed to; empty: everything. `about`: {column: id}."""

    kind: str = ""
    person: str = ""
    about: tuple[str, Any] | None = None
    community: Community | None = None
    since: Any = None
    until: Any = None


def public_log(viewer: Any, community: Community, number: int) -> Page:
    """`community` as loaded for the viewer, with `.my_role`."""
    rows = LogEntry.objects.filter(community=community, kind__in=PUBLIC)
    if community.my_role is None:
        anyone = Q(house__isnull=False)
        for path in OPEN:
            anyone |= Q(**{f"{path}__audience": Audience.ANYONE})
        rows = rows.filter(anyone)
    return _page(viewer, rows, number)


def moderators_log(viewer: Member, wish: Wish, number: int) -> Page:
    rows = _narrowed(_entries_for(viewer), wish)
    return _page(viewer, rows, number, with_people=True)


def concerns(viewer: Any, prefix: str = "") -> Q:
    """Things of theirs, and themselves, in the columns of `Targeted` behind `prefix`."""
    found = Q(**{f"{prefix}picture__in": Picture.objects.filter(uploader=viewer).values("pk")})
    for path in MINE:
        found |= Q(**{f"{prefix}{path}": viewer})
    return found


def _entries_for(viewer: Member) -> "QuerySet[LogEntry]":
    rows = LogEntry.objects.all()
    if not viewer.is_staff:
        rows = rows.filter(community__in=who.moderated_by(viewer).values("pk"))
    reported = Exists(Report.objects.filter(case=OuterRef("case"), member=viewer))
    is_named = Q(case__post__html__contains=f'data-member="{viewer.username}"')
    of_cases = ~concerns(viewer, "case__") & ~Q(reported) & ~is_named & _judged_at(viewer)
    return rows.filter(Q(by=viewer) | ~concerns(viewer)).filter(Q(case=None) | of_cases)


def _judged_at(viewer: Member) -> Q:
    """Cases that have not climbed past the viewer."""
    if viewer.is_staff:
        return Q()
    stewarded = viewer.memberships.filter(role=Role.STEWARD).values("community")
    return Q(case__level=Level.MODERATORS) | Q(case__level=Level.STEWARDS, case__community__in=stewarded)


def _narrowed(rows: "QuerySet[LogEntry]", wish: Wish) -> "QuerySet[LogEntry]":
    if wish.kind:
        rows = rows.filter(kind=wish.kind)
    if wish.person:
        rows = rows.filter(Q(by__username__iexact=wish.person) | Q(person__username__iexact=wish.person))
    if wish.about:
        column, pk = wish.about
        rows = rows.filter(**{column: pk})
    if wish.community:
        rows = rows.filter(community=wish.community)
    if wish.since:
        rows = rows.filter(at__gte=wish.since)
    if wish.until:
        rows = rows.filter(at__lt=wish.until)
    return rows


def _page(viewer: Any, rows: "QuerySet[LogEntry]", number: int, *, with_people: bool = False) -> Page:
    number = min(max(number, 1), LAST_PAGE)
    start = (number - 1) * A_PAGE
    rows = rows.select_related("by", "community", "house").annotate(undone_at=F("undone_by__at"))
    found = list(rows.order_by("-at", "-pk")[start : start + A_PAGE + 1])
    entries: Iterable[LogEntry] = found[:A_PAGE]
    return Page(named(viewer, entries, with_people=with_people), number, len(found) > A_PAGE)
