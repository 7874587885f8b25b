from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.entities.dates import find_dates
from nlu.text import normalise

TODAY = date(2026, 11, 23)  # a Monday


def found(text: str, today: date = TODAY) -> list[str]:
    entities = find_dates(normalise(text).text, today)
    longest = max((entity.end - entity.start for entity in entities), default=0)
    return sorted({str(entity.value) for entity in entities if entity.end - entity.start == longest})


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("下周三", "2026-12-02"),
        ("上周五", "2026-11-20"),
        ("周六开不开门", "2026-11-28"),
        ("12月5号", "2026-12-05"),
        ("1月5号", "2027-01-05"),
        ("十二月五号", "2026-12-05"),
        ("去年12月5日", "2025-12-05"),
        ("2024年3月5日", "2024-03-05"),
        ("2026-12-05", "2026-12-05"),
        ("2026/1/5", "2026-01-05"),
        ("上个月底离职的", "2026-10-31"),
        ("月底", "2026-11-30"),
        ("下个月5号", "2026-12-05"),
        ("去年年底", "2025-12-31"),
        ("昨天", "2026-11-22"),
        ("大后天", "2026-11-26"),
        ("三天前", "2026-11-20"),
        ("yesterday", "2026-11-22"),
        ("Dec 5", "2026-12-05"),
        ("5th of December", "2026-12-05"),
        ("March 3rd, 2025", "2025-03-03"),
        ("next Monday", "2026-11-30"),
        ("two weeks ago", "2026-11-09"),
    ],
)
def test_days(text: str, day: str) -> None:
    assert found(text) == [day]


@pytest.mark.parametrize(
    "text", ["2月30日", "13月5号", "学府路8号", "2024年1-6月", "XF20261123-000123", "monitor", "13.5"]
)
def test_what_is_no_day(text: str) -> None:
    assert found(text) == []


@given(st.dates(date(1950, 1, 1), date(2089, 12, 31)), st.dates(date(2000, 1, 1), date(2080, 12, 31)))
def test_every_day_written_out_comes_back(day: date, today: date) -> None:
    for written in (f"{day.year}年{day.month}月{day.day}日", day.isoformat(), f"{day.year}/{day.month}/{day.day}"):
        assert found(written, today) == [day.isoformat()]


@given(st.dates(date(2000, 3, 1), date(2080, 12, 31)), st.integers(-180, 180))
def test_a_day_without_year_is_the_nearest(today: date, distance: int) -> None:
    day = date.fromordinal(today.toordinal() + distance)
    if (day.month, day.day) != (2, 29):
        assert found(f"{day.month}月{day.day}号", today) == [day.isoformat()]


@given(st.text(max_size=60), st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_no_text_raises(text: str, today: date) -> None:
    for entity in find_dates(normalise(text).text, today):
        date.fromisoformat(str(entity.value))


@given(st.text(alphabet="上下这周星期天一二三1290月日号初底年前后个 /-", max_size=12))
def test_no_heap_of_words_of_time_raises(text: str) -> None:
    find_dates(text, TODAY)
