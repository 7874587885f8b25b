"""Single days, as ISO 8601 dates. A day without a year is the one nearest to today."""

import re
from datetime import date, timedelta
from typing import Callable, List, Optional, Tuple

from dateutil.relativedelta import relativedelta

from nlu.entities.calendar import (
    ENGLISH_MONTH,
    ENGLISH_WEEKDAYS,
    WEEKDAYS,
    day_or_none,
    month,
    month_number,
    shifted_month,
    shifted_week,
    whole,
    year_of,
)
from nlu.entities.found import Found

_N = r"[零〇一二两三四五六七八九十\d]"
_DAYS = {
    "大前天": -3,
    "前天": -2,
    "昨天": -1,
    "昨日": -1,
    "昨晚": -1,
    "今天": 0,
    "今日": 0,
    "今晚": 0,
    "今早": 0,
    "明天": 1,
    "明日": 1,
}
_DAYS.update({"明早": 1, "后天": 2, "大后天": 3, "day before yesterday": -2, "yesterday": -1, "today": 0, "tonight": 0})
_DAYS.update({"day after tomorrow": 2, "tomorrow": 1})
_YEARS = {"今年": 0, "本年": 0, "去年": -1, "前年": -2, "明年": 1, "": 0}
_EDGE = {"初": 0, "底": 1, "末": 1}
_COUNTS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7}
_COUNTS.update({"eight": 8, "nine": 9, "ten": 10})
_WEEKDAY = r"(?P<weekday>[一二三四五六日天末1-6])"
_ENGLISH_YEAR = r"(?:,? (?P<year>(?:19|20)\d\d))?"
_ENGLISH_WEEKDAY = r"(?P<weekday>mon|tue|wed|thu|fri|sat|sun)(?:day|sday|nesday|rsday|urday)?"

Rule = Callable[["re.Match[str]", date], Optional[date]]


def find_dates(text: str, today: date) -> List[Found]:
    """Find the single days in a normalised text."""
    found: List[Found] = []
    for pattern, rule in _RULES:
        for match in pattern.finditer(text):
            try:
                day = rule(match, today)
            except (ValueError, OverflowError):
                continue
            if day is not None:
                found.append(Found(match.start(), match.end(), "date", day.isoformat()))
    return found


def nearest(number: int, day: int, today: date) -> Optional[date]:
    """Return the day of that month and day of the month which lies nearest to today."""
    days = [day_or_none(today.year + shift, number, day) for shift in (-1, 0, 1)]
    existing = [candidate for candidate in days if candidate is not None]
    return min(existing, key=lambda candidate: abs(candidate - today)) if existing else None


def _month_day(match: "re.Match[str]", today: date) -> Optional[date]:
    number, day = whole(match.group("month"), 1, 12), whole(match.group("day"), 1, 31)
    if number is None or day is None:
        return None
    relative = match.group("relyear")
    if relative:
        return day_or_none(today.year + _YEARS[relative], number, day)
    year = year_of(match.group("year"))
    return day_or_none(year, number, day) if year else nearest(number, day, today)


def _iso(match: "re.Match[str]", today: date) -> Optional[date]:
    return day_or_none(int(match.group("year")), int(match.group("month")), int(match.group("day")))


def _english(match: "re.Match[str]", today: date) -> Optional[date]:
    number, day = month_number(match.group("month")), int(match.group("day"))
    year = match.group("year")
    return day_or_none(int(year), number, day) if year else nearest(number, day, today)


def _named(match: "re.Match[str]", today: date) -> date:
    return today + timedelta(days=_DAYS[match.group()])


def _weekday(match: "re.Match[str]", today: date) -> date:
    week = match.group("week")
    monday = shifted_week(today, week.count("下") - week.count("上"))[0]
    day = monday + timedelta(days=WEEKDAYS[match.group("weekday")])
    return day if week or day >= today else day + timedelta(weeks=1)


def _english_weekday(match: "re.Match[str]", today: date) -> date:
    week = match.group("week") or ""
    day = shifted_week(today, {"next": 1, "last": -1}.get(week, 0))[0]
    day += timedelta(days=ENGLISH_WEEKDAYS.index(match.group("weekday")))
    return day if week or day >= today else day + timedelta(weeks=1)


def _edge_of_month(match: "re.Match[str]", today: date) -> date:
    word = match.group("which") or ""
    return shifted_month(today, word.count("下") - word.count("上"))[_EDGE[match.group("edge")]]


def _edge_of_named_month(match: "re.Match[str]", today: date) -> Optional[date]:
    number = whole(match.group("month"), 1, 12)
    if number is None:
        return None
    relative = match.group("relyear")
    if relative:
        return month(today.year + _YEARS[relative], number)[_EDGE[match.group("edge")]]
    years = (today.year - 1, today.year, today.year + 1)
    days = [month(year, number)[_EDGE[match.group("edge")]] for year in years]
    return min(days, key=lambda candidate: abs(candidate - today))


