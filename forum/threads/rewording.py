"""A post its author was asked to reword: said by the room above, heard and shown here."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Rewording:
    """asked(post): what stands above its text on its edit page, None for nothing. edited(post): its author changed it,
    in the same transaction."""

    asked: Callable[[Any], Any]
    edited: Callable[[Any], None]


_rewording: list[Rewording] = []  # one at most


def register(rewording: Rewording) -> None:
    _rewording[:] = [rewording]


def asked(post: Any) -> Any:
    return _rewording[0].asked(post) if _rewording else None


def edited(post: Any) -> None:
    for each in _rewording:
        each.edited(post)
