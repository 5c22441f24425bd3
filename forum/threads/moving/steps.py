"""What moving, splitting and merging share. Called inside `changes.writing()`."""

from collections.abc import Iterable
from datetime import datetime
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Member
from forum import changes, mail, notifications
from forum.communities.models import Audience
from forum.log import LogEntry
from forum.threads.models import Post, Thread
from forum.threads.moving.models import Leaving, Merging, MoveRequest
from forum.threads.steps import audience_now
from forum.web.errors import Refusal


class Done(NamedTuple):
    """Where the posts are now, and the entry that can be undone."""

    thread: Thread
    entry: LogEntry


def tell_lists(thread: Thread, before: str) -> None:
    """The lists that show the thread, and those that showed it while `before` was its `audience_now`."""
    streams = {Audience.ANYONE: f"community:{thread.community_id}", Audience.MEMBERS: f"inside:{thread.community_id}"}
    for audience in {before, audience_now(thread)}:
        changes.record(streams[Audience(audience)], "thread.moved", thread=thread.pk)


def tell_pages(kind: str, *threads: Thread) -> None:
    for thread in threads:
        changes.record(f"thread:{thread.pk}", kind, thread=thread.pk)


def narrow_to(thread: Thread, audience: str) -> None:
    if thread.audience != audience:
        thread.audience = audience
        thread.save(update_fields=["audience"])


def snapshot(*threads: Thread) -> list[list[int]]:
    """The lines about posts that left, as they stand: [[line, thread, target, after], …]."""
    rows = Leaving.objects.filter(thread__in=threads) | Leaving.objects.filter(target__in=threads)
    return [list(row) for row in rows.order_by("pk").values_list("pk", "thread_id", "target_id", "after")]


def put_back(lines: Iterable[list[int]]) -> None:
    for pk, thread, target, after in lines:
        Leaving.objects.filter(pk=pk).update(thread=thread, target=target, after=after)


def now_in(pk: int) -> int | None:
    """The thread that thread `pk` went into whole, whoever may see it."""
    return Merging.objects.filter(thread=pk).values_list("into", flat=True).first()


def who_was_first(thread: Thread, kinds: Iterable[str]) -> str:
    """For a moderator whose colleague was quicker."""
    entry = LogEntry.objects.filter(thread=thread, kind__in=list(kinds)).select_related("by").order_by("-pk").first()
    if entry and entry.by:
        return _("%(name)s was first: the thread is not as you saw it any more. Please look again.") % {
            "name": entry.by
        }
    return _("The thread is not as you saw it any more. Please look again.")


def starts(*threads: Thread) -> list[list[int | str]]:
    """Whose each thread is, and since when: [[thread, author, moment], …]."""
    return [[thread.pk, thread.author_id, thread.started_at.isoformat()] for thread in threads]


def restart(was: Iterable[list[int | str]]) -> None:
    for pk, author, moment in was:
        Thread.objects.filter(pk=pk).update(author=author, started_at=datetime.fromisoformat(str(moment)))


def unwritten(entry: LogEntry, *threads: Thread) -> None:
    """Refusal when anything was written, moved or changed in these threads since: then nothing is taken back."""
    counts = [thread.last_number for thread in threads]
    edited = Post.objects.filter(thread__in=threads, edited_at__gt=entry.at)
    if counts != entry.more["counts"] or edited.exists():
        raise Refusal(_("Something was written there since, so this cannot be undone. You can still do the opposite."))


def end_asking(thread: Thread, by: Member) -> None:
    """The thread is not what its authors were asked about any more."""
    for request in MoveRequest.objects.filter(thread=thread, outcome=MoveRequest.Outcome.WAITING):
        end_request(request, by, MoveRequest.Outcome.WITHDRAWN)


def end_request(request: MoveRequest, by: Member | None, outcome: str) -> None:
    request.outcome, request.ended_by, request.ended_at = outcome, by, timezone.now()
    request.save(update_fields=["outcome", "ended_by", "ended_at"])
    mail.withdraw("move.asked", about=request.pk)
    notifications.withdraw("move.asked", about=request.pk)
