"""The hub, one a process: who follows what, and what happened. It lives on the event loop and never blocks there.

It hears of changes from commits in this process, from the other processes (`messenger`), and once a second from the
journal itself, so that whatever a messenger loses heals. The database is asked on the pages' threads.
"""

import asyncio
import logging
from collections import defaultdict
from collections.abc import Collection, Coroutine
from dataclasses import dataclass, field
from typing import Any

from realtime import journal
from realtime.sockets import Frame, Socket, frame
from realtime.threads import Threads

log = logging.getLogger(__name__)

TICK = 1.0  # seconds between two looks at the journal, the sessions and the members
HEARTBEAT = 20  # ticks between two heads to everybody
BREATH = 200  # sends between two chances for the rest of the process
SIGNED_OUT = 4401


@dataclass
class Room:
    """The followers of one stream, all at `head` (None: nobody has come in yet)."""

    stream: str
    followers: dict[Socket, None] = field(default_factory=dict)
    joining: int = 0
    head: int | None = None
    moved: bool = False
    delivering: bool = False


class Hub:
    def __init__(self, threads: Threads) -> None:
        self.threads = threads
        self.rooms: dict[str, Room] = {}
        self.sockets: dict[Socket, None] = {}
        self.loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._ticking = False

    # Who is here

    def enter(self, socket: Socket) -> None:
        socket.caught_up = self.tell_heads
        self.sockets[socket] = None
        if not self._ticking:
            self._ticking = True
            self.begin(self._tick())

    def leave(self, socket: Socket) -> None:
        socket.forget()
        self.sockets.pop(socket, None)
        for stream in list(socket.follows):
            self.unfollow(socket, stream)

    async def follow(self, socket: Socket, stream: str, since: int) -> None:
        """Answers `followed` and what is newer than `since`, or `denied`, alike for closed and absent."""
        room = self.rooms.setdefault(stream, Room(stream))
        room.joining += 1
        try:
            answer = await self.threads.run(journal.join, socket.viewer, stream, since, socket.language)
        finally:
            room.joining -= 1
            self._tidy(room)
        if socket.gone:
            return
        if answer is None:
            self._deny(socket, stream)
            return
        room = self.rooms.setdefault(stream, room)
        room.followers[socket] = None
        socket.follows.add(stream)
        room.head = answer.head if room.head is None else room.head
        socket.offer(frame(type="followed", stream=stream, head=answer.head))
        if answer.frame:
            socket.offer(answer.frame)
        if room.head > answer.head:  # delivered to the others while this one was asking
            socket.offer(head_frame(room))

    def unfollow(self, socket: Socket, stream: str) -> None:
        socket.follows.discard(stream)
        if room := self.rooms.get(stream):
            room.followers.pop(socket, None)
            self._tidy(room)

    def _deny(self, socket: Socket, stream: str) -> None:
        self.unfollow(socket, stream)
        socket.offer(frame(type="denied", stream=stream))

    def _tidy(self, room: Room) -> None:
        if not room.followers and not room.joining:
            self.rooms.pop(room.stream, None)

    # What happened

    def publish(self, streams: Collection[str]) -> None:
        """These streams moved. On the loop's thread; from others `loop.call_soon_threadsafe`."""
        for stream in streams:
            room = self.rooms.get(stream)
            if room is not None:
                room.moved = True
                if not room.delivering:
                    room.delivering = True
                    self.begin(self._deliver(room))
        self.ask_again({int(key.removeprefix("member:")) for key in streams if key.startswith("member:")})

    async def _deliver(self, room: Room) -> None:
        """One delivery at a time a stream; what happens meanwhile is the next one."""
        try:
            while room.moved:
                room.moved = False
                if room.head is None:
                    return
                asked = set(room.followers)
                languages = {socket.language for socket in asked}
                members = {socket.member for socket in asked if socket.member}
                news = await self.threads.run(journal.prepare, room.stream, room.head, languages, members)
                room.head = max(room.head, news.head)
                if news.frames:
                    await self._fan_out(room, news, asked)
        finally:
            room.delivering = False

    async def _fan_out(self, room: Room, news: journal.Delivery, asked: set[Socket]) -> None:
        """Languages one after the other, so that the server frames each text once; no waiting but for a breath."""
        head = head_frame(room)
        groups: dict[str, list[Socket]] = defaultdict(list)
        for socket in list(room.followers):
            if socket not in asked:
                socket.offer(head)  # came in meanwhile, and was allowed in for itself: it fetches
            elif news.readers is None or socket.member in news.readers:
                groups[socket.language].append(socket)
            else:
                self._deny(socket, room.stream)
        sent = 0
        for language, sockets in groups.items():
            for socket in sockets:
                if socket in room.followers:
                    socket.offer(news.frames[language])
                sent += 1
                if sent % BREATH == 0:
                    await asyncio.sleep(0)

    def ask_again(self, members: Collection[int]) -> None:
        """What these members may read may have changed: asks the rules for everything they follow, and silences what
        is no longer theirs."""
        for socket in self.sockets if members else ():
            if socket.member in members and socket.follows:
                self.begin(self._ask_again(socket))

    async def _ask_again(self, socket: Socket) -> None:
        for stream in await self.threads.run(journal.lost, socket.viewer, list(socket.follows)):
            self._deny(socket, stream)

    def tell_heads(self, socket: Socket) -> None:
        """For one that was too far behind: it fetches what it missed."""
        for stream in socket.follows:
            socket.offer(head_frame(self.rooms[stream]))

    # Every second

    async def _tick(self) -> None:
        """While sockets are open: the journal's tail, lost sessions and suspended members; now and then a heartbeat."""
        ticks = 0
        try:
            while self.sockets:
                await asyncio.sleep(TICK)
                ticks += 1
                try:
                    await self.look()
                except Exception:
                    log.exception("looking at the journal failed; looking again")
                    continue
                if ticks % HEARTBEAT == 0:
                    await self.beat()
        finally:
            self._ticking = False

    async def look(self) -> None:
        signed_in = [socket for socket in self.sockets if socket.member]
        members = {socket.member for socket in signed_in if socket.member}
        sessions = {socket.session_key for socket in signed_in if socket.session_key}
        seen = await self.threads.run(journal.look, list(self.rooms), members, sessions)
        self.publish([key for key, head in seen.heads.items() if (room := self.rooms.get(key)) and is_news(room, head)])
        for socket in signed_in:
            if not seen.still_signed_in(socket):
                socket.close(SIGNED_OUT, "signed out")

    async def beat(self) -> None:
        """A page that heard of 43 and has seen 41 fetches; one that hears nothing for long knows its line is dead."""
        sent = 0
        for room in list(self.rooms.values()):
            if room.head is None:
                continue
            head = head_frame(room)
            for socket in list(room.followers):
                socket.offer(head)
                sent += 1
                if sent % BREATH == 0:
                    await asyncio.sleep(0)

    def begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()):
            log.error("work of the hub failed; the next look at the journal repeats it", exc_info=error)


def is_news(room: Room, head: int) -> bool:
    return room.head is not None and head > room.head


def head_frame(room: Room) -> Frame:
    return frame(type="head", stream=room.stream, head=room.head)
