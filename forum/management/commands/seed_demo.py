"""`seed_demo`: a believable site to try things on."""

import time
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from forum.management.demo import content, seeding


class Command(BaseCommand):
    help = "Builds the demo: communities, people and threads. Does nothing where it stands. Only with DEMO=1."

    def handle(self, **options: Any) -> None:
        if not settings.DEMO:
            raise CommandError(
                "The demo has accounts with a password everybody knows, so it is only built where DEMO=1 is set."
            )
        started = time.monotonic()
        if not seeding.is_built() and seeding.build(self._say):
            self.stdout.write(f"The demo was built in {time.monotonic() - started:.1f} s.")
        self.stdout.write(f"Demo accounts, all with the password {seeding.PASSWORD}:")
        for key in content.NAMED:
            self.stdout.write(f"  {seeding.address(key)}")
        self.stdout.flush()

    def _say(self, words: str) -> None:
        self.stdout.write(f"Building the demo: {words}")
        self.stdout.flush()
