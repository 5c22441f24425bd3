"""How the hub hears of commits: on this process's threads, and from other processes through Redis."""

import asyncio
import threading
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from django.conf import settings
from django.db import connections

from forum import changes
from realtime.hub import Hub
from realtime.messenger import Messenger
from realtime.threads import Threads
from tests.changes import stub

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]


class Ear(Hub):
    """A hub that only notes what it is told."""

    def __init__(self) -> None:
        super().__init__(Threads(1))
        self.heard: list[str] = []
        self.news = asyncio.Event()

    def publish(self, streams) -> None:
        self.heard += streams
        self.news.set()

    async def hears(self, stream: str) -> None:
        async with asyncio.timeout(5):
            while stream not in self.heard:
                self.news.clear()
                await self.news.wait()


@pytest_asyncio.fixture
async def messengers() -> AsyncIterator[list[Messenger]]:
    before = list(changes.journal._listeners)
    made = [Messenger(Ear()), Messenger(Ear())]
    for messenger in made:
        messenger.wake()
        messenger.wake()
    yield made
    changes.journal._listeners[:] = before
    for messenger in made:
        for task in list(messenger.hub._tasks):
            task.cancel()
        if messenger.layer is not None:
            await messenger.layer.flush()


def put_on_a_thread(stream: str, item: int) -> threading.Thread:
    def put() -> None:
        stub.put(stream, item)
        connections.close_all()

    thread = threading.Thread(target=put)
    thread.start()
    return thread


async def test_a_commit_on_any_thread_is_heard_at_once(messengers: list[Messenger], boxes: stub.Boxes) -> None:
    thread = put_on_a_thread("box:1", 1)
    await messengers[0].hub.hears("box:1")
    thread.join()


async def test_a_loop_that_has_ended_harms_no_write(boxes: stub.Boxes) -> None:
    before = list(changes.journal._listeners)
    messenger = Messenger(Ear())
    loop = asyncio.new_event_loop()
    messenger.hub.loop = loop
    loop.close()
    try:
        put_on_a_thread("box:1", 1).join()
    finally:
        changes.journal._listeners[:] = before


@pytest.mark.skipif(not settings.REDIS_URL, reason="one process without Redis")
async def test_another_process_hears_through_redis_even_after_it_broke(
    messengers: list[Messenger], boxes: stub.Boxes
) -> None:
    import redis

    one, other = messengers
    changes.journal._listeners.remove(other.hear)  # as if it were elsewhere
    await asyncio.sleep(0.5)
    thread = put_on_a_thread("box:1", 1)
    await other.hub.hears("box:1")
    thread.join()
    with redis.Redis.from_url(settings.REDIS_URL) as client:
        client.client_kill_filter(_type="pubsub")
    await asyncio.sleep(2.5)
    thread = put_on_a_thread("box:2", 1)
    await other.hub.hears("box:2")
    thread.join()
    assert one.hub.heard.count("box:1") == 1, "its own voice is not heard twice"


async def test_a_dead_redis_fails_no_write(boxes: stub.Boxes, settings, caplog) -> None:
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    before = list(changes.journal._listeners)
    messenger = Messenger(Ear())
    messenger.wake()
    try:
        put_on_a_thread("box:1", 1).join()
        await messenger.hub.hears("box:1")
        await asyncio.sleep(0.2)
        assert "were not told" in caplog.text
        assert "trying again" in caplog.text
    finally:
        changes.journal._listeners[:] = before
        for task in list(messenger.hub._tasks):
            task.cancel()
