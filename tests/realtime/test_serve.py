"""`manage.py serve`: what it lets in, that it is alone, and how it ends."""

import asyncio
import socket
import threading
import time
from contextlib import ExitStack
from pathlib import Path

import pytest
import websockets
from django.conf import settings
from django.test import Client

from tests.realtime.served import Served, serving

pytestmark = pytest.mark.django_db(transaction=True)

LIMIT = settings.UPLOAD_MAX_BYTES


def test_pages_and_files(served: Served) -> None:
    with served.client() as browser:
        assert browser.get("/healthz").text == "ok\n"
        answer = browser.get("/communities/")
        assert answer.status_code == 200
        assert "server" not in answer.headers
        assert browser.get("/no-such-page/").status_code == 404


def raw(served: Served, head: str, *chunks: bytes) -> bytes:
    """Sends as much as the server takes and returns what it answers, even in the middle."""
    with socket.create_connection(("127.0.0.1", served.port), timeout=10) as line:
        line.sendall(head.format(port=served.port).replace("\n", "\r\n").encode() + b"\r\n")
        sent = 0
        try:
            for chunk in chunks:
                line.sendall(chunk)
                sent += len(chunk)
        except OSError:
            assert sent > 0
        answer = b""
        while part := _part(line):
            answer += part
        return answer


def _part(line: socket.socket) -> bytes:
    try:
        return line.recv(65536)
    except OSError:
        return b""


def test_a_body_too_large_is_refused_before_it_is_read(served: Served) -> None:
    head = f"POST /preview/ HTTP/1.1\nHost: 127.0.0.1:{{port}}\nContent-Length: {LIMIT + 1}\n"
    began = time.monotonic()
    assert raw(served, head).startswith(b"HTTP/1.1 413 ")
    assert raw(served, head + "Expect: 100-continue\n").startswith(b"HTTP/1.1 413 ")
    assert raw(served, head, b"x" * 1_000_000).startswith(b"HTTP/1.1 413 ")
    assert time.monotonic() - began < 9


def test_a_refusal_is_a_page_in_the_readers_language(served: Served) -> None:
    head = f"POST /preview/ HTTP/1.1\nHost: 127.0.0.1:{{port}}\nContent-Length: {LIMIT + 1}\n"
    chosen = f"Cookie: {settings.LANGUAGE_COOKIE_NAME}=uk\nAccept-Language: de\n"
    for said, language in (
        ("", settings.LANGUAGE_CODE),
        ("Accept-Language: de,en;q=0.5\n", "de"),
        (chosen, "uk"),
        ("Cookie: ;=\xff\n", settings.LANGUAGE_CODE),
    ):
        answer, _, page = raw(served, head + said).decode().partition("\r\n\r\n")
        assert answer.startswith("HTTP/1.1 413 ")
        assert f"Content-Language: {language}" in answer
        assert f'<html lang="{language}">' in page
        assert f"Content-Length: {len(page.encode())}" in answer
    page = raw(served, head + "Accept-Language: en\n").decode()
    assert "This is too large to send here" in page


def test_a_body_that_grows_too_large_is_refused(served: Served) -> None:
    head = "POST /preview/ HTTP/1.1\nHost: 127.0.0.1:{port}\nTransfer-Encoding: chunked\n"
    million = b"f4240\r\n" + b"x" * 1_000_000 + b"\r\n"
    before = memory(served)
    assert raw(served, head, *[million] * (LIMIT // 1_000_000 + 5)).startswith(b"HTTP/1.1 413 ")
    assert memory(served) - before < 5_000_000


def memory(served: Served) -> int:
    status = Path(f"/proc/{served.process.pid}/status").read_text()
    return int(next(line.split()[1] for line in status.splitlines() if line.startswith("VmRSS"))) * 1024


def test_a_body_just_allowed_comes_in(served: Served) -> None:
    with served.client() as browser:
        answer = browser.post("/changes/", content=b"x" * 3_000_000)
        assert answer.status_code in {400, 403, 405}, "the view's own answer"


def test_a_second_process_refuses_to_start(served: Served, log: Path) -> None:
    """Without Redis; with Redis, as `served` on PostgreSQL is, several processes may serve one database."""
    with ExitStack() as stack:
        if settings.REDIS_URL:
            stack.enter_context(serving(log.with_name("first"), REDIS_URL=""))
        second = Served(log, REDIS_URL="").start()
        assert second.process.wait(20) == 1
        assert "REDIS_URL" in second.logged()
        assert "Traceback" not in second.logged()


def test_a_killed_process_leaves_no_stale_lock(served: Served, log: Path) -> None:
    if not settings.REDIS_URL:
        served.process.kill()
        served.process.wait()
        served.start()
        assert served.process.poll() is None, served.logged()
        return
    with serving(log, REDIS_URL="") as first:
        first.process.kill()
        first.process.wait()
        first.start()
        assert first.process.poll() is None, first.logged()


def test_a_taken_port_is_said_so(served: Served, log: Path) -> None:
    second = Served(log, REDIS_URL="redis://127.0.0.1:1/0")
    second.port = served.port
    second.start()
    assert second.process.wait(20) == 1
    assert "is taken" in second.logged()


async def _sent_away(served: Served) -> tuple[int, str]:
    async with served.socket() as page:
        threading.Timer(0.3, served.process.terminate).start()
        with pytest.raises(websockets.ConnectionClosed) as closed:
            await asyncio.wait_for(page.recv(), 10)
        return closed.value.rcvd.code, closed.value.rcvd.reason


def test_the_end_lets_everybody_finish(log: Path, client: Client) -> None:
    """Sockets are told when to come back; a running request gets its answer; nobody new is let in."""
    with serving(log, REDIS_URL=settings.REDIS_URL or "redis://127.0.0.1:1/0") as served:
        code, reason = asyncio.run(_sent_away(served))
        assert code == 1012
        assert 1 <= float(reason.removeprefix("return in ")) <= 10
        assert served.process.wait(30) == 0
        with socket.socket() as probe:
            assert probe.connect_ex(("127.0.0.1", served.port)) != 0
        assert "Traceback" not in served.logged().replace("asyncio.exceptions", "")
