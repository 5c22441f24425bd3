"""A plan as one person sees it: times derived, and nothing in it of a method they may not read."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings

from forum.methods.models import Method, MethodVersion
from forum.plans import queries, rules, timing
from forum.plans.models import Plan
from forum.plans.outline import Block, Outline

METHOD, OWN, BREAK, FOLDED = "method", "own", "break", "folded"
DAY = 24 * 60


@dataclass(frozen=True)
class SeenBlock:
    """`kind` is one of the four above. Of a folded one there is the time it takes, and nothing else.

    `begin` and `end` are minutes from the beginning of the session.
    """

    place: int
    kind: str
    minutes: int | None
    track: str
    begin: int
    clock: str
    title: str = ""
    language: str = ""  # of the method; one's own parts are in the plan's
    who: str = ""
    text: str = ""
    note: str = ""
    version: MethodVersion | None = None

    @property
    def end(self) -> int:
        return self.begin + (self.minutes or 0)

    @property
    def is_break(self) -> bool:
        return self.kind == BREAK

    @property
    def method(self) -> Method | None:
        return self.version.method if self.version else None

    @property
    def url(self) -> str:
        return self.method.get_absolute_url() if self.method else ""

    @property
    def newer(self) -> int | None:
        """The number of the method's present version, when this is not it."""
        if self.version is None or self.version.method.version == self.version.number:
            return None
        return self.version.method.version


@dataclass(frozen=True)
class SeenTrack:
    letter: str
    blocks: list[SeenBlock]


@dataclass(frozen=True)
class SeenStretch:
    """Blocks of the same time: one track with one block, or several beside each other."""

    begin: int
    end: int
    clock: str
    tracks: list[SeenTrack]

    @property
    def is_parallel(self) -> bool:
        return len(self.tracks) > 1

    @property
    def minutes(self) -> int:
        return self.end - self.begin


@dataclass
class Seen:
    plan: Plan
    outline: Outline
    number: int
    blocks: list[SeenBlock]
    plans_along: bool
    planners: list[Any] = field(default_factory=list)

    @cached_property
    def sum(self) -> timing.Sum:
        return timing.together(self.outline.blocks)

    @cached_property
    def stretches(self) -> list[SeenStretch]:
        return [
            SeenStretch(
                line.begin,
                line.end,
                self.clock(line.begin),
                [SeenTrack(letter, [self.blocks[place] for place in places]) for letter, places in line.tracks],
            )
            for line in timing.stretches(self.outline.blocks)
        ]

    @property
    def folded(self) -> int:
        return sum(block.kind == FOLDED for block in self.blocks)

    @property
    def zone(self) -> ZoneInfo:
        return zone_of(self.outline)

    @property
    def begins(self) -> datetime | None:
        return beginning(self.outline)

    @property
    def ends(self) -> str:
        return self.clock(self.sum.total)

    @property
    def is_over(self) -> bool:
        """Is its day here, or past?"""
        return self.outline.day is not None and self.outline.day <= datetime.now(self.zone).date()

    def clock(self, minutes: int) -> str:
        return clock(self.outline, minutes)


def zone_of(outline: Outline) -> ZoneInfo:
    return ZoneInfo(outline.zone or settings.TIME_ZONE)


def beginning(outline: Outline) -> datetime | None:
    """The moment it begins, when day and hour are stated."""
    return datetime.combine(outline.day, outline.starts, zone_of(outline)) if outline.day and outline.starts else None


def clock(outline: Outline, minutes: int) -> str:
    """ "10:40" where the hour of the beginning is stated, else hours and minutes from it: "0:40"."""
    if begins := beginning(outline):
        then = begins.astimezone(UTC) + timedelta(minutes=minutes)  # a clock may be put back meanwhile
        return then.astimezone(zone_of(outline)).strftime("%H:%M")
    if outline.starts:
        at = outline.starts.hour * 60 + outline.starts.minute + minutes
        return f"{at % DAY // 60:02}:{at % 60:02}"
    return f"{minutes // 60}:{minutes % 60:02}"


def seen(plan: Plan, viewer: Any) -> Seen:
    """The present revision, for this viewer (or AnonymousUser): three queries."""
    revision = queries.load_revision(plan)
    outline = revision.outline
    along = queries.planners(plan)
    is_planner = bool(viewer.is_authenticated) and viewer.pk in {plan.owner_id, *(each.pk for each in along)}
    versions = queries.versions_seen(viewer, outline.versions)
    starts = {place: at for line in timing.stretches(outline.blocks) for place, at in line.starts.items()}
    times = [{"place": place, "begin": at, "clock": clock(outline, at)} for place, at in sorted(starts.items())]
    blocks = [_block(block, time, versions) for block, time in zip(outline.blocks, times, strict=True)]
    if not is_planner:
        blocks = [replace(block, note="") for block in blocks]
    return Seen(plan, outline, revision.number, blocks, is_planner, along)


def _block(block: Block, time: dict[str, Any], versions: dict[int, MethodVersion]) -> SeenBlock:
    time = {**time, "minutes": block.minutes, "track": block.track}
    said: dict[str, Any] = {"who": block.who, "text": block.text, "note": block.note}
    if block.version is None:
        kind = BREAK if block.is_break else OWN
        return SeenBlock(kind=kind, title=block.title, **time, **said)
    version = versions.get(block.version)
    if version is None:
        return SeenBlock(kind=FOLDED, **time)
    title = version.card.title
    return SeenBlock(kind=METHOD, title=title, language=version.card.language, version=version, **time, **said)


def may_change(viewer: Any, plan: Plan) -> bool:
    return bool(viewer.is_authenticated) and rules.may_change(viewer, plan) is None
