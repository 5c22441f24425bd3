"""What an open page gets: the changes of a stream since a number, as one document."""

from dataclasses import dataclass
from typing import Any

from django.utils import translation

from forum.changes.journal import head_of
from forum.changes.models import Change
from forum.changes.registry import find

MOST = 200  # changes an answer; a page further behind is quicker loaded afresh


@dataclass(frozen=True)
class News:
    """What is newer than `since`. `gap`: too much or no longer kept, then `changes` is empty."""

    stream: str
    since: int
    head: int
    gap: bool
    changes: list[Change]

    def document(self, language: str) -> dict[str, Any]:
        """Rendered from the rows as they are now, in one call, the same for every viewer of one language."""
        answer: dict[str, Any] = {"stream": self.stream, "since": self.since, "head": self.head, "gap": self.gap}
        found = find(self.stream)
        if not self.changes or found is None:
            return {**answer, "changes": []}
        follow, pk = found
        with translation.override(language):
            ops = follow.render(pk, self.changes)
        rendered = [{"n": change.n, "kind": change.kind, **op} for change, op in zip(self.changes, ops, strict=True)]
        return {**answer, "changes": rendered}


def news(stream: str, since: int) -> News:
    """The head first: every change up to it stands in the journal then, and fewer rows than numbers means pruned."""
    head = head_of(stream)
    if since == head:
        return News(stream, since, head, gap=False, changes=[])
    rows: list[Change] = []
    if 0 < head - since <= MOST:
        rows = list(Change.objects.filter(stream=stream, n__gt=since, n__lte=head).order_by("n"))
    gap = len(rows) != head - since  # also a page from before the database was restored, ahead of the head
    return News(stream, since, head, gap=gap, changes=[] if gap else rows)


def may_follow(viewer: Any, stream: str) -> bool:
    """False alike for what this viewer may not see and for what does not exist."""
    found = find(stream)
    return found is not None and found[0].may_follow(viewer, found[1])


def document(viewer: Any, stream: str, since: int, language: str) -> dict[str, Any] | None:
    """DESIGN's document for this viewer, or None for a stream unseen or absent."""
    return news(stream, since).document(language) if may_follow(viewer, stream) else None
