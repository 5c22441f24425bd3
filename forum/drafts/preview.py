"""A text as it will be published, before it is."""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.http import Http404

from forum import text
from forum.drafts import registry


@dataclass
class Unpublished:
    """Stands in for a post where placeholders are filled: resolvers look at the thread it will stand in."""

    html: str
    thread: Any
    pk: None = None
    filled: str = ""


#: A thread that is nowhere: what may be quoted in front of anyone, and nothing else.
NOWHERE = SimpleNamespace(pk=0, audience="anyone", community_id=0, community=SimpleNamespace(audience="anyone"))


def fill_anywhere(html: str) -> str:
    """The same for a text that is only shown to its writer; quotes of closed places fold."""
    unpublished = Unpublished(html, NOWHERE)
    text.fill([unpublished])
    return unpublished.filled


def fill_preview(html: str, *, member: Any, place: str) -> str:
    """Cleaned HTML with quotes and mentions as they will stand there. Http404 where the member may not write."""
    standing = registry.where_is(member, place)
    if standing is None:
        raise Http404
    unpublished = Unpublished(html, standing.thread)
    text.fill([unpublished])
    return unpublished.filled
