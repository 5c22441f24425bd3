"""Mail kept as files, for trying things out: one readable file a message, announced on the console."""

import itertools
import logging
import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.conf import settings
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend
from django.utils import timezone

logger = logging.getLogger(__name__)
_counter = itertools.count(1)


class AnnouncingFileBackend(BaseEmailBackend):
    """Writes each message under `EMAIL_FILE_PATH` as people read it: a few headers, an empty line, the text.

    Codes stand in the file, never on the console.
    """

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        folder = Path(settings.EMAIL_FILE_PATH)
        folder.mkdir(parents=True, exist_ok=True)
        for message in email_messages:
            now = timezone.localtime()
            path = folder / _file_name(message, now)
            path.write_text(_as_read(message, now), encoding="utf-8")
            logger.info("mail to %s: “%s” %s", ", ".join(message.recipients()), _one_line(message.subject), path)
        return len(email_messages)


def _file_name(message: EmailMessage, now: datetime) -> str:
    """Sorted by time; the counter keeps two mails of one second apart."""
    recipient = re.sub(r"[^A-Za-z0-9@._+-]", "_", (message.recipients() or ["nobody"])[0])[:80]
    return f"{now:%Y%m%d-%H%M%S}-{next(_counter):04}-{recipient}.eml"


def _as_read(message: EmailMessage, now: datetime) -> str:
    headers = {
        "From": message.from_email,
        "To": ", ".join(message.to),
        "Subject": message.subject,
        "Date": now.strftime("%Y-%m-%d %H:%M:%S %z"),
        **message.extra_headers,
    }
    lines = [f"{name}: {_one_line(value)}" for name, value in headers.items()]
    others = [f"[{kind} as well]" for _content, kind in getattr(message, "alternatives", [])]
    return "\n".join([*lines, "", str(message.body), *others, ""])


def _one_line(value: object) -> str:
    return " ".join(str(value).split())
