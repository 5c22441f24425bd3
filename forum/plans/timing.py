"""When each part of a session begins, and what may go wrong with its time. Plain figures in, plain figures out."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise
from typing import Protocol

UNBROKEN = 90  # minutes people sit well
BETWEEN = 5  # minutes it takes to go from one thing to another
SPARE = 10  # per cent


class Part(Protocol):
    """What timing asks of a block. `minutes` may be unknown; `track` is a letter, or "" for everybody together."""

    @property
    def minutes(self) -> int | None: ...
    @property
    def track(self) -> str: ...
    @property
    def is_break(self) -> bool: ...


@dataclass(frozen=True)
class Stretch:
    """Parts of the same time, by their places in the plan: one part, or tracks side by side.

    `begin` and `end` are minutes from the beginning; `starts` those of each part, in the order of `places`.
    """

    tracks: tuple[tuple[str, tuple[int, ...]], ...]
    begin: int
    end: int
    starts: dict[int, int]

    @property
    def is_parallel(self) -> bool:
        return len(self.tracks) > 1

    @property
    def places(self) -> list[int]:
        return [place for _letter, places in self.tracks for place in places]


def stretches(parts: Sequence[Part]) -> list[Stretch]:
    """In turn. Parts one after another that have tracks are one stretch, which costs its longest track."""
    found: list[Stretch] = []
    at = 0
    for is_parallel, numbered in groupby(enumerate(parts), key=lambda each: bool(each[1].track)):
        several = list(numbered)
        for group in [several] if is_parallel else [[one] for one in several]:
            stretch = _stretch(group, at)
            found.append(stretch)
            at = stretch.end
    return found


def _stretch(group: Sequence[tuple[int, Part]], begin: int) -> Stretch:
    tracks: dict[str, list[int]] = {}
    clocks: dict[str, int] = {}
    starts: dict[int, int] = {}
    for place, part in group:
        tracks.setdefault(part.track, []).append(place)
        starts[place] = clocks.setdefault(part.track, begin)
        clocks[part.track] += part.minutes or 0
    return Stretch(
        tracks=tuple((letter, tuple(places)) for letter, places in sorted(tracks.items())),
        begin=begin,
        end=max(clocks.values()),
        starts=starts,
    )


@dataclass(frozen=True)
class Sum:
    """All in minutes. `spare` is what is wise to keep free; `unknown` counts parts that state no time."""

    total: int
    changes: int
    spare: int
    unknown: int

    @property
    def advised(self) -> int:
        return self.total + self.changes + self.spare


def together(parts: Sequence[Part]) -> Sum:
    """Five minutes from one thing to the next, except into and out of a break; a tenth on top, in fives."""
    line = stretches(parts)
    total = line[-1].end if line else 0
    pauses = [all(parts[place].is_break for place in stretch.places) for stretch in line]
    moves = sum(not before and not after for before, after in pairwise(pauses))
    spare = -(-total * SPARE // 100 // 5) * 5
    return Sum(total, moves * BETWEEN, spare, sum(part.minutes is None for part in parts))


def longest_unbroken(parts: Sequence[Part]) -> int:
    """Minutes without a break for everybody."""
    longest = now = 0
    for stretch in stretches(parts):
        now = 0 if all(parts[place].is_break for place in stretch.places) else now + stretch.end - stretch.begin
        longest = max(longest, now)
    return longest
