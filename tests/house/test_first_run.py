"""`make run`, from the settings file on: prepares what is missing, then serves; the second time it has little to do."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from forum.config import first_run
from tests.house.files import ROOT


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def get(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address, timeout=10) as answer:
            return answer.status, answer.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, ""
    except (urllib.error.URLError, OSError):
        return 0, ""


@contextmanager
def running(folder: Path) -> Iterator[str]:
    """The site without its demo (which has tests of its own), until the block ends; yields its address."""
    port = free_port()
    environment = {
        "PATH": os.environ["PATH"],
        "COURTYARD_VAR": str(folder),
        "SITE_URL": f"http://localhost:{port}",
        "DEMO": "0",
    }
    command = [sys.executable, "manage.py", "run", "--port", str(port)]
    with (folder / "log").open("w") as log:
        process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        until = time.monotonic() + 90
        while get(f"http://127.0.0.1:{port}/")[0] != 200:
            assert process.poll() is None, (folder / "log").read_text()
            assert time.monotonic() < until, (folder / "log").read_text()
            time.sleep(0.2)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(40)
        finally:
            process.kill()


def test_it_comes_up_ready_and_comes_up_again(tmp_path: Path) -> None:
    first_run.write_settings(tmp_path)
    with running(tmp_path) as address:
        assert get(f"{address}/healthz") == (200, "ok\n")
        assert get(f"{address}/readyz") == (200, "ready\n")
        page = get(f"{address}/")[1]
        styles = re.findall(r'href="(/static/[^"]+\.css)"', page)
        assert styles
        assert all(re.search(r"\.[0-9a-f]{12}\.css$", style) for style in styles), "hashed names may be kept for ever"
        assert {get(address + style)[0] for style in styles} == {200}
    collected = (tmp_path / "static/staticfiles.json").stat().st_mtime
    with running(tmp_path):
        assert (tmp_path / "static/staticfiles.json").stat().st_mtime == collected
