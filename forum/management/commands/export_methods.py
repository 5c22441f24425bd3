"""`export_methods FILE [--community SLUG]`: the methods as JSON lines that `import_methods` takes back unchanged."""

import json
from argparse import ArgumentParser
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from forum.communities.models import Community
from forum.methods.models import MethodVersion
from forum.methods.records import outgoing
from forum.methods.translations.records import outgoing_of

AT_ONCE = 200


class Command(BaseCommand):
    help = "Writes every method but hidden ones as it is now, each with the id it came with, or one of its own."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--community", metavar="SLUG")

    def handle(self, *, file: Path, community: str | None, **options: Any) -> None:
        rows = MethodVersion.objects.present().filter(method__thread__hiding=None).select_related("method__community")
        if community:
            if not Community.objects.filter(slug=community).exists():
                raise CommandError(f"There is no community {community!r}.")
            rows = rows.filter(method__community__slug=community)
        count = 0
        with file.open("w", encoding="utf-8") as out:
            every = rows.order_by("method").iterator(AT_ONCE)
            while batch := list(islice(every, AT_ONCE)):
                translations = outgoing_of(batch)
                for version in batch:
                    method = version.method
                    line = outgoing(version.card, method.key, method.source_url, translations.get(method.pk))
                    out.write(json.dumps(line, ensure_ascii=False) + "\n")
                count += len(batch)
        self.stdout.write(f"{count} methods.")
