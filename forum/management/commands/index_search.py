"""Makes the search index anew from what stands in the database."""

from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand

from forum import changes, search
from forum.management.progress import Progress
from forum.search.models import SearchDocument

AT_ONCE = 200


class Command(BaseCommand):
    help = "Indexes every thread, reply and method again. The site may run meanwhile; may be stopped and run again."

    def handle(self, *_args: Any, **_options: Any) -> None:
        kinds = search.kinds()
        done, progress = 0, Progress(sum(kind.rows().count() for kind in kinds.values()), self.stderr)
        for name, kind in kinds.items():
            for pks in _batches(kind):
                with changes.writing():
                    self._index(name, kind, pks)
                done += len(pks)
                progress.show(done, f"{done} indexed")
            gone = SearchDocument.objects.filter(kind=name).exclude(object_id__in=kind.rows().values("pk"))
            with changes.writing():
                search.remove(name, list(gone.values_list("object_id", flat=True)))
        progress.end(f"{done} indexed")
        self.stdout.write(f"Done: {done} things indexed.")

    def _index(self, name: str, kind: search.Kind, pks: list[int]) -> None:
        """Held first, read then: an edit that is under way has its say before or after."""
        list(kind.rows().select_for_update(no_key=True, of=("self",)).filter(pk__in=pks).order_by("pk").values("pk"))
        entries = kind.entries(pks)
        search.put_all(entries)
        search.remove(name, set(pks) - {entry.pk for entry in entries})


def _batches(kind: search.Kind) -> Iterator[list[int]]:
    last = 0
    while pks := list(kind.rows().filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)[:AT_ONCE]):
        yield pks
        last = pks[-1]
