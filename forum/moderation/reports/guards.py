"""Against machines that send reports, without asking people to prove anything: a form that must have been open for a
moment, a field that people do not see, limits, and holding.

The stamp in the form says when it was opened and which submission it will be; it is signed, so both are ours.
"""

import time
import uuid
from dataclasses import dataclass

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forum.web.errors import Refusal
from forum.web.pace import ask_pace, too_often

SALT = "courtyard.report.form"
QUICKEST = 3  # seconds to read a page and tick one box
GOOD_FOR = 24 * 60 * 60
HOUR = 60 * 60
MOST_OF_A_MEMBER = 30  # an hour
MOST_FROM_ONE_ADDRESS = 10
MOST_OF_STRANGERS = 200
FLOOD = 30  # of strangers in an hour: what comes after is held
LATER = gettext_lazy("Many reports came just now. Please try again in an hour; nothing you wrote here is lost.")


@dataclass(frozen=True)
class Stamp:
    submission: uuid.UUID
    opened: int  # seconds since 1970

    @property
    def signed(self) -> str:
        return signing.dumps([self.submission.hex, self.opened], salt=SALT)


def new_stamp(opened: float | None = None) -> Stamp:
    return Stamp(uuid.uuid4(), int(opened or time.time()))


def stamp_of(signed: str) -> Stamp | None:
    """None for what is not ours, or a day old."""
    try:
        submission, opened = signing.loads(signed[:400], salt=SALT, max_age=GOOD_FOR)
        return Stamp(uuid.UUID(submission), opened)
    except (signing.BadSignature, ValueError, TypeError):
        return None


def check_stranger(stamp: Stamp | None, trap: str) -> None:
    """Refusal with words for the person it may be after all: sending again then works."""
    if trap:
        raise Refusal(_("A field that is to stay empty was filled in, perhaps by your browser. Please send again."))
    if stamp is None:
        raise Refusal(_("This page stood open for long. Please look it over and send again."))
    if time.time() - stamp.opened < QUICKEST:
        raise Refusal(_("That was very quick. Please look it over and send again."))


def check_pace(request: HttpRequest) -> bool:
    """Counts this report; Refusal (429) beyond the limits. True: take it, and hold it, for there is a flood."""
    if request.user.is_authenticated:
        ask_pace("reports", request.user, most=MOST_OF_A_MEMBER, seconds=HOUR)
        return False
    wait = HOUR - int(time.time()) % HOUR
    if too_often(f"reports:{request.META['REMOTE_ADDR']}", most=MOST_FROM_ONE_ADDRESS, seconds=HOUR):
        raise Refusal(LATER, status=429, retry_after=wait)
    if too_often("reports:strangers", most=MOST_OF_STRANGERS, seconds=HOUR):
        raise Refusal(LATER, status=429, retry_after=wait)
    return too_often("reports:flood", most=FLOOD, seconds=HOUR)
