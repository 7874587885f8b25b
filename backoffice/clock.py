"""The one source of the time.

Everything that asks for the time takes a clock, so that tests and demos can stand at any date.
All instants are aware; the city's wall clock is China Standard Time.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

CITY_ZONE = ZoneInfo("Asia/Shanghai")

Clock = Callable[[], datetime]
"""A clock is a function that returns the current instant, in the city's zone."""


def system_clock() -> datetime:
    """Return the machine's time in the city's zone."""
    return datetime.now(CITY_ZONE)


@dataclass(frozen=True)
class ShiftedClock:
    """A clock that stood at another instant when it was started and has run on since."""

    shift: timedelta

    @classmethod
    def starting_at(cls, instant: datetime, started: datetime | None = None) -> "ShiftedClock":
        """Make a clock that showed ``instant`` when the machine's time was ``started`` (default: now).

        Raises:
            ValueError: ``instant`` has no UTC offset.
        """
        if instant.tzinfo is None:
            raise ValueError("the instant needs a UTC offset, for example 2026-11-23T09:00:00+08:00")
        return cls(instant - (started or system_clock()))

    def __call__(self) -> datetime:
        return system_clock() + self.shift
