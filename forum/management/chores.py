"""The house's chores: what must happen now and then and nobody waits for.

`manage.py worker` does them in a process of its own, `manage.py serve` in a thread. Two workers do no harm:
every chore finds nothing to do the second time; and notices are told once, see `notifications.spreading`.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta

from django.core.management import call_command
from django.db import close_old_connections, connection
from django.utils import timezone

from forum import changes
from forum.files import actions as files
from forum.mail import sending
from forum.methods.questions.mail import send_weekly_questions
from forum.moderation.decisions.restricting import end_suspensions
from forum.moderation.duty.calling import climb_cases
from forum.notifications import spreading
from forum.threads.models import Lock
from forum.threads.moderating import end_lock

log = logging.getLogger(__name__)
PAUSE = 60  # seconds between two looks at the clock


def prune_journal() -> int:
    """A few thousand rows a transaction, so that nobody's reply waits behind it."""
    total = 0
    while gone := changes.prune():
        total += gone
    return total


def prune_notices() -> int:
    total = 0
    while gone := spreading.prune():
        total += gone
    return total


def delete_abandoned_pictures() -> int:
    return files.delete_abandoned(timezone.now())


def end_locks() -> int:
    """Each in a write of its own: a lock whose time is over locks nothing, but open pages still show it."""
    over = Lock.objects.filter(until__lte=timezone.now()).select_related("thread")
    return sum(end_lock(thread=lock.thread) for lock in over)


def clear_sessions() -> None:
    call_command("clearsessions")


CHORES: list[tuple[Callable[[], int | None], timedelta]] = [
    (end_locks, timedelta(minutes=1)),
    (prune_journal, timedelta(hours=1)),
    (prune_notices, timedelta(hours=6)),
    (delete_abandoned_pictures, timedelta(hours=6)),
    (clear_sessions, timedelta(days=1)),
    (send_weekly_questions, timedelta(hours=1)),
    (climb_cases, timedelta(minutes=5)),
    (end_suspensions, timedelta(minutes=5)),
]


def run_worker(stop: threading.Event) -> None:
    """Tells what happens within a second, sends letters, and does every chore at its time, first a minute after the
    start, until `stop` is set. Never raises."""
    telling = threading.Thread(target=spreading.run, args=(stop,), name="notices", daemon=True)
    telling.start()
    mailing = threading.Thread(target=sending.run, args=(stop,), name="letters", daemon=True)
    mailing.start()
    due = [time.monotonic() + PAUSE] * len(CHORES)
    while not stop.wait(PAUSE):
        for index, (chore, period) in enumerate(CHORES):
            if due[index] <= time.monotonic():
                due[index] = time.monotonic() + period.total_seconds()
                do(chore)
    telling.join(timeout=10)
    mailing.join(timeout=10)
    connection.close()


def do(chore: Callable[[], int | None]) -> bool:
    """One chore now: was it done? When it fails, that is logged, and it comes again at its time."""
    close_old_connections()
    try:
        count = chore()
    except Exception:
        log.exception("chore %s failed", chore.__name__)
        return False
    else:
        if count:
            log.info("chore %s: %d", chore.__name__, count)
        return True
    finally:
        close_old_connections()
