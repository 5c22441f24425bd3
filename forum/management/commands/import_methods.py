"""`import_methods FILE --community SLUG`: methods with their credit and rights, from a file of JSON lines, or from
Markdown files: one, or a folder of them."""

import time
from argparse import ArgumentParser
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forum.communities.models import Community
from forum.management.contributions import BadLine
from forum.management.importer import importer
from forum.management.methodfiles import Source, in_folder, in_lines
from forum.management.progress import Progress
from forum.methods.imports import import_methods
from forum.methods.records import BadRecord, Incoming, incoming
from forum.web.errors import Refusal

ADDRESS, NAME = "methods@import.invalid", "Method library (import)"
ABOUT = "Methods that others published first. Each says whose it is, where it stood and what may be done with it."


class Command(BaseCommand):
    help = "Takes methods into a community, each with its thread. Run again, it takes in what is new."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="JSON lines; or a Markdown file, or a folder of such")
        parser.add_argument("--community", required=True, metavar="SLUG")

    def handle(self, *, file: Path, community: str, **options: Any) -> None:
        self.skipped: dict[str, list[str]] = defaultdict(list)
        self.read = self.new = 0
        started = time.monotonic()
        try:
            house = Community.objects.get(slug=community)
            is_markdown = file.is_dir() or file.suffix == ".md"
            self.unit = "file" if is_markdown else "line"
            total, sources = (in_folder if is_markdown else in_lines)(file)
            progress = Progress(total, self.stderr)
            author = importer(ADDRESS, NAME, ABOUT)
            for new in import_methods(author=author, community=house, rows=self._good(sources, progress)):
                self.new += new
            progress.end(f"{self.read} {self.unit}s read")
        except Community.DoesNotExist:
            raise CommandError(f"There is no community {community!r}.") from None
        except OSError as error:
            raise CommandError(f"{file} cannot be read: {error.strerror}.") from None
        except Refusal as refusal:
            raise CommandError(str(refusal.message)) from None
        self._report(time.monotonic() - started)

    def _good(self, sources: Iterator[Source], progress: Progress) -> Iterator[Incoming]:
        """Every good one; the others are noted with where they stand and their names."""
        for place, read, done in sources:
            self.read += 1
            name = ""
            try:
                record = read()
                name = "".join(sign for sign in str(record.get("id", ""))[:80] if sign.isprintable())
                yield incoming(record)
            except (BadLine, BadRecord) as reason:
                self.skipped[str(reason)].append(f"{place} {name}".strip())
            progress.show(done, f"{self.read} {self.unit}s read")

    def _report(self, seconds: float) -> None:
        bad = sum(len(numbers) for numbers in self.skipped.values())
        there = self.read - self.new - bad
        self.stdout.write(f"{self.new} new methods, {there} there already, {bad} skipped, in {seconds:.1f} s.")
        for reason, named in sorted(self.skipped.items()):
            self.stdout.write(f"  skipped {len(named)}: {reason} ({self.unit} {', '.join(named)})")
