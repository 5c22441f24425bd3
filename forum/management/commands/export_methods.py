"""`export_methods FILE [--community SLUG]`: the methods as JSON lines that `import_methods` takes back unchanged."""

import json
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forum.communities.models import Community
from forum.methods.models import MethodVersion
from forum.methods.records import outgoing


class Command(BaseCommand):
    help = "Writes every method's present version, each with the id it came with, or one of its own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--community", metavar="SLUG")

    def handle(self, *, file: Path, community: str | None, **options: Any) -> None:
        rows = MethodVersion.objects.present().select_related("method__community")
        if community:
            if not Community.objects.filter(slug=community).exists():
                raise CommandError(f"There is no community {community!r}.")
            rows = rows.filter(method__community__slug=community)
        count = 0
        with file.open("w", encoding="utf-8") as out:
            for version in rows.order_by("method").iterator(200):
                method = version.method
                out.write(json.dumps(outgoing(version.card, method.key, method.source_url), ensure_ascii=False) + "\n")
                count += 1
        self.stdout.write(f"{count} methods.")
