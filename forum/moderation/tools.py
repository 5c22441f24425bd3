"""What the pages around the desk share: whose communities they are about, and which of them one has."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse

from accounts.factors import second_factor_required
from accounts.models import Member
from forum.communities.models import Community, Role

View = Callable[..., HttpResponse]


def stewarded_by(member: Member) -> "QuerySet[Community]":
    """Of an administrator: every community."""
    if member.is_staff:
        return Community.objects.all()
    mine = member.memberships.filter(role=Role.STEWARD)
    return Community.objects.filter(pk__in=mine.values("community"))


def tools_of(member: Member, here: str) -> dict[str, Any]:
    """The context moderation/_tools_head.html needs beside `title`."""
    return {"here": here, "tools": {"steward": member.is_staff or stewarded_by(member).exists()}}


def _guarded(view: View, passes: Callable[[Any], bool]) -> View:
    @wraps(view)
    def page(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not passes(request.user):
            raise Http404
        return second_factor_required(view)(request, *args, **kwargs)

    return login_required(page)


def stewards_only(view: View) -> View:
    """For stewards of any community and administrators; 404 for others, signed out to sign in first."""
    return _guarded(view, lambda member: member.is_staff or stewarded_by(member).exists())


def administrators_only(view: View) -> View:
    return _guarded(view, lambda member: member.is_staff)
