"""The threads that may block: a small pool, one executor a thread, shared by pages and sockets.

Django asks that one request stays on one thread. Its own handler starts a thread a request, with a fresh database
connection; these stay, and so do their connections, and there are never more of either.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import asynccontextmanager
from typing import ParamSpec, TypeVar

from asgiref.sync import ThreadSensitiveContext, sync_to_async
from django.db import close_old_connections, connections

P = ParamSpec("P")
R = TypeVar("R")


class OneThread(ThreadPoolExecutor):
    """Remembers its last job: first in, first out on one thread, so when that is done the thread is free."""

    def __init__(self, number: int) -> None:
        super().__init__(max_workers=1, thread_name_prefix=f"pages-{number}")
        self.last: Future[object] | None = None

    def submit(self, fn: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> Future[R]:
        job = super().submit(fn, *args, **kwargs)
        self.last = job  # type: ignore[assignment]  # Future is invariant, and nobody reads this one's result
        return job

    @property
    def is_free(self) -> bool:
        """Surely free; a cancelled job says nothing about the one before it."""
        return self.last is None or (self.last.done() and not self.last.cancelled())


class Threads:
    def __init__(self, most: int = 8) -> None:
        self.most = most
        self._made = 0
        self._idle: list[OneThread] = []  # last in, first out: the warmest connection
        self._waiting: deque[asyncio.Future[OneThread]] = deque()

    @asynccontextmanager
    async def one(self) -> AsyncIterator[None]:
        """Inside, `sync_to_async` runs on one thread of ours. Waits, first come first served, while all are taken."""
        thread = await self._take()
        try:
            async with ThreadSensitiveContext(executor=thread):
                yield
        finally:
            self._give_back(thread)

    async def run(self, job: Callable[P, R], /, *args: P.args, **kwargs: P.kwargs) -> R:
        """A job of the sockets, with its database connection checked before and after as a request's is."""

        def checked() -> R:
            close_old_connections()
            try:
                return job(*args, **kwargs)
            finally:
                close_old_connections()

        async with self.one():
            return await sync_to_async(checked)()

    def close(self) -> None:
        """At the end, when nothing runs any more: the threads' connections, then the threads."""
        for thread in self._idle:
            thread.submit(connections.close_all)
            thread.shutdown()
        self._idle.clear()

    async def _take(self) -> OneThread:
        if self._idle:
            return self._idle.pop()
        if self._made < self.most:
            self._made += 1
            return OneThread(self._made)
        turn: asyncio.Future[OneThread] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            return await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # it came in the same moment
                self._give_back(turn.result())
            raise

    def _give_back(self, thread: OneThread) -> None:
        """When the thread is free, not when the request ends: a cancelled request may have left its view running."""
        if not thread.is_free:
            loop = asyncio.get_running_loop()
            fence = thread.submit(lambda: None)
            fence.add_done_callback(lambda _: loop.call_soon_threadsafe(self._free, thread))
            return
        self._free(thread)

    def _free(self, thread: OneThread) -> None:
        while self._waiting:
            turn = self._waiting.popleft()
            if not turn.done():
                turn.set_result(thread)
                return
        self._idle.append(thread)
