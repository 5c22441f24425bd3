"""How somebody reports in the tests: over HTTP as people do, or by the action."""

import time
from typing import Any

from django.conf import settings
from django.http import HttpResponse
from django.test import Client

from accounts.models import Member
from forum.models import Post, Report
from forum.moderation.reports import actions, guards
from forum.moderation.subjects import subject_of


def address_of(row: Any) -> str:
    return f"{settings.SITE_URL}{row.get_absolute_url()}"


def stamp(seconds: int = 60) -> str:
    """Of a form that was opened so long ago."""
    return guards.new_stamp(time.time() - seconds).signed


def strangers(row: Any, **changed: Any) -> dict[str, Any]:
    """What somebody without an account fills in."""
    return {
        "address": address_of(row),
        "ground": "insult",
        "words": "It calls my neighbour names.",
        "name": "Nela Nowak",
        "email": "nela@elsewhere.example",
        "is_good_faith": "on",
        "stamp": stamp(),
        **changed,
    }


def send(browser: Client, fields: dict[str, Any], about: str = "") -> HttpResponse:
    return browser.post(f"/reports/new/{f'?about={about}' if about else ''}", fields)


def reported(post: Post, member: Member | None = None, ground: str = "insult", **fields: Any) -> tuple[Report, str]:
    """By the action; without a member by somebody without an account."""
    if member is None:
        fields = {"name": "Nela", "email": "nela@elsewhere.example", **fields}
    return actions.report(
        about=subject_of("post", post),
        ground=ground,
        words="Zqwords of the report",
        address=address_of(post),
        member=member,
        language="en",
        is_good_faith=True,
        **fields,
    )
