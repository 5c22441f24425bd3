"""The hub alone: sockets are lists of what was sent, the journal is real, the feature is the tests' own."""

import asyncio
import json
from collections.abc import AsyncIterator
from types import SimpleNamespace
from typing import Any

import pytest
import pytest_asyncio
from asgiref.sync import sync_to_async

from realtime import hub as hubs
from realtime import journal
from realtime.hub import Hub
from realtime.sockets import MOST_BEHIND, Socket, frame
from realtime.threads import Threads
from tests.changes import stub

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.asyncio]

put = sync_to_async(stub.put)


class Page:
    """What stands at the other end. With `stalled` set, it reads nothing."""

    def __init__(self, hub: Hub, member: int | None = None, language: str = "en") -> None:
        self.got: list[dict[str, Any]] = []
        self.texts: list[str] = []
        self.closed: int | None = None
        self.flowing = asyncio.Event()
        self.flowing.set()
        self.socket = Socket(self.send, language)
        if member:
            self.socket.viewer = SimpleNamespace(pk=member, is_authenticated=True, password="", is_active=True)
        self.hub = hub
        hub.enter(self.socket)

    async def send(self, message: dict[str, Any]) -> None:
        if message["type"] == "websocket.close":
            self.closed = message["code"]
            return
        self.texts.append(message["text"])
        self.got.append(json.loads(message["text"]))
        if not self.flowing.is_set():
            await self.flowing.wait()

    async def follow(self, stream: str, since: int = 0) -> None:
        await self.hub.follow(self.socket, stream, since)

    def types(self) -> list[str]:
        return [message["type"] for message in self.got]


@pytest_asyncio.fixture
async def hub() -> AsyncIterator[Hub]:
    threads = Threads(4)
    made = Hub(threads)
    made._ticking = True  # the tests look themselves
    yield made
    for socket in list(made.sockets):
        made.leave(socket)
    await settled(made)
    assert made.rooms == {}, "nothing is left behind"
    await asyncio.to_thread(threads.close)


async def settled(hub: Hub) -> None:
    while hub._tasks:
        await asyncio.gather(*hub._tasks)


async def happen(hub: Hub, stream: str, item: int) -> None:
    await put(stream, item)
    hub.publish([stream])
    await settled(hub)


async def test_rendered_once_a_language_and_framed_once(hub: Hub, boxes: stub.Boxes) -> None:
    pages = [Page(hub, language=language) for language in ("pl", "en", "pl", "de", "pl")]
    for page in pages:
        await page.follow("box:2")
    await happen(hub, "box:2", 1)
    assert sorted(boxes.rendered) == [("de", 1), ("en", 1), ("pl", 1)]
    for page in pages:
        assert page.got[-1]["changes"][0]["html"] == f'<p id="item-1" lang="{page.socket.language}">ś</p>'
    assert len({id(page.texts[-1]) for page in pages}) == 3, "the very same text, so the server frames it once"


async def test_the_rule_is_asked_once_for_all(hub: Hub, boxes: stub.Boxes) -> None:
    boxes.readers = {7, 8, 9}
    pages = {member: Page(hub, member) for member in (7, 8, 9)}
    for page in pages.values():
        await page.follow("box:1")
    boxes.readers.discard(8)
    await happen(hub, "box:1", 1)
    assert boxes.asked == [{7, 8, 9}]
    assert pages[8].types() == ["followed", "denied"]
    assert pages[7].types() == pages[9].types() == ["followed", "changes"]
    await happen(hub, "box:1", 2)
    assert boxes.asked[-1] == {7, 9}
    assert len(pages[8].got) == 2


async def test_open_streams_ask_for_nobody_until_they_close(hub: Hub, boxes: stub.Boxes) -> None:
    visitor, member = Page(hub), Page(hub, 7)
    for page in (visitor, member):
        await page.follow("box:2")
    await happen(hub, "box:2", 1)
    assert boxes.asked == []
    boxes.open.clear()
    boxes.readers = {7}
    await happen(hub, "box:2", 2)
    assert visitor.types() == ["followed", "changes", "denied"]
    assert member.types() == ["followed", "changes", "changes"]


