"""Hours in which people may be expected to look: from eight to eight, where the site is at home."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings

OPENS, CLOSES = 8, 20


def daytime_after(start: datetime, span: timedelta) -> datetime:
    """When so much daytime has passed since `start`."""
    here = start.astimezone(ZoneInfo(settings.TIME_ZONE))
    while True:
        midnight = here.replace(hour=0, minute=0, second=0, microsecond=0)
        begin = max(here, midnight.replace(hour=OPENS))
        left = midnight.replace(hour=CLOSES) - begin
        if span <= left:
            return begin + span
        span -= max(left, timedelta(0))
        here = midnight + timedelta(days=1)  # by the calendar: a day of 23 hours is one day
