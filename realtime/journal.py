"""What the hub asks of the database. Everything here blocks and runs on the pages' threads."""

import logging
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.utils import timezone

from forum.changes.documents import may_follow, news
from forum.changes.models import Stream
from forum.changes.registry import find
from realtime.sockets import Frame, Socket, frame

log = logging.getLogger(__name__)
AT_ONCE = 50  # changes a frame; with more, the page fetches

SessionStore = import_module(settings.SESSION_ENGINE).SessionStore


@dataclass(frozen=True)
class Joined:
    head: int
    frame: Frame | None


@dataclass(frozen=True)
class Delivery:
    """`frames` by language; `readers`: the members who may have them, None for anyone at all."""

    head: int
    frames: dict[str, Frame]
    readers: set[int] | None


@dataclass(frozen=True)
class Look:
    heads: dict[str, int]
    passwords: dict[int, str]
    sessions: set[str]

    def still_signed_in(self, socket: Socket) -> bool:
        """Active, with the password the session was opened with, and the session neither ended nor expired."""
        same = self.passwords.get(socket.member or 0) == socket.viewer.password
        return same and (socket.session_key is None or socket.session_key in self.sessions)


def join(viewer: Any, stream: str, since: int, language: str) -> Joined | None:
    if not may_follow(viewer, stream):
        return None
    new = news(stream, since)
    if new.head == since:
        return Joined(new.head, None)
    if len(new.changes) > AT_ONCE:
        return Joined(new.head, frame(type="head", stream=stream, head=new.head))
    return Joined(new.head, frame(type="changes", **new.document(language)))


def prepare(stream: str, since: int, languages: Iterable[str], members: Collection[int]) -> Delivery:
    """What is new, rendered once a language; then the rule, asked once and last, for all the followers."""
    new, found = news(stream, since), find(stream)
    if new.head <= since or found is None:
        return Delivery(since, {}, None)
    follow, pk = found
    frames = dict.fromkeys(languages, frame(type="head", stream=stream, head=new.head))
    if not new.gap and len(new.changes) <= AT_ONCE:
        try:
            frames = {language: frame(type="changes", **new.document(language)) for language in languages}
        except Exception:
            log.exception("%s from %s to %s does not render; the pages are told the number", stream, since, new.head)
    return Delivery(new.head, frames, None if follow.is_open(pk) else follow.readers(pk, members))


def lost(viewer: Any, streams: Iterable[str]) -> list[str]:
    return [stream for stream in streams if not may_follow(viewer, stream)]


def look(streams: Collection[str], members: Collection[int], sessions: Collection[str]) -> Look:
    """One query each for the heads, the members and the sessions of this whole process."""
    heads = dict(Stream.objects.filter(key__in=streams).values_list("key", "head")) if streams else {}
    if not members:
        return Look(heads, {}, set())
    active = get_user_model().objects.filter(pk__in=members, is_active=True)
    alive = SessionStore.get_model_class().objects.filter(session_key__in=sessions, expire_date__gt=timezone.now())
    return Look(heads, dict(active.values_list("pk", "password")), set(alive.values_list("session_key", flat=True)))
