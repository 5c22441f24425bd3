"""What a page costs: a visitor's thread beside a bare view on the same server, and a long thread beside a short one.

Only ratios are meant: the two sides run in turn, in short rounds, so that a noisy machine disturbs both alike.

    python -m tests.bench.pages [rounds] [requests a round]
"""

import http.client
import os
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import Any

SETTINGS = {"ours": "forum.config.settings", "bare": "tests.bench.bare"}
READERS = 8
LONG = 20_000


def environment(folder: Path, side: str) -> dict[str, str]:
    return {
        **os.environ,
        "COURTYARD_VAR": str(folder),
        "SECRET_KEY": "only for a benchmark, only for a benchmark",
        "DJANGO_SETTINGS_MODULE": SETTINGS[side],
        "DATABASE_URL": f"sqlite:///{folder / 'bench.sqlite3'}",
        "DEBUG": "",
        "DEMO": "",
    }


def fill() -> None:
    """A thread of 20 posts, one of 40 and one of 20,000, in an open community. Runs in a process of its own."""
    import django

    django.setup()
    from django.utils import timezone

    from accounts.actions import open_account
    from forum import text
    from forum.models import Community, Membership, Post, Thread
    from forum.threads import actions

    author = open_account(email="bench@bench.example", display_name="Bench Writer", organisation="City of Łódź")
    community = Community.objects.create(slug="bench", names={"en": "Bench"}, audience="anyone", joining="open")
    Membership.objects.create(community=community, member=author)
    words = "We met at **six** in the yard, with tea and a table.\n\n- chairs\n- chalk\n\n" + "Somebody sang. " * 20
    for posts in (20, 40, LONG):
        body, now = text.clean(words, "markdown"), timezone.now()
        thread = actions.start_thread(
            author=author, community=community, title=f"Thread of {posts}", body=body, language="en", at=now
        )
        first = thread.posts.get()
        Post.objects.bulk_create(
            [_copy(first, number) for number in range(2, posts + 1)],
            batch_size=1000,
        )
        Thread.objects.filter(pk=thread.pk).update(last_number=posts)


def _copy(first: Any, number: int) -> Any:
    fields = ("thread", "author", "source", "format", "html", "text_version", "language", "audience", "role_line")
    return type(first)(number=number, **{name: getattr(first, name) for name in fields})


class Server:
    """One `manage.py serve` with a copy of the database of its own: two servers on one are refused."""

    def __init__(self, side: str, template: Path) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix=f"courtyard-bench-{side}-"))
        shutil.copytree(template, self.folder, dirs_exist_ok=True)
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        command = [sys.executable, "manage.py", "serve", "--no-worker", "--port", str(self.port)]
        self.process = subprocess.Popen(command, env=environment(self.folder, side))
        for _ in range(150):
            try:
                self.get("/threads/1/thread-of-20/")
                return
            except OSError:
                if self.process.poll() is not None:
                    break
                time.sleep(0.2)
        raise SystemExit(f"the {side} server did not start")

    def get(self, path: str, connection: http.client.HTTPConnection | None = None) -> int:
        connection = connection or http.client.HTTPConnection("localhost", self.port, timeout=30)
        connection.request("GET", path, headers={"Accept-Language": "en"})
        answer = connection.getresponse()
        body = answer.read()
        if answer.status != 200:
            raise SystemExit(f"{path}: {answer.status}")
        return len(body)

    def cpu(self) -> float:
        """Seconds of processor time this server has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def round(self, path: str, requests: int) -> tuple[float, float]:
        """(requests a second, milliseconds of processor time a request) for `requests` by a few readers at once."""

        def read() -> None:
            connection = http.client.HTTPConnection("localhost", self.port, timeout=30)
            for _ in range(requests // READERS):
                self.get(path, connection)

        readers = [threading.Thread(target=read) for _ in range(READERS)]
        cpu, start = self.cpu(), time.perf_counter()
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
        seconds = time.perf_counter() - start
        return requests / seconds, (self.cpu() - cpu) / requests * 1000

    def stop(self) -> None:
        self.process.terminate()
        self.process.wait(20)
        shutil.rmtree(self.folder, ignore_errors=True)


def compare(name: str, sides: list[tuple[str, Server, str]], rounds: int, requests: int) -> None:
    figures: dict[str, list[tuple[float, float]]] = {label: [] for label, _, _ in sides}
    for _, server, path in sides:
        server.round(path, READERS * 8)  # warm
    for _ in range(rounds):
        for label, server, path in sides:
            figures[label].append(server.round(path, requests))
    print(f"\n{name}: {rounds} rounds of {requests} requests, {READERS} at once, medians")
    for label, rows in figures.items():
        rate, cost = (statistics.median(column) for column in zip(*rows, strict=True))
        print(f"  {label:26} {rate:8.1f} requests/s   {cost:6.2f} ms of processor time each")
    first, second = (figures[label] for label, _, _ in sides)
    rates = statistics.median(a[0] / b[0] for a, b in zip(first, second, strict=True))
    costs = statistics.median(a[1] / b[1] for a, b in zip(first, second, strict=True))
    print(f"  {sides[0][0]} / {sides[1][0]}: {rates:.2f} of its requests/s, {costs:.2f} of its processor time")


def main(rounds: int = 9, requests: int = 240) -> None:
    template = Path(tempfile.mkdtemp(prefix="courtyard-bench-"))
    for command in (
        ["manage.py", "migrate", "--verbosity", "0"],
        ["manage.py", "collectstatic", "--noinput", "--verbosity", "0"],
        ["-c", "from tests.bench.pages import fill; fill()"],
    ):
        subprocess.run([sys.executable, *command], check=True, env=environment(template, "ours"))
    servers = {side: Server(side, template) for side in SETTINGS}
    try:
        ours, bare = servers["ours"], servers["bare"]
        path = "/threads/1/thread-of-20/"
        compare(
            "A visitor's thread of 20 posts", [("Courtyard", ours, path), ("bare view", bare, path)], rounds, requests
        )
        long, short = f"/threads/3/thread-of-{LONG}/?from={LONG - 19}", "/threads/2/thread-of-40/?from=21"
        compare(
            "The last page of a thread", [("20,000 posts", ours, long), ("40 posts", ours, short)], rounds, requests
        )
    finally:
        for server in servers.values():
            server.stop()
        shutil.rmtree(template, ignore_errors=True)


if __name__ == "__main__":
    main(*(int(word) for word in sys.argv[1:]))
