"""The background work in a process of its own; `manage.py serve` brings its own thread for it."""

import signal
import threading
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forum.management.chores import CHORES, do, run_worker
from forum.notifications import spreading


class Command(BaseCommand):
    help = "Does the house's chores until it is stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="do every chore now and end")

    def handle(self, *, once: bool, **options: Any) -> None:
        if once:
            failed = [chore.__name__ for chore in (*(chore for chore, _ in CHORES), spreading.spread) if not do(chore)]
            if failed:
                raise CommandError(f"Failed: {', '.join(failed)}. The log says why.")
            return
        stop = threading.Event()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: stop.set())
        run_worker(stop)