async def test_a_member_whose_rights_change_is_asked_about_everything(hub: Hub, boxes: stub.Boxes) -> None:
    boxes.readers = {7}
    page = Page(hub, 7)
    await page.follow("box:1")
    await page.follow("box:2")
    boxes.readers = set()
    hub.publish(["member:7"])
    await settled(hub)
    assert page.got[-1] == {"type": "denied", "stream": "box:1"}
    assert page.socket.follows == {"box:2"}


async def test_bursts_are_delivered_together_and_in_order(hub: Hub, boxes: stub.Boxes) -> None:
    page = Page(hub)
    await page.follow("box:2")
    for item in range(10):
        await put("box:2", item)
        hub.publish(["box:2"])
    await settled(hub)
    numbers = [change["n"] for message in page.got if message["type"] == "changes" for change in message["changes"]]
    assert numbers == list(range(1, 11))


async def test_too_much_at_once_is_fetched(hub: Hub, boxes: stub.Boxes) -> None:
    page = Page(hub)
    await page.follow("box:2")
    for item in range(journal.AT_ONCE + 1):
        await put("box:2", item)
    hub.publish(["box:2"])
    await settled(hub)
    assert page.got[-1] == {"type": "head", "stream": "box:2", "head": journal.AT_ONCE + 1}
    late = Page(hub)
    await late.follow("box:2")
    assert late.types() == ["followed", "head"]


async def test_what_does_not_render_is_said_by_number(hub: Hub, boxes: stub.Boxes, monkeypatch, caplog) -> None:
    page = Page(hub)
    await page.follow("box:2")
    monkeypatch.setattr(boxes, "op", lambda change: 1 / 0)
    await happen(hub, "box:2", 1)
    assert page.got[-1] == {"type": "head", "stream": "box:2", "head": 1}
    assert "does not render" in caplog.text
    monkeypatch.undo()
    await happen(hub, "box:2", 2)
    assert [change["n"] for change in page.got[-1]["changes"]] == [2]


async def test_a_slow_reader_harms_nobody_and_catches_up(hub: Hub, boxes: stub.Boxes) -> None:
    slow, quick = Page(hub), Page(hub)
    for page in (slow, quick):
        await page.follow("box:2")
    slow.flowing.clear()
    big = frame(type="changes", stream="box:2", filler="x" * 100_000)
    for _ in range(30):
        for page in (slow, quick):
            page.socket.offer(big)
    await asyncio.sleep(0)
    assert quick.types().count("changes") == 30
    assert slow.types().count("changes") == 1
    assert slow.socket.behind <= MOST_BEHIND
    assert slow.socket.missed, "it was dropped to catching up"
    await happen(hub, "box:2", 1)
    assert quick.got[-1]["type"] == "changes"
    slow.flowing.set()
    await asyncio.sleep(0.01)
    assert slow.got[-1] == {"type": "head", "stream": "box:2", "head": 1}
    assert slow.types().count("changes") == 1
    await happen(hub, "box:2", 2)
    assert slow.got[-1]["changes"][0]["n"] == 2, "and is served again"


async def test_a_little_behind_loses_nothing(hub: Hub, boxes: stub.Boxes) -> None:
    page = Page(hub)
    await page.follow("box:2")
    page.flowing.clear()
    for item in range(5):
        await happen(hub, "box:2", item)
    assert page.types().count("changes") == 1
    page.flowing.set()
    await asyncio.sleep(0.01)
    assert [message["changes"][0]["n"] for message in page.got[1:]] == [1, 2, 3, 4, 5]
    assert page.socket.behind == 0


