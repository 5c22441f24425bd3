"""`import_discussion FILE --community SLUG`: contributions of a dialogue held elsewhere become threads."""

import time
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.core.management.base import BaseCommand, CommandError

from forum.communities.models import Community
from forum.management.contributions import BadLine, contribution, lines
from forum.management.importer import importer
from forum.management.progress import Progress
from forum.threads.imports import Contribution, import_contributions
from forum.web.errors import Refusal

ADDRESS, NAME = "buergerdialog@import.invalid", "Bürgerdialog (import)"
ABOUT = "Texts that stood elsewhere first. Below each of them is the address it was published at."
LINES_NAMED = 20


class Command(BaseCommand):
    help = "Takes contributions (JSON lines) into a community, a thread each. Run again, it takes in what is new."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--community", required=True, metavar="SLUG")
        parser.add_argument("--credit", default="", help="whom to thank: stands in the profile of the author account")

    def handle(self, *, file: Path, community: str, credit: str, **options: Any) -> None:
        self.skipped: dict[str, list[int]] = defaultdict(list)
        self.read = self.new = 0
        started = time.monotonic()
        try:
            house = Community.objects.get(slug=community)
            with file.open("rb") as source:
                self._import(source, file.stat().st_size, house, credit)
        except Community.DoesNotExist:
            known = ", ".join(Community.objects.order_by("slug").values_list("slug", flat=True)) or "none yet"
            raise CommandError(f"There is no community {community!r}. There are: {known}.") from None
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from None
        self._report(time.monotonic() - started)

    def _import(self, source: IO[bytes], size: int, house: Community, credit: str) -> None:
        progress = Progress(size, self.stderr)
        author = importer(ADDRESS, NAME, ABOUT, credit)
        for new in import_contributions(author=author, community=house, rows=self._good(source, progress)):
            self.new += new
        progress.end(f"{self.read} lines read")

    def _good(self, source: IO[bytes], progress: Progress) -> Iterator[Contribution]:
        """Every good line; the others are noted with their numbers."""
        for number, line in lines(source):
            self.read += 1
            try:
                yield contribution(line)
            except BadLine as reason:
                self.skipped[str(reason)].append(number)
            progress.show(source.tell(), f"{self.read} lines read")

    def _report(self, seconds: float) -> None:
        bad = sum(len(numbers) for numbers in self.skipped.values())
        there = self.read - self.new - bad
        self.stdout.write(f"{self.new} new threads, {there} there already, {bad} skipped, in {seconds:.1f} s.")
        for reason, numbers in sorted(self.skipped.items(), key=lambda item: (-len(item[1]), item[0])):
            named = ", ".join(map(str, numbers[:LINES_NAMED]))
            more = f" and {len(numbers) - LINES_NAMED} more" if len(numbers) > LINES_NAMED else ""
            self.stdout.write(f"  skipped {len(numbers)}: {reason} (line {named}{more})")
        self.stdout.flush()
