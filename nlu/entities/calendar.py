"""Arithmetic on months that the period and date extractors share."""

import calendar
from datetime import date, timedelta
from typing import Optional, Tuple

from dateutil.relativedelta import relativedelta

from nlu.entities.numerals import parse

ENGLISH_MONTHS = (
    *("january", "february", "march", "april", "may", "june"),
    *("july", "august", "september", "october", "november", "december"),
)
ENGLISH_MONTH = (
    r"(?:" + "|".join(f"{name[:3]}(?:{name[3:]})?" if name != "may" else name for name in ENGLISH_MONTHS) + r"|sept)\.?"
)
WEEKDAYS = {character: day for day, character in enumerate("一二三四五六日")}
WEEKDAYS.update({"天": 6, "末": 5, **{str(day + 1): day for day in range(6)}})
ENGLISH_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Span = Tuple[date, date]


def month_number(name: str) -> int:
    """Return the number of an English month's name or short name."""
    return next(index for index, month in enumerate(ENGLISH_MONTHS, start=1) if month[:3] == name[:3])


def month(year: int, number: int) -> Span:
    """Return the first and the last day of a month."""
    return date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1])


def months(year: int, first: int, last: int) -> Span:
    """Return the first day of one month and the last of another of the same year."""
    return date(year, first, 1), month(year, last)[1]


def quarter(year: int, number: int) -> Span:
    """Return a quarter."""
    return months(year, 3 * number - 2, 3 * number)


def shifted_month(day: date, shift: int) -> Span:
    """Return the month that lies ``shift`` months after the one of ``day``."""
    other = day.replace(day=1) + relativedelta(months=shift)
    return month(other.year, other.month)


def shifted_quarter(day: date, shift: int) -> Span:
    """Return the quarter that lies ``shift`` quarters after the one of ``day``."""
    other = date(day.year, 3 * ((day.month - 1) // 3) + 1, 1) + relativedelta(months=3 * shift)
    return quarter(other.year, (other.month - 1) // 3 + 1)


def shifted_week(day: date, shift: int) -> Span:
    """Return the week, Monday to Sunday, that lies ``shift`` weeks after the one of ``day``."""
    monday = day - timedelta(days=day.weekday()) + timedelta(weeks=shift)
    return monday, monday + timedelta(days=6)


def day_or_none(year: int, number: int, day: int) -> Optional[date]:
    """Return the day if the calendar has it."""
    try:
        return date(year, number, day)
    except ValueError:
        return None


def whole(written: Optional[str], low: int, high: int) -> Optional[int]:
    """Return a written whole number if it lies within the bounds."""
    value = parse(written) if written else None
    return int(value) if value is not None and value == int(value) and low <= value <= high else None


def year_of(written: Optional[str]) -> Optional[int]:
    """Return a year written with four or two digits ("2024", "二零二四", "24")."""
    value = whole(written, 0, 2100)
    if value is None:
        return None
    if value < 100:
        return 2000 + value if len(written or "") == 2 and value >= 10 else None
    return value if value >= 1900 else None