async def test_a_broken_line_harms_nobody(hub: Hub, boxes: stub.Boxes) -> None:
    broken, page = Page(hub), Page(hub)
    for each in (broken, page):
        await each.follow("box:2")

    async def send(message: dict[str, Any]) -> None:
        raise ConnectionResetError

    broken.socket.send = send
    await happen(hub, "box:2", 1)
    assert page.got[-1]["type"] == "changes"
    assert broken.socket.gone


async def test_a_change_while_joining_is_not_missed(hub: Hub, boxes: stub.Boxes, monkeypatch) -> None:
    first, second = Page(hub), Page(hub)
    await first.follow("box:2")
    joined = journal.join

    def slowly(*args: Any) -> Any:
        answer = joined(*args)
        stub.put("box:2", 1)
        return answer

    monkeypatch.setattr(journal, "join", slowly)
    joining = asyncio.ensure_future(second.follow("box:2"))
    await joining
    hub.publish(["box:2"])
    await settled(hub)
    assert second.got[-1]["head"] == 1
    assert first.got[-1]["head"] == 1


async def test_who_comes_in_during_a_delivery_is_not_turned_away(hub: Hub, boxes: stub.Boxes, monkeypatch) -> None:
    boxes.readers = {7, 8}
    early, late = Page(hub, 7), Page(hub, 8, language="pl")
    await early.follow("box:1")
    ready, go = asyncio.Event(), asyncio.Event()
    run = hub.threads.run

    async def held(job: Any, *args: Any) -> Any:
        answer = await run(job, *args)
        if job is journal.prepare:
            ready.set()
            await go.wait()
        return answer

    monkeypatch.setattr(hub.threads, "run", held)
    await put("box:1", 1)
    hub.publish(["box:1"])
    await ready.wait()
    await late.follow("box:1")
    go.set()
    await settled(hub)
    assert early.types() == ["followed", "changes"]
    assert late.types() == ["followed", "changes", "head"]


async def test_the_look_at_the_journal_finds_what_nobody_told(hub: Hub, boxes: stub.Boxes) -> None:
    page = Page(hub)
    await page.follow("box:2")
    await put("box:2", 1)
    await hub.look()
    await settled(hub)
    assert [change["n"] for change in page.got[-1]["changes"]] == [1]
    await hub.look()
    await settled(hub)
    assert len(page.got) == 2, "and once is enough"


async def test_one_look_is_three_queries_however_many(hub: Hub, boxes: stub.Boxes, author) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for _ in range(5):
        await Page(hub, author.pk).follow("box:2")
    streams, members = list(hub.rooms), {author.pk}

    def look() -> int:
        with CaptureQueriesContext(connection) as queries:
            journal.look(streams, members, {"x"})
        return len(queries)

    assert await sync_to_async(look)() == 3


async def test_the_heart_beats_for_everybody(hub: Hub, boxes: stub.Boxes) -> None:
    pages = [Page(hub) for _ in range(3)]
    for page in pages:
        await page.follow("box:2")
    await hub.beat()
    assert {json.dumps(page.got[-1]) for page in pages} == {'{"type": "head", "stream": "box:2", "head": 0}'}


async def test_it_beats_by_itself_at_least_every_25_seconds(hub: Hub, boxes: stub.Boxes, monkeypatch) -> None:
    assert hubs.TICK * hubs.HEARTBEAT <= 25
    monkeypatch.setattr(hubs, "TICK", 0.01)
    hub._ticking = False
    page = Page(hub)
    await page.follow("box:2")
    async with asyncio.timeout(5):
        while "head" not in page.types():
            await asyncio.sleep(0.01)
    hub.leave(page.socket)


async def test_who_left_hears_nothing(hub: Hub, boxes: stub.Boxes) -> None:
    page = Page(hub)
    await page.follow("box:2")
    await page.follow("box:2")
    hub.leave(page.socket)
    await happen(hub, "box:2", 1)
    assert page.types() == ["followed", "followed"]
    assert hub.rooms == {}
