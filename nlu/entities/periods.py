"""Months, quarters, years and ranges, as ISO 8601 intervals ``start/end`` with both days included.

A month or quarter without a year is the latest that has begun: records are looked back at.
"""

import re
from datetime import date, timedelta
from typing import Callable, Dict, List, Optional, Tuple

from dateutil.relativedelta import relativedelta

from nlu.entities.calendar import (
    ENGLISH_MONTH,
    Span,
    month,
    month_number,
    months,
    quarter,
    shifted_month,
    shifted_quarter,
    shifted_week,
    whole,
    year_of,
)
from nlu.entities.found import Found

_N = r"[零〇一二两三四五六七八九十\d]"
_YEAR = (
    r"(?:(?P<year>\d{4}|\d{2}(?=年)|[一二零〇九][零〇一二三四五六七八九]{3})年?(?:度|的)?\s?|"
    r"(?P<relyear>今年|去年|前年|大前年|明年|本年度?|上年度?|上一年度?|当年)(?:度|的)?\s?)"
)
_QUARTER = {"一": 1, "二": 2, "三": 3, "四": 4, "1": 1, "2": 2, "3": 3, "4": 4, "首": 1, "头": 1, "末": 4}
_YEARS = {"今": 0, "本": 0, "当": 0, "去": -1, "上": -1, "前": -2, "大": -3, "明": 1}
_ENGLISH_YEAR = r"(?:,?\s(?:of\s|in\s)?(?P<year>\d{4})|\s(?:of\s)?(?P<relyear>last year|this year))?"
_ORDINALS = {"first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4}
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10}
_COUNTS.update({"eleven": 11, "twelve": 12, "a few": 3, "couple of": 2})
_UNITS = {"天": "days", "日": "days", "周": "weeks", "星期": "weeks", "月": "months", "年": "years", "季度": "quarters"}

Rule = Callable[["re.Match[str]", date], Optional[Span]]


def find_periods(text: str, today: date) -> List[Found]:
    """Find the periods in a normalised text."""
    found: List[Found] = []
    for pattern, rule in _RULES:
        for match in pattern.finditer(text):
            try:
                span = rule(match, today)
            except (ValueError, OverflowError):
                continue
            if span is not None and span[0] <= span[1]:
                found.append(Found(*_trimmed(match), "period", f"{span[0].isoformat()}/{span[1].isoformat()}"))
    return found


def _trimmed(match: "re.Match[str]") -> Tuple[int, int]:
    written = match.group()
    start = match.start() + len(written) - len(written.lstrip(" "))
    return start, start + len(written.strip(" ").rstrip("的"))


def _year(match: "re.Match[str]", today: date) -> Optional[int]:
    groups: Dict[str, Optional[str]] = match.groupdict()
    relative = groups.get("relyear")
    if relative in ("last year", "this year"):
        return today.year - (relative == "last year")
    if relative:
        return today.year + _YEARS[relative[0]]
    return year_of(groups.get("year"))


def _given(match: "re.Match[str]", name: str = "year") -> bool:
    return bool(match.groupdict().get(name) or match.groupdict().get("relyear"))


def _whole_year(match: "re.Match[str]", today: date) -> Optional[Span]:
    year = _year(match, today)
    return months(year, 1, 12) if year else None


def _names_a_year(match: "re.Match[str]") -> bool:
    return "年" in match.group() and len(match.group("year") or "four") == 4  # 15年 is how long somebody paid


def _year_so_far(match: "re.Match[str]", today: date) -> Span:
    return date(today.year, 1, 1), today


def _month(match: "re.Match[str]", today: date) -> Optional[Span]:
    number = whole(match.group("month"), 1, 12)
    if number is None:
        return None
    year = _year(match, today) if _given(match) else _latest_year(month(today.year, number), today)
    return month(year, number) if year else None


def _latest_year(this_year: Span, today: date) -> int:
    return this_year[0].year - (this_year[0] > today)


