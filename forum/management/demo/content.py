"""Reads the demo's words: members.toml, communities.toml and threads/*.toml.

How a thread is written down: see the head of threads/art-first-meeting.toml.
"""

import re
import tomllib
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

HERE = Path(__file__).parent
CLOCK = ZoneInfo("Europe/Warsaw")
#: The accounts a visitor of the demo may use; the others are company.
NAMED = ("animator", "neighbour", "city", "steward", "moderator", "outsider", "admin")
#: Who holds a role in all five communities.
ROLES = ("steward", "moderator")


@dataclass(frozen=True)
class Letter:
    """One post: `to` is the number it answers, `reactions` {kind: [keys of members]}, `edited` (when, new text)."""

    number: int
    by: str
    at: datetime
    text: str
    language: str
    to: int | None
    reactions: dict[str, list[str]]
    edited: tuple[datetime, str] | None
    deleted: bool


@dataclass(frozen=True)
class Story:
    """One thread: `pinned` and `locked` are {by, reason}, `slowed` has minutes as well; `concluded` is {by, text} or
    {by, post: its number}; `read` {key of a member: number read up to}."""

    community: str
    title: str
    language: str
    section: str
    pinned: dict[str, str] | None
    locked: dict[str, str] | None
    slowed: dict[str, Any] | None
    concluded: dict[str, Any] | None
    read: dict[str, int]
    letters: list[Letter]


def members() -> dict[str, dict[str, Any]]:
    return tomllib.loads((HERE / "members.toml").read_text(encoding="utf-8"))


def communities() -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = tomllib.loads((HERE / "communities.toml").read_text(encoding="utf-8"))["community"]
    return found


def stories(now: datetime) -> list[Story]:
    """The threads as they would stand at `now`, the oldest first."""
    found = []
    for path in sorted((HERE / "threads").glob("*.toml")):
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        found += [_story(data["community"], thread, now) for thread in data["thread"]]
    return sorted(found, key=lambda story: story.letters[0].at)


def _story(community: str, thread: dict[str, Any], now: datetime) -> Story:
    letters = [_letter(number, post, thread, now) for number, post in enumerate(thread["post"], start=1)]
    return Story(
        community=community,
        title=thread["title"],
        language=thread["language"],
        section=thread["section"],
        pinned=thread.get("pinned"),
        locked=thread.get("locked"),
        slowed=thread.get("slowed"),
        concluded=thread.get("concluded"),
        read=thread.get("read", {}),
        letters=letters,
    )


def _letter(number: int, post: dict[str, Any], thread: dict[str, Any], now: datetime) -> Letter:
    at = moment(post["ago"], now)
    edited = post.get("edited")
    return Letter(
        number=number,
        by=post["by"],
        at=at,
        text=post["text"].strip(),
        language=post.get("language", thread["language"]),
        to=post.get("to"),
        reactions=post.get("reactions", {}),
        edited=(at + _span(edited["after"]), edited["text"].strip()) if edited else None,
        deleted=post.get("deleted", False),
    )


def moment(ago: str, now: datetime) -> datetime:
    """ "12d 09:30" is twelve days ago at half past nine in Warsaw; "40m" and "3h" are that long before now."""
    days, _, clock = ago.partition(" ")
    if not clock:
        return now - _span(ago)
    day = now.astimezone(CLOCK).date() - timedelta(days=int(days.removesuffix("d")))
    return datetime.combine(day, time.fromisoformat(clock), CLOCK)


def _span(words: str) -> timedelta:
    found = re.fullmatch(r"(\d+)([hm])", words)
    if found is None:
        raise ValueError(f"no length of time: {words!r}")
    return timedelta(**{{"h": "hours", "m": "minutes"}[found[2]]: int(found[1])})
