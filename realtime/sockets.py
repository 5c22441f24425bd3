"""One open page, seen from the hub: who reads there, in which language, and how to reach it without waiting."""

import asyncio
import json
from collections import deque
from collections.abc import Awaitable, Callable, Coroutine, Generator
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser

MOST_BEHIND = 1_000_000  # bytes waiting for one slow reader; beyond, it is told the number only and fetches

Message = dict[str, Any]
Send = Callable[[Message], Coroutine[Any, Any, None]]


class Frame(NamedTuple):
    """Made once, sent to many: the server sees the same text again and frames it once."""

    message: Message
    size: int


def frame(**content: Any) -> Frame:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    return Frame({"type": "websocket.send", "text": text}, len(text.encode()))


@dataclass(eq=False)
class Socket:
    send: Send
    language: str
    viewer: Any = field(default_factory=AnonymousUser)
    session_key: str | None = None
    follows: set[str] = field(default_factory=set)
    gone: bool = False
    behind: int = 0
    missed: bool = False  # was too far behind: needs the numbers of everything it follows
    caught_up: Callable[["Socket"], None] = lambda socket: None
    _waiting: deque[Frame] = field(default_factory=deque)
    _writing: "asyncio.Task[None] | None" = None

    @property
    def member(self) -> int | None:
        return self.viewer.pk if self.viewer.is_authenticated else None

    def offer(self, new: Frame) -> None:
        """Sends, or queues behind a slow reader, or drops what a reader too slow will fetch. Never waits."""
        if self.gone or self.missed:
            return
        if self._writing is None:
            rest = self._begin(new.message)
            if rest is not None:
                self._writing = asyncio.get_running_loop().create_task(self._write(rest))
        elif self.behind + new.size > MOST_BEHIND:
            self._waiting.clear()
            self.behind = 0
            self.missed = True
        else:
            self._waiting.append(new)
            self.behind += new.size

    def close(self, code: int, reason: str = "") -> None:
        """Says goodbye at once, past whatever still waits."""
        if not self.gone:
            self._waiting.clear()
            self._begin({"type": "websocket.close", "code": code, "reason": reason})
            self.gone = True

    def forget(self) -> None:
        self.gone = True
        self._waiting.clear()
        if self._writing is not None:
            self._writing.cancel()

    def _begin(self, message: Message) -> Awaitable[None] | None:
        try:
            return begin(self.send(message))
        except Exception:  # the line broke; the server will say so
            self.gone = True
            return None

    async def _write(self, rest: Awaitable[None]) -> None:
        try:
            await rest
            while self._waiting:
                waiting = self._waiting.popleft()
                self.behind -= waiting.size
                await self.send(waiting.message)
        except Exception:
            self.gone = True
        self._writing = None
        if self.missed and not self.gone:
            self.missed = False
            self.caught_up(self)


def begin(coroutine: Coroutine[Any, Any, None]) -> Awaitable[None] | None:
    """Runs `coroutine` up to its first wait. None when it needed none, as nearly always: a task for each of a thousand
    readers would cost more than the sending."""
    try:
        waits_for = coroutine.send(None)
    except StopIteration:
        return None
    return _Rest(coroutine, waits_for)


@dataclass
class _Rest:
    """What is left of a coroutine that runs up to its first wait."""

    coroutine: Coroutine[Any, Any, None]
    waits_for: Any

    def __await__(self) -> Generator[Any, Any, None]:
        try:
            yield self.waits_for
        except BaseException as error:
            self.coroutine.throw(error)
            raise
        yield from self.coroutine.__await__()