def _month_range(match: "re.Match[str]", today: date) -> Optional[Span]:
    first, last = whole(match.group("first"), 1, 12), whole(match.group("last"), 1, 12)
    if first is None or last is None:
        return None
    year = _year(match, today) if _given(match) else _latest_year(month(today.year, first), today)
    last_year = year_of(match.groupdict().get("lastyear")) or year
    if not year or not last_year:
        return None
    if last < first and last_year == year:
        last_year += 1
    return month(year, first)[0], month(last_year, last)[1]


def _relative_month(match: "re.Match[str]", today: date) -> Span:
    word = match.group("which")
    shift = -word.count("上") or {"下": 1, "下下": 2}.get(word, 0)
    return shifted_month(today, shift)


def _quarter(match: "re.Match[str]", today: date) -> Optional[Span]:
    written = match.group("quarter")
    number = _QUARTER.get(written) or _ORDINALS.get(written)
    if number is None:
        return None
    year = _year(match, today) if _given(match) else _latest_year(quarter(today.year, number), today)
    return quarter(year, number) if year else None


def _relative_quarter(match: "re.Match[str]", today: date) -> Span:
    word = match.group("which")
    return shifted_quarter(today, -word.count("上") or {"下": 1, "下一": 1}.get(word, 0))


def _half(match: "re.Match[str]", today: date) -> Optional[Span]:
    first = match.group("half") in ("上", "1", "first", "前")
    span = (1, 6) if first else (7, 12)
    year = _year(match, today) if _given(match) else _latest_year(months(today.year, *span), today)
    return months(year, *span) if year else None


def _relative_week(match: "re.Match[str]", today: date) -> Span:
    word = match.group("which")
    return shifted_week(today, -word.count("上") or word.count("下"))


def _recent(match: "re.Match[str]", today: date) -> Optional[Span]:
    written = match.group("count")
    count = (
        0.5
        if written == "半"
        else 1
        if not written or written in ("a", "一")
        else _COUNTS.get(written) or whole(written, 1, 100)
    )
    if count is None:
        return None
    unit = match.group("unit")
    unit = _UNITS.get(unit) or unit.rstrip("s") + "s"
    if unit == "quarters":
        return shifted_quarter(today, -int(count))[0], shifted_quarter(today, -1)[1]
    if count == 0.5:
        return (today - relativedelta(months=6), today) if unit == "years" else (today - timedelta(days=15), today)
    return today - relativedelta(**{unit: int(count)}), today


def _english_relative(match: "re.Match[str]", today: date) -> Span:
    shift = {"last": -1, "previous": -1, "this": 0, "current": 0, "next": 1}[match.group("which")]
    unit = match.group("unit")
    if unit == "month":
        return shifted_month(today, shift)
    if unit == "quarter":
        return shifted_quarter(today, shift)
    if unit == "week":
        return shifted_week(today, shift)
    return months(today.year + shift, 1, 12)


def _english_month(match: "re.Match[str]", today: date) -> Optional[Span]:
    number = month_number(match.group("month"))
    year = _year(match, today) if _given(match) else _latest_year(month(today.year, number), today)
    return month(year, number) if year else None


def _english_months(match: "re.Match[str]", today: date) -> Optional[Span]:
    first, last = month_number(match.group("first")), month_number(match.group("last"))
    year = _year(match, today) if _given(match) else _latest_year(month(today.year, first), today)
    if not year:
        return None
    return month(year, first)[0], month(year + (last < first), last)[1]


def _iso_month(match: "re.Match[str]", today: date) -> Optional[Span]:
    number = whole(match.group("month"), 1, 12)
    return month(int(match.group("year")), number) if number else None


