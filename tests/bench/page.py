"""A page as static/js/live.js is one: follows, checks numbers, fetches what it missed, never stops trying."""

import asyncio
import json
import random
import re
import time
from typing import Any

import httpx
import websockets

NUMBER = re.compile(r'data-number="(\d+)"')


class Page:
    def __init__(self, url: str, thread: int, since: int, cookie: str = "") -> None:
        self.url, self.stream, self.seen = url, f"thread:{thread}", since
        self.cookie = cookie
        self.shown: list[int] = []  # numbers of posts, in the order in which they were appended
        self.times: dict[int, float] = {}
        self.cuts: list[tuple[float, float]] = []  # from the cut until everything missed was there
        self.line: Any = None
        self.fetches = 0
        self._fetching = False
        self._cut_at: float | None = None
        cookies = {"sessionid": cookie} if cookie else {}
        self.http = httpx.AsyncClient(base_url=url, cookies=cookies, timeout=30)

    async def live(self) -> None:
        attempts = 0
        headers = {"Cookie": f"sessionid={self.cookie}"} if self.cookie else {}
        address = f"ws{self.url[4:]}/ws/?language=en"
        while True:
            try:
                async with websockets.connect(address, origin=self.url, additional_headers=headers) as self.line:
                    await self.line.send(json.dumps({"type": "follow", "stream": self.stream, "since": self.seen}))
                    async for text in self.line:
                        attempts = 0
                        await self.hear(json.loads(text))
            except (OSError, websockets.WebSocketException):
                pass
            self.line = None
            await asyncio.sleep(min(30, 0.5 * 2**attempts) * (0.5 + random.random()))
            attempts += 1

    async def hear(self, message: dict[str, Any]) -> None:
        assert message["type"] in {"followed", "changes", "head"}, message
        if message["type"] == "changes":
            await self.take(message)
        elif message["type"] == "head" and message["head"] > self.seen:
            await self.catch_up()
        if self._cut_at is not None and message["type"] != "head" and message["head"] <= self.seen:
            self.cuts.append((self._cut_at, time.time()))
            self._cut_at = None

    async def take(self, news: dict[str, Any]) -> None:
        assert not news["gap"], news
        for change in news["changes"]:
            if change["n"] <= self.seen:
                continue
            if change["n"] != self.seen + 1:
                break
            self.seen = change["n"]
            if change["op"] == "append":
                number = int(NUMBER.search(change["html"])[1])  # type: ignore[index]  # an article has one
                self.shown.append(number)
                self.times[number] = time.time()
        if news["head"] > self.seen:
            await self.catch_up()

    async def catch_up(self) -> None:
        if self._fetching:
            return
        self._fetching = True
        await asyncio.sleep(random.random() * 0.4)
        self.fetches += 1
        answer = await self.http.get("/changes/", params={"stream": self.stream, "since": self.seen})
        answer.raise_for_status()
        self._fetching = False
        await self.take(answer.json())

    def cut(self) -> bool:
        """As a train into a tunnel: no goodbye. False when there is no line to cut."""
        if self.line is None:
            return False
        self._cut_at = self._cut_at or time.time()
        self.line.transport.abort()
        return True

    def was_connected(self, moment: float) -> bool:
        return not any(start <= moment <= end for start, end in self.cuts)
