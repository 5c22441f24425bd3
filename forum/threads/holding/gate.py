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


#: judge(author, community, title, body): before anything is written. seen(post, verdict), held(text, verdict): in the
#: write that published or held it.
Judge = Callable[[Member, Community, str, Cleaned], Verdict]
Told = Callable[[Any, Verdict], None]

_judges: list[tuple[Judge, Told, Told]] = []  # one at most


def register(judge: Judge, seen: Told, held: Told) -> None:
    _judges[:] = [(judge, seen, held)]


def verdict(author: Member, community: Community, title: str, body: Cleaned) -> Verdict:
    for judge, _seen, _held in _judges:
        return judge(author, community, title, body)
    return Verdict()


def flag(post: Any, found: Verdict) -> None:
    for _judge, seen, _held in _judges:
        seen(post, found)


def hold(text: Any, found: Verdict) -> None:
    for _judge, _seen, held in _judges:
        held(text, found)