_RULES: List[Tuple["re.Pattern[str]", Rule]] = [
    (
        re.compile(rf"(?<![\d第]){_YEAR}(?!\d)"),
        lambda match, today: _whole_year(match, today) if _names_a_year(match) else None,
    ),
    (
        re.compile(
            r"(?:(?<=\bin )|(?<=\bof )|(?<=\bfor )|(?<=year )|(?<=since )|(?<=during ))(?P<year>(?:19|20)\d\d)(?![\d-])"
        ),
        _whole_year,
    ),
    (re.compile(r"今年以来|今年到现在|年初至今|年初到现在|year to date|so far this year"), _year_so_far),
    (
        re.compile(
            rf"{_YEAR}?(?<![\d个第])(?P<month>{_N}{{1,3}})月份?(?![\d一二三四五六七八九十]*[日号初底末]|\s?[-~到至])"
        ),
        _month,
    ),
    (
        re.compile(
            rf"{_YEAR}?(?<![\d个])(?P<first>{_N}{{1,3}})(?:月份?)?\s?(?:-|~|到|至|—)\s?(?:(?P<lastyear>\d{{4}})年)?(?P<last>{_N}{{1,3}})月份?(?!\d*[日号])"
        ),
        _month_range,
    ),
    (
        re.compile(r"(?P<which>上+|这|本|当|下+)(?:一)?个?月(?:份|里)?(?!\d|[一二三四五六七八九十初底末])"),
        _relative_month,
    ),
    (re.compile(rf"{_YEAR}?第?(?P<quarter>[一二三四1-4首末])\s?(?:个)?季度?(?!节)"), _quarter),
    (re.compile(rf"{_YEAR}?(?<![a-z])q(?P<quarter>[1-4])(?![a-z\d])(?!,? \d{{4}}| of)"), _quarter),
    (re.compile(rf"(?<![a-z])q(?P<quarter>[1-4])(?![a-z\d]){_ENGLISH_YEAR}"), _quarter),
    (re.compile(rf"(?P<quarter>first|second|third|fourth|1st|2nd|3rd|4th) quarter{_ENGLISH_YEAR}"), _quarter),
    (
        re.compile(r"(?P<which>上+一?|这一?|本|当|下一?)个?季度?(?!节)(?:度)?"),
        lambda match, today: _relative_quarter(match, today) if "季" in match.group() else None,
    ),
    (re.compile(rf"{_YEAR}?(?P<half>上|下|前|后)半年"), _half),
    (re.compile(rf"(?<![a-z])h(?P<half>[12])(?![a-z\d]){_ENGLISH_YEAR}"), _half),
    (re.compile(rf"(?P<half>first|second) half(?: of the year)?{_ENGLISH_YEAR}"), _half),
    (re.compile(r"(?P<which>上+|这|本|下+)(?:一)?个?(?:周|星期|礼拜)(?![一二三四五六日天末\d])"), _relative_week),
    (
        re.compile(
            rf"(?:最近|近|过去|这|前|往前)(?:的)?(?P<count>半|{_N}{{1,3}})个?(?P<unit>天|日|周|星期|月|年|季度)(?:内|里|来)?"
        ),
        _recent,
    ),
    (
        re.compile(
            r"(?:last|past|recent|previous)\s(?P<count>\d{1,2}|"
            + "|".join(_COUNTS)
            + r")\s(?P<unit>days?|weeks?|months?|years?|quarters?)"
        ),
        _recent,
    ),
    (
        re.compile(r"(?<![a-z])(?P<which>last|this|next|previous|current)\s(?P<unit>month|quarter|year|week)(?![a-z])"),
        _english_relative,
    ),
    (
        re.compile(rf"(?<![a-z])(?P<month>(?!may(?! \d)){ENGLISH_MONTH})(?![a-z]){_ENGLISH_YEAR}(?!\s?\d)"),
        _english_month,
    ),
    (
        re.compile(
            rf"(?<![a-z])(?P<first>{ENGLISH_MONTH})\s?(?:-|to|through|until|and)\s?"
            rf"(?P<last>{ENGLISH_MONTH})(?![a-z]){_ENGLISH_YEAR}"
        ),
        _english_months,
    ),
    (re.compile(r"(?<![\d-])(?P<year>20\d\d)[-/.](?P<month>0[1-9]|1[0-2]|[1-9])(?![\d/.-])"), _iso_month),
]
