"""What a plan says: the outline, as each revision keeps it.

None and "" mean "not stated". `Outline.from_json(outline.to_json())` is the same outline, and what is not stated is
not written.
"""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, fields
from datetime import date, time
from typing import Any, Self

PLAYLIST, SESSION = "playlist", "session"
#: Letters of things that go on at the same time.
TRACKS = ("A", "B", "C", "D")


def _stated(row: Any) -> dict[str, Any]:
    """{name: value} without what is as it would be anyway."""
    found = {}
    for one in fields(row):
        value = getattr(row, one.name)
        if one.default is MISSING or value != one.default:
            found[one.name] = value
    return found


@dataclass(frozen=True, kw_only=True)
class Block:
    """A method in one of its versions, something of the planners' own, or a break.

    `version` and `method` are ids of rows; a block of one's own has neither. Blocks one after another with tracks go on
    at the same time: letter beside letter, and blocks of one letter in turn.
    """

    version: int | None = None
    method: int | None = None
    title: str = ""
    minutes: int | None = None
    is_break: bool = False
    track: str = ""
    who: str = ""
    text: str = ""
    note: str = ""  # for those who lead

    @property
    def is_method(self) -> bool:
        return self.version is not None


@dataclass(frozen=True, kw_only=True)
class Outline:
    title: str = ""
    kind: str = SESSION
    language: str = ""
    day: date | None = None
    starts: time | None = None
    zone: str = ""
    minutes: int | None = None  # there are
    people: int | None = None
    venue: str = ""
    note: str = ""
    blocks: tuple[Block, ...] = ()

    @property
    def is_session(self) -> bool:
        return self.kind == SESSION

    @property
    def versions(self) -> set[int]:
        return {block.version for block in self.blocks if block.version is not None}

    def to_json(self) -> dict[str, Any]:
        stated = _stated(self)
        if self.day:
            stated["day"] = self.day.isoformat()
        if self.starts:
            stated["starts"] = self.starts.isoformat("minutes")
        if self.blocks:
            stated["blocks"] = [_stated(block) for block in self.blocks]
        return stated

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        """Keys it does not know are left out: a revision may be older or newer than this code."""
        values = {one.name: data[one.name] for one in fields(cls) if one.name in data}
        if "day" in values:
            values["day"] = date.fromisoformat(values["day"])
        if "starts" in values:
            values["starts"] = time.fromisoformat(values["starts"])
        known = {one.name for one in fields(Block)}
        blocks = values.get("blocks", ())
        values["blocks"] = tuple(Block(**{key: part for key, part in row.items() if key in known}) for row in blocks)
        return cls(**values)
