"""The city's date, from the same injectable clock as the other processes (``WENZHENG_CLOCK``)."""

import os
from datetime import date, datetime
from zoneinfo import ZoneInfo

CITY_ZONE = ZoneInfo("Asia/Shanghai")


def today() -> date:
    """Return today's date in the city; ``WENZHENG_CLOCK`` shifts it, counted from ``WENZHENG_CLOCK_STARTED``."""
    now = datetime.now(CITY_ZONE)
    start = os.environ.get("WENZHENG_CLOCK")
    if not start:
        return now.date()
    started = os.environ.get("WENZHENG_CLOCK_STARTED")
    running_since = datetime.fromisoformat(started) if started else _IMPORTED
    return (datetime.fromisoformat(start).astimezone(CITY_ZONE) + (now - running_since)).date()


_IMPORTED = datetime.now(CITY_ZONE)
