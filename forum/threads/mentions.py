"""Mentions: whom one can name here, and how a name is printed."""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from accounts.models import Member
from forum import drafts
from forum.communities.models import Community, Membership
from forum.threads.models import Post, Thread

MOST = 8


def resolve_members(posts: Iterable[Any], usernames: set[str]) -> dict[str, tuple[str, str]]:
    """username -> (name as it is now, address), of people of the page's community and of those who wrote in its thread.

    Anybody else is absent and prints as it was typed: else a preview would tell who has an account here.
    """
    thread = getattr(next(iter(posts)), "thread", None)
    if thread is None:
        return {}
    inside = Membership.objects.filter(community=thread.community_id).values("member")
    wrote = Post.objects.filter(thread=thread.pk).values("author")
    rows = Member.objects.filter(Q(pk__in=inside) | Q(pk__in=wrote), username__in=usernames)
    return {member.username: (str(member), member.get_absolute_url()) for member in rows}


def suggest(viewer: Member, place: str, words: str) -> list[tuple[str, str, str]]:
    """(username, name, role line) of members of the place's community whose name has a word that begins so."""
    community = _community_of(viewer, place)
    if community is None or not words.strip():
        return []
    begins = (
        Q(display_name__istartswith=words) | Q(display_name__icontains=f" {words}") | Q(username__istartswith=words)
    )
    inside = Membership.objects.filter(community=community).values("member")
    rows = Member.objects.filter(begins, pk__in=inside, is_active=True).order_by("display_name")[:MOST]
    return [(member.username, str(member), _line(viewer, member)) for member in rows]


def _line(viewer: Member, member: Member) -> str:
    """The viewer shares a community with them: shown unless they show it to nobody."""
    hidden = member.profile_readers == Member.ProfileReaders.NOBODY and member.pk != viewer.pk
    return "" if hidden else member.role_line


def _community_of(viewer: Member, place: str) -> Community | None:
    """Whose names may be suggested: only to its own members, so that nobody can list a community from outside."""
    kind, _, pk = place.partition(":")
    mine = Community.objects.filter(memberships__member=viewer)
    if kind == "community":
        return mine.filter(pk=pk).first()
    if kind == "thread":
        return mine.filter(threads__in=Thread.objects.filter(pk=pk)).first()
    if kind == "post":
        own = Post.objects.filter(pk=pk, author=viewer).values("thread")
        return mine.filter(threads__in=Thread.objects.filter(pk__in=own)).first()
    standing = drafts.where_is(viewer, place)
    return mine.filter(pk=standing.thread.community_id).first() if standing and standing.thread else None
