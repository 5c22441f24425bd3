"""What every bench stands on: a folder of its own with a database, a community that anyone reads and one that only
members do, and servers as processes whose CPU and memory can be read."""

import logging
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def own_folder(*, postgresql: bool = False) -> Iterator[None]:
    """Sets Django up on a database of the bench's own; to be entered before anything of the forum is imported."""
    folder = tempfile.mkdtemp(prefix="courtyard-bench-")
    for name in ("DATABASE_URL", "REDIS_URL", "DEBUG", "TRUSTED_PROXY_COUNT"):
        os.environ.pop(name, None)
    os.environ.update(
        COURTYARD_VAR=folder,
        SECRET_KEY="only-for-benches-only-for-benches-only-for-benches",
        ALLOWED_HOSTS="127.0.0.1,testserver",
        DJANGO_SETTINGS_MODULE="tests.serving",
    )
    if postgresql:
        from tests import services

        os.environ["DATABASE_URL"] = services.postgres_url()
    import django
    from django.core.management import call_command

    django.setup()
    logging.getLogger().setLevel(logging.WARNING)
    call_command("migrate", verbosity=0)
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@dataclass
class World:
    """Primary keys, and cookies of `members` signed-in members of the closed community."""

    open_thread: int
    closed_thread: int
    cookies: list[str]


def build(members: int = 0) -> World:
    from django.test import Client
    from django.utils import timezone

    from accounts.models import Member
    from forum import text
    from forum.models import Community, Membership
    from forum.threads import actions

    people = [
        Member.objects.create_user(f"m{n}@bench.example", username=f"member-{n}", display_name=f"Member {n}")
        for n in range(members + 1)
    ]
    threads = []
    for slug, audience in (("open", "anyone"), ("closed", "members")):
        community = Community.objects.create(slug=slug, names={"en": slug}, audience=audience, joining="invitation")
        Membership.objects.bulk_create(Membership(community=community, member=person) for person in people)
        body = text.clean("We began with tea.", "markdown")
        threads.append(
            actions.start_thread(
                author=people[0], community=community, title="Tea", body=body, language="en", at=timezone.now()
            ).pk
        )
    cookies = []
    for person in people[1:]:
        client = Client()
        client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
        cookies.append(client.cookies["sessionid"].value)
    return World(*threads, cookies)


class Server:
    """`python -m tests.bench.server KIND`, with the address to post at once: `/bench/put/THREAD/`."""

    def __init__(self, kind: str, **env: str) -> None:
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        env = {**os.environ, "SITE_URL": self.url, "PYTHONPATH": str(ROOT), **env}
        command = [sys.executable, "-m", "tests.bench.server", kind, str(self.port)]
        self.process = subprocess.Popen(command, cwd=ROOT, env=env)
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise RuntimeError(f"the {kind} server did not come up")

    def __enter__(self) -> "Server":
        return self

    def __exit__(self, *_: Any) -> None:
        self.process.terminate()
        try:
            self.process.wait(40)
        except subprocess.TimeoutExpired:
            self.process.kill()

    def cpu(self) -> float:
        """Seconds of CPU this process has used."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    def memory(self) -> int:
        """Resident bytes."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return int(next(line.split()[1] for line in lines if line.startswith("VmRSS"))) * 1024
