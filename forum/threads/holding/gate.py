"""May these words be published at once? Lower than those who set the rules: the desk registers how it decides."""

from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from accounts.models import Member
from forum.communities.models import Community
from forum.text import Cleaned


class Effect(StrEnum):
    NONE = "none"
    FLAG = "flag"
    HOLD = "hold"
    REFUSE = "refuse"


@dataclass(frozen=True)
class Verdict:
    """`words`: said to the writer of what is refused. `why`: kept with what is held, for whoever looks at it."""

    effect: Effect = Effect.NONE
    words: str = ""
    why: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Keeper:
    """judge(author, community, title, body): before anything is written. seen(post, verdict), held(text, verdict): in
    the write that published or held it; settled(text): when it waits no more."""

    judge: Callable[[Member, Community, str, Cleaned], Verdict]
    seen: Callable[[Any, Verdict], None]
    held: Callable[[Any, Verdict], None]
    settled: Callable[[Any], None]


_keepers: list[Keeper] = []  # one at most


def register(keeper: Keeper) -> None:
    _keepers[:] = [keeper]


def verdict(author: Member, community: Community, title: str, body: Cleaned) -> Verdict:
    for keeper in _keepers:
        return keeper.judge(author, community, title, body)
    return Verdict()


def flag(post: Any, found: Verdict) -> None:
    for keeper in _keepers:
        keeper.seen(post, found)


def hold(text: Any, found: Verdict) -> None:
    for keeper in _keepers:
        keeper.held(text, found)


def settle(text: Any) -> None:
    for keeper in _keepers:
        keeper.settled(text)
