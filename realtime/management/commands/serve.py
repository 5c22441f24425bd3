"""`manage.py serve`: pages, sockets and background work in one process."""

import contextlib
import logging
import resource
import threading
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

log = logging.getLogger("courtyard")


class Command(BaseCommand):
    help = "Serves the site: pages, sockets and background work in one process. Ends gently on SIGTERM."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--host", default="127.0.0.1")
        parser.add_argument("--port", type=int, default=8000)
        parser.add_argument("--no-worker", action="store_true", help="background work runs in `manage.py worker`")

    def handle(self, *, host: str, port: int, no_worker: bool, **options: Any) -> None:
        # daphne's server installs its event loop when imported, which only a server needs
        from twisted.internet.error import CannotListenError

        from realtime.server import Server

        lock = None if settings.REDIS_URL else self.alone()
        allow_many_files()
        from realtime.asgi import application

        stop = threading.Event()
        worker = None if no_worker else start_worker(stop)
        server = Server(application, host=host, port=port, body_max_bytes=settings.UPLOAD_MAX_BYTES)
        try:
            server.run()
        except CannotListenError as error:
            raise CommandError(f"Port {port} on {host} is taken: {error.socketError}") from error
        finally:
            stop.set()
            if worker is not None:
                worker.join(10)
            if lock is not None:
                lock.close()

    def alone(self) -> Any:
        from realtime.alone import Taken, take_the_database

        try:
            return take_the_database()
        except Taken:
            raise CommandError(
                "Another `manage.py serve` runs on this database. Several processes need REDIS_URL."
            ) from None


def start_worker(stop: threading.Event) -> threading.Thread:
    from forum.management.chores import run_worker

    worker = threading.Thread(target=run_worker, args=(stop,), name="worker", daemon=True)
    worker.start()
    return worker


def allow_many_files() -> None:
    """A socket is a file; the usual 1024 would turn readers away."""
    with contextlib.suppress(OSError, ValueError):
        _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(most, 65536) if most > 0 else 65536, most))
