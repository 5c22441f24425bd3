"""Where deeds put their letters. One row, in the deed's own transaction: the worker sends it."""

import threading
import uuid
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation

from accounts.models import Member
from forum.mail.models import Letter
from forum.mail.registry import compose_of

#: Set when a letter was committed in this process: the worker need not wait for its next look.
waiting = threading.Event()


def write(
    kind: str,
    *,
    to: Member | None = None,
    address: str = "",
    about: int = 0,
    wait: timedelta = timedelta(0),
    **more: Any,
) -> Letter:
    """A letter to a member, or to an address. Inside `changes.writing()`; sent `wait` after, unless taken back.

    To an address it is written in the language that is active now; to a member in theirs, when it is sent.
    """
    compose_of(kind)
    letter = Letter.objects.create(
        kind=kind,
        member=to,
        address="" if to else address,
        language="" if to else translation.get_language() or settings.LANGUAGE_CODE,
        about=about,
        more=more,
        message_id=f"<{uuid.uuid4().hex}@{urlsplit(settings.SITE_URL).hostname}>",
        due_at=timezone.now() + wait,
    )
    transaction.on_commit(waiting.set)
    return letter


def withdraw(*kinds: str, about: int) -> int:
    """Not to be sent after all, as far as it has not gone yet. Inside the deed's write."""
    rows = Letter.objects.waiting().filter(kind__in=kinds, about=about)
    return rows.update(withdrawn_at=timezone.now())
