"""How often: for deeds that leave no rows to count. Counted in the cache, which several processes share."""

import logging
import time

from django.core.cache import cache

logger = logging.getLogger(__name__)


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
