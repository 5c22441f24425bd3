"""Whose account is suspended: the rooms above know, and say it here to the door."""

from collections.abc import Callable
from typing import NamedTuple

from accounts.models import Member


class Suspended(NamedTuple):
    """`until_words`: "" for good. `statement_url`: the reasons, for whoever showed that the account is theirs."""

    until_words: str
    statement_url: str


#: Also ends a suspension whose time is over: then the member is active again, in the database and as given.
Ask = Callable[[Member], Suspended | None]
_ask: list[Ask] = []


def register(ask: Ask) -> None:
    _ask[:] = [ask]


def suspension_of(member: Member) -> Suspended | None:
    return _ask[0](member) if _ask else None
