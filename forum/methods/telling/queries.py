"""Where one may tell something, and the methods one may have tried."""

from typing import Any

from django.db.models import OuterRef, Subquery

from forum.communities.models import Community
from forum.communities.queries import by_name
from forum.methods import library
from forum.methods.models import Method
from forum.threads.models import ReadMark

MOST, LATEST = 20, 8


def places_of(member: Any) -> list[Community]:
    """The communities this member writes in, by name, with their `.member_count`."""
    rows = Community.objects.filter(memberships__member=member.pk, closing=None)
    return by_name(rows.with_member_count())


def found(member: Any, words: str) -> list[Method]:
    """The methods that fit the words, of those one may write about; without words, those met last."""
    own = Community.objects.filter(memberships__member=member.pk, closing=None)
    if words:
        rows = library.matching(member, library.Wanted(words=words)).order_by("-tries_count", "-published_at", "-pk")
    else:
        mark = ReadMark.objects.filter(thread=OuterRef("thread"), member_id=member.pk)
        rows = Method.objects.visible_to(member).annotate(met=Subquery(mark.values("at")[:1]))
        rows = rows.filter(met__isnull=False).order_by("-met", "-pk")
    return list(rows.filter(community__in=own).select_related("community")[: MOST if words else LATEST])
