"""One deed, many threads: each its own write and its own entry in the log, and what could not be done is named."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from forum.log import LogEntry
from forum.threads.managing.steps import Done
from forum.threads.models import Thread
from forum.web.errors import Refusal

MOST = 50


@dataclass
class Outcome:
    entries: list[LogEntry] = field(default_factory=list)
    # {why not: titles}
    left: dict[str, list[str]] = field(default_factory=dict)

    def leave(self, thread: Thread, why: str) -> None:
        self.left.setdefault(why, []).append(thread.title)

    @property
    def sentences(self) -> list[str]:
        return [
            _("Not done: %(titles)s. %(why)s") % {"titles": ", ".join(f"“{title}”" for title in titles), "why": why}
            for why, titles in self.left.items()
        ]


def for_each(threads: Iterable[Thread], deed: Callable[[Thread], Done]) -> Outcome:
    """`deed` with each thread, in the order of their numbers; a refusal stops none of the others."""
    outcome = Outcome()
    for thread in sorted(threads, key=lambda thread: thread.pk):
        try:
            done = deed(thread)
        except Refusal as refusal:
            outcome.leave(thread, str(refusal.message))
            continue
        if done.entry:
            outcome.entries.append(done.entry)
        elif done.first:
            outcome.leave(thread, _("%(name)s did this first.") % {"name": done.first})
        else:
            outcome.leave(thread, _("It was so already."))
    return outcome
