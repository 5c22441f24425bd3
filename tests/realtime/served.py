"""A real `manage.py serve` on the tests' own database, and pages that follow through its socket."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import websockets
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).resolve().parents[2]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def database_url() -> str:
    own = connection.settings_dict
    if connection.vendor == "sqlite":
        return f"sqlite:///{own['NAME']}"
    return f"postgresql://{own['USER']}@/{own['NAME']}?host={own['HOST'] or own['OPTIONS'].get('host', '')}"


class Served:
    def __init__(self, log: Path, **env: str) -> None:
        self.port = free_port()
        self.url = self.origin = f"http://127.0.0.1:{self.port}"
        self.log = log
        own = {"DATABASE_URL": database_url(), "SITE_URL": self.origin, "DJANGO_SETTINGS_MODULE": "tests.serving"}
        self.env = {**os.environ, **own, "COURTYARD_VAR": str(settings.VAR_DIR), **env}

    def start(self, *options: str) -> "Served":
        command = [sys.executable, "manage.py", "serve", "--port", str(self.port), "--no-worker", *options]
        with self.log.open("ab") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=self.env, stdout=log, stderr=log)
        for _ in range(300):
            if self.process.poll() is not None:
                return self
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return self
            time.sleep(0.1)
        raise AssertionError(self.logged())

    def logged(self) -> str:
        return self.log.read_text(errors="replace")

    def stop(self) -> int:
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(40)

    def socket(self, cookie: str = "", *, origin: str | None = "", language: str = "en", **options: Any) -> Any:
        """A connection to `/ws/` to enter with `async with`."""
        headers = {"Cookie": f"{settings.SESSION_COOKIE_NAME}={cookie}"} if cookie else {}
        return websockets.connect(
            f"ws://127.0.0.1:{self.port}/ws/?language={language}",
            origin=self.origin if origin == "" else origin,
            additional_headers=headers,
            **options,
        )

    def client(self, cookie: str = "") -> httpx.Client:
        cookies = {settings.SESSION_COOKIE_NAME: cookie} if cookie else {}
        return httpx.Client(base_url=self.url, cookies=cookies, timeout=20)


@contextmanager
def serving(log: Path, **env: str) -> Iterator[Served]:
    served = Served(log, **env).start()
    try:
        yield served
    finally:
        if served.process.poll() is None:
            served.stop()


async def say(page: Any, **message: Any) -> None:
    await page.send(json.dumps(message))


async def hear(page: Any, timeout: float = 4) -> dict[str, Any]:
    import asyncio

    return json.loads(await asyncio.wait_for(page.recv(), timeout))


async def hear_of(page: Any, kind: str, timeout: float = 4) -> dict[str, Any]:
    """The next message of this type; heads that come between are heartbeats."""
    while (message := await hear(page, timeout))["type"] != kind:
        assert message["type"] == "head", message
    return message


def csrf(client: httpx.Client, path: str) -> str:
    found = re.search(r'name="csrfmiddlewaretoken" value="([^"]+)"', client.get(path).text)
    assert found
    return found[1]
