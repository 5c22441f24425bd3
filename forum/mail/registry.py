"""How each kind of letter is said: features tell it here, so this room knows none of them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from forum.mail.models import Letter


@dataclass(frozen=True)
class Words:
    """A letter as it is sent: plain text; `headers` besides those the house adds."""

    subject: str
    text: str
    headers: Mapping[str, str] = field(default_factory=dict)


#: In the reader's language, which is active then; None when there is nothing to say any more.
Compose = Callable[[Letter], Words | None]

_kinds: dict[str, Compose] = {}


def register(kind: str, compose: Compose) -> None:
    _kinds[kind] = compose


def compose_of(kind: str) -> Compose:
    """KeyError for what nobody registered."""
    return _kinds[kind]
