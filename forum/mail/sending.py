"""The worker's part: one letter after the other, each claimed before it goes out, so that two workers and a killed one
lose nothing. Only the letter in hand at a kill may go out twice, with the same Message-ID."""

import logging
import threading
from datetime import timedelta

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import close_old_connections, connection
from django.db.models import Q
from django.utils import timezone, translation

from forum import changes
from forum.mail import outbox
from forum.mail.models import Letter
from forum.mail.registry import Words, compose_of

log = logging.getLogger(__name__)

LOOK = 2.0  # seconds between two looks, for what other processes wrote
LEASE = timedelta(minutes=10)  # so long nobody else touches a letter that a worker has in hand
FIRST_WAIT, LONGEST_WAIT = timedelta(seconds=30), timedelta(hours=2)
GIVE_UP_AFTER = timedelta(days=5)


def run(stop: threading.Event) -> None:
    """Sends what is due until `stop` is set. Never raises."""
    while not stop.is_set():
        outbox.waiting.wait(LOOK)
        outbox.waiting.clear()
        close_old_connections()
        try:
            send_due(stop)
        except Exception:
            log.exception("looking for letters failed; looking again")
            stop.wait(5)
        finally:
            close_old_connections()
    connection.close()


def send_due(stop: threading.Event | None = None) -> int:
    """All that is due now, over one connection to the mail server; how many went out."""
    sent = 0
    with_server: BaseEmailBackend | None = None
    try:
        while not (stop and stop.is_set()) and (letter := _claim()):
            with_server = with_server or get_connection()
            sent += _send(letter, with_server)
    finally:
        if with_server:
            with_server.close()
    return sent


def _claim() -> Letter | None:
    free = Q(claimed_at=None) | Q(claimed_at__lt=timezone.now() - LEASE)
    if not Letter.objects.due().filter(free).exists():  # on SQLite looking is cheap and a transaction is not
        return None
    with changes.writing():
        rows = Letter.objects.due().filter(free).select_for_update(skip_locked=True, of=("self",))
        letter = rows.first()
        if letter:
            letter.claimed_at = timezone.now()
            letter.save(update_fields=["claimed_at"])
    return Letter.objects.select_related("member").get(pk=letter.pk) if letter else None


def _send(letter: Letter, server: BaseEmailBackend) -> bool:
    row = Letter.objects.filter(pk=letter.pk)
    try:
        with translation.override(_language(letter)):
            words = compose_of(letter.kind)(letter)
            if words is None:
                row.update(withdrawn_at=timezone.now(), claimed_at=None)
                return False
            server.send_messages([message_of(letter, words)])
    except Exception as fault:
        log.exception("letter %d could not be sent", letter.pk)
        server.close()
        _put_off(letter, fault)
        return False
    row.update(sent_at=timezone.now(), claimed_at=None, problem="")
    return True


def _language(letter: Letter) -> str:
    return (letter.member.interface_language if letter.member else letter.language) or settings.LANGUAGE_CODE


def message_of(letter: Letter, words: Words) -> EmailMessage:
    """To one person, and marked so that no machine answers it (RFC 3834)."""
    headers = {"Message-ID": letter.message_id, "Auto-Submitted": "auto-generated", **words.headers}
    to = letter.member.email if letter.member else letter.address
    return EmailMessage(" ".join(words.subject.split()), words.text, None, [to], headers=headers)


def _put_off(letter: Letter, fault: Exception) -> None:
    now = timezone.now()
    letter.attempts += 1
    letter.problem = f"{type(fault).__name__}: {fault}"[:300]
    letter.claimed_at = None
    if now - letter.written_at > GIVE_UP_AFTER:
        letter.given_up_at = now
    letter.due_at = now + min(FIRST_WAIT * 2 ** min(letter.attempts - 1, 10), LONGEST_WAIT)
    letter.save(update_fields=["attempts", "problem", "claimed_at", "given_up_at", "due_at"])