def _edge_of_year(match: "re.Match[str]", today: date) -> date:
    year = today.year + _YEARS[match.group("relyear") or ""]
    return date(year, 1, 1) if match.group("edge") == "初" else date(year, 12, 31)


def _day_of_relative_month(match: "re.Match[str]", today: date) -> Optional[date]:
    word, day = match.group("which"), whole(match.group("day"), 1, 31)
    first = shifted_month(today, word.count("下") - word.count("上"))[0]
    return day_or_none(first.year, first.month, day) if day else None


def _counted(match: "re.Match[str]", today: date) -> Optional[date]:
    written = match.group("count")
    count = _COUNTS.get(written) or whole(written, 1, 400)
    if count is None:
        return None
    unit = {
        "天": "days",
        "日": "days",
        "周": "weeks",
        "星期": "weeks",
        "礼拜": "weeks",
        "月": "months",
        "年": "years",
    }.get(match.group("unit"), match.group("unit").rstrip("s") + "s")
    distance = relativedelta(**{unit: count})
    return today - distance if match.group("way") in ("前", "以前", "之前", "ago") else today + distance


_RULES: List[Tuple["re.Pattern[str]", Rule]] = [
    (
        re.compile(
            rf"(?:(?P<year>\d{{4}}|\d{{2}}|[一二零〇九][零〇一二三四五六七八九]{{3}})年|(?P<relyear>今年|去年|前年|明年)的?)?"
            rf"(?<!\d)(?P<month>{_N}{{1,3}})月份?(?P<day>{_N}{{1,3}})(?:日|号)?(?![\d个万千百元块几多来])"
        ),
        _month_day,
    ),
    (re.compile(r"(?<![\d-])(?P<year>(?:19|20)\d\d)[-/.](?P<month>\d{1,2})[-/.](?P<day>\d{1,2})(?![\d-])"), _iso),
    (re.compile(r"(?<!\d)(?P<year>(?:19|20)\d\d)(?P<month>0[1-9]|1[0-2])(?P<day>[0-3]\d)(?!\d|-)"), _iso),
    (
        re.compile(
            rf"(?<![a-z])(?P<month>{ENGLISH_MONTH}) (?:the )?(?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?!\d){_ENGLISH_YEAR}"
        ),
        _english,
    ),
    (
        re.compile(
            rf"(?<!\d)(?P<day>\d{{1,2}})(?:st|nd|rd|th)? (?:of )?(?P<month>{ENGLISH_MONTH})(?![a-z]){_ENGLISH_YEAR}"
        ),
        _english,
    ),
    (re.compile("|".join(sorted((word for word in _DAYS if not word.isascii()), key=len, reverse=True))), _named),
    (
        re.compile(r"(?<![a-z])(?:day before yesterday|day after tomorrow|yesterday|today|tonight|tomorrow)(?![a-z])"),
        _named,
    ),
    (re.compile(rf"(?P<week>上+|这|本|下+|)个?(?:周|星期|礼拜){_WEEKDAY}(?!\d)"), _weekday),
    (re.compile(rf"(?<![a-z])(?:(?P<week>next|last|this|on|by) )?{_ENGLISH_WEEKDAY}(?![a-z])"), _english_weekday),
    (re.compile(r"(?P<which>上+|这|本|下+)?(?:一)?个?月(?P<edge>初|底|末)"), _edge_of_month),
    (
        re.compile(rf"(?P<relyear>今年|去年|前年|明年)?(?<!\d)(?P<month>{_N}{{1,3}})月份?(?P<edge>初|底|末)"),
        _edge_of_named_month,
    ),
    (re.compile(r"(?P<relyear>今年|去年|明年)?(?:的)?年(?P<edge>初|底|末)(?!至今|到现在)"), _edge_of_year),
    (re.compile(rf"(?P<which>上+|这|本|下+)(?:一)?个?月(?P<day>{_N}{{1,3}})(?:日|号)"), _day_of_relative_month),
    (
        re.compile(
            rf"(?<!\d)(?P<count>{_N}{{1,3}})个?(?P<unit>天|日|周|星期|礼拜|月|年)(?P<way>以前|之前|前|以后|之后|后)"
        ),
        _counted,
    ),
    (
        re.compile(
            r"(?<![a-z\d])(?P<count>\d{1,3}|"
            + "|".join(_COUNTS)
            + r") (?P<unit>days?|weeks?|months?|years?) (?P<way>ago|from now)"
        ),
        _counted,
    ),
]
