"""Slow mode: one post a member every so many minutes, while heads cool. Moderators are exempt."""

from datetime import datetime, timedelta
from typing import Any

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from accounts.models import Member
from forum import changes
from forum.log import LogEntry
from forum.threads import rules
from forum.threads.managing.models import PACES, Pace
from forum.threads.managing.steps import Done, changed_since, enter, first, hold, tell, thread_of
from forum.threads.models import Post, Thread
from forum.web.errors import Refusal


@changes.writing()
def slow_thread(*, by: Member, thread: Thread, minutes: int, reason: str) -> Done:
    """Says who was first where a pace stands."""
    thread = hold(by, thread)
    if minutes not in PACES:
        raise Refusal(_("Choose one of the paces."), field="minutes")
    if pace := Pace.objects.filter(thread=thread).first():
        return Done(first=pace.by)
    pace = Pace.objects.create(thread=thread, by=by, minutes=minutes, reason=reason)
    tell(thread, "thread.slowed", lists=False)
    return Done(enter("thread.slowed", by=by, thread=thread, words=reason, pace=pace.pk, minutes=minutes))


@changes.writing()
def unslow_thread(*, by: Member, thread: Thread) -> Done:
    thread = hold(by, thread)
    pace = Pace.objects.filter(thread=thread).first()
    if pace is None:
        return first("thread.unslowed", thread)
    was: dict[str, Any] = {"by": pace.by_id, "at": pace.at.isoformat(), "reason": pace.reason, "minutes": pace.minutes}
    pace.delete()
    tell(thread, "thread.unslowed", lists=False)
    return Done(enter("thread.unslowed", by=by, thread=thread, was=was))


def undo_slow(entry: LogEntry, by: Member) -> None:
    thread = hold(by, thread_of(entry))
    if not Pace.objects.filter(thread=thread, pk=entry.more["pace"]).delete()[0]:
        raise changed_since()
    tell(thread, "thread.unslowed", lists=False)


def undo_unslow(entry: LogEntry, by: Member) -> None:
    thread = hold(by, thread_of(entry))
    was = entry.more["was"]
    if Pace.objects.filter(thread=thread).exists():
        raise changed_since()
    since = datetime.fromisoformat(was["at"])
    Pace.objects.create(thread=thread, by_id=was["by"], at=since, reason=was["reason"], minutes=was["minutes"])
    tell(thread, "thread.slowed", lists=False)


def next_post_at(member: Member, thread: Thread, pace: Pace) -> datetime | None:
    """When this member may write in the thread again; None: now. What was taken back counts as well."""
    if rules.may_moderate(member, thread.community):
        return None
    own = Post.objects.filter(thread=thread, author=member).order_by("-number")
    last = own.values_list("published_at", flat=True).first()
    due = last and last + timedelta(minutes=pace.minutes)
    return due if due and due > timezone.now() else None


def in_words(moment: datetime) -> str:
    """The clock of the member who reads this, with the day where that is another one."""
    local = timezone.localtime(moment)
    same_day = local.date() == timezone.localdate()
    return date_format(local, "H:i" if same_day else "j F, H:i")


def check_pace(member: Member, thread: Thread) -> None:
    """Refusal (429, with the seconds to wait) for a second post within the thread's pace. The thread is held."""
    pace = getattr(thread, "pace", None)
    due = pace and next_post_at(member, thread, pace)
    if due:
        words = _("This thread is in slow mode. Your text is kept: you can send it from %(time)s on.")
        wait = int((due - timezone.now()).total_seconds()) + 1
        raise Refusal(words % {"time": in_words(due)}, status=429, retry_after=wait)


def tell_pace(thread: Thread, author: Member) -> None:
    """After a post: on the author's other pages the composer says when they may write again."""
    if hasattr(thread, "pace"):
        changes.record(f"member:{author.pk}", "composer.changed", thread=thread.pk)
