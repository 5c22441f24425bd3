"""How often: for deeds that leave no rows to count. Counted in the cache, which several processes share."""

import logging
import time
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forum.web.errors import Refusal

logger = logging.getLogger(__name__)

TOO_FAST = _("That was very quick. Please try again in a moment.")
#: A demo's accounts are shared by everybody who looks at it, and by programs that measure.
DEMO_TIMES = 100


def too_often(what: str, *, most: int, seconds: int) -> bool:
    """Was this done more than `most` times in the present span of so many seconds? A cache that fails stops nobody."""
    key = f"pace:{what}:{int(time.time() // seconds)}"
    try:
        cache.add(key, 0, seconds * 2)
        return cache.incr(key) > most
    except ValueError:  # forgotten between the two lines
        return False
    except Exception:
        logger.exception("the cache does not count")
        return False


def is_demo(member: Any) -> bool:
    return bool(settings.DEMO and member.email.endswith("@demo.example"))


def ask_pace(what: str, member: Any, *, most: int, seconds: int = 60, words: str | Promise = TOO_FAST) -> None:
    """Counts a deed of this member; Refusal (429, with the seconds to wait) beyond `most` in the span.

    Asked before the work it guards, so that what is refused costs nothing.
    """
    most *= DEMO_TIMES if is_demo(member) else 1
    if too_often(f"{what}:{member.pk}", most=most, seconds=seconds):
        raise Refusal(words, status=429, retry_after=seconds - int(time.time()) % seconds)
