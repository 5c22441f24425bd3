"""`/ws/`: what a page may say on its socket. The server says nothing before it is asked."""

import json
import re
import time
from typing import Any

from asgiref.typing import ASGIReceiveCallable
from channels.auth import get_user
from django.conf import settings
from django.http import QueryDict

from realtime.hub import Hub
from realtime.journal import SessionStore
from realtime.sockets import Send, Socket, frame

MOST_FOLLOWS = 40
A_SECOND = 20  # messages a socket; twice that in a burst
PATIENCE = 200  # messages over the limit before it is closed
LONGEST_QUESTION = 100  # bytes behind the "?"; a page says its language there, and nothing else
STREAM = re.compile(r"[a-z]{1,20}:[0-9]{1,18}")
LANGUAGES = frozenset(code for code, _ in settings.LANGUAGES)
TOO_MANY = 1008


class Wrong(Exception):
    """The page said something we do not understand: it is told so, and nothing else happens."""


class Meter:
    """A bucket of messages that fills with time."""

    def __init__(self) -> None:
        self.left, self.at, self.over = 2.0 * A_SECOND, time.monotonic(), 0

    def allows(self) -> bool:
        now = time.monotonic()
        self.left, self.at = min(2.0 * A_SECOND, self.left + (now - self.at) * A_SECOND), now
        if self.left < 1:
            self.over += 1
            return False
        self.left, self.over = self.left - 1, 0
        return True


class Consumer:
    def __init__(self, hub: Hub) -> None:
        self.hub = hub

    async def __call__(self, scope: dict[str, Any], receive: ASGIReceiveCallable, send: Send) -> None:
        await receive()  # websocket.connect
        socket = await self.admit(scope, send)
        await send({"type": "websocket.accept"})
        self.hub.enter(socket)
        meter = Meter()
        try:
            while (message := await receive())["type"] == "websocket.receive":
                if meter.allows():
                    await self.answer(socket, message.get("text"))
                elif meter.over == 1:
                    socket.offer(frame(type="error", reason="too many messages, slow down"))
                elif meter.over > PATIENCE:
                    socket.close(TOO_MANY, "too many messages")
        finally:
            self.hub.leave(socket)

    async def admit(self, scope: dict[str, Any], send: Send) -> Socket:
        """Who is it? From the session, once. The page names its language, which is how its changes are rendered."""
        said = scope["query_string"][:LONGEST_QUESTION].decode("ascii", "replace")  # Django refuses a thousand names
        language = QueryDict(said).get("language", "")
        socket = Socket(send, language if language in LANGUAGES else settings.LANGUAGE_CODE)
        key = scope["cookies"].get(settings.SESSION_COOKIE_NAME)
        if key:
            async with self.hub.threads.one():
                socket.viewer = await get_user({"session": SessionStore(key)})
            socket.session_key = key
        return socket

    async def answer(self, socket: Socket, text: str | None) -> None:
        try:
            await self.obey(socket, understood(text))
        except Wrong as wrong:
            socket.offer(frame(type="error", reason=str(wrong)))

    async def obey(self, socket: Socket, said: dict[str, Any]) -> None:
        match said.get("type"):
            case "ping":
                socket.offer(frame(type="pong"))
            case "follow":
                stream, since = named(said), said.get("since")
                if type(since) is not int or not 0 <= since < 2**63:
                    raise Wrong("since must be the number of the last change seen, 0 or more")
                if stream not in socket.follows and len(socket.follows) >= MOST_FOLLOWS:
                    raise Wrong(f"too many streams followed, at most {MOST_FOLLOWS}")
                await self.hub.follow(socket, stream, since)
            case "unfollow":
                self.hub.unfollow(socket, named(said))
            case _:
                raise Wrong("unknown type: follow, unfollow or ping")


def understood(text: str | None) -> dict[str, Any]:
    try:
        said = json.loads(text or "")
    except (ValueError, RecursionError):
        raise Wrong("not JSON") from None
    if not isinstance(said, dict):
        raise Wrong("not an object")
    return said


def named(said: dict[str, Any]) -> str:
    stream = said.get("stream")
    if not isinstance(stream, str) or not STREAM.fullmatch(stream):
        raise Wrong("stream must name what is followed, like thread:12")
    return stream
