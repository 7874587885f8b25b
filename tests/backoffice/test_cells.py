from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from backoffice.cells import parse
from backoffice.clock import CITY_ZONE
from backoffice.db import Instant, Money
from backoffice.errors import DomainError


class Level(Enum):
    LOW = 1
    HIGH = 2


def column(kind: Any, name: str = "x", **info: Any) -> sa.Column[Any]:
    return sa.Column(name, kind, info=info)


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (Money, "1,234.5", Decimal("1234.50")),
        (Money, "￥12元", Decimal("12.00")),
        (Money, "-0.01", Decimal("-0.01")),
        (sa.Integer, "12", 12),
        (sa.Integer, "12.0", 12),
        (sa.Numeric(6, 3), "0.125", Decimal("0.125")),
        (sa.Boolean, "是", True),
        (sa.Boolean, "No", False),
        (sa.Date, "2026-11-23", date(2026, 11, 23)),
        (sa.Date, "2026/1/3", date(2026, 1, 3)),
        (sa.Date, "2026年1月3日", date(2026, 1, 3)),
        (Instant, "2026-11-23 09:30", datetime(2026, 11, 23, 9, 30, tzinfo=CITY_ZONE)),
        (Instant, "2026-11-23T01:30:00+00:00", datetime(2026, 11, 23, 9, 30, tzinfo=CITY_ZONE)),
        (sa.JSON, "内科、外科；儿科", ["内科", "外科", "儿科"]),
        (sa.JSON, '["内科"]', ["内科"]),
        (sa.String(4), "东湖区", "东湖区"),
        (sa.Text, "第一行\n第二行", "第一行\n第二行"),
        (sa.Enum(Level), "HIGH", Level.HIGH),
        (sa.Enum("a", "b"), "b", "b"),
    ],
)
def test_a_cell_becomes_what_its_column_holds(kind: Any, text: str, value: Any) -> None:
    parsed = parse(column(kind), text)
    assert parsed == value
    assert type(parsed) is type(value)


@pytest.mark.parametrize(
    ("kind", "text", "key"),
    [
        (Money, "1.234", "not_cents"),
        (Money, "一百", "not_number"),
        (Money, "1e3", "not_number"),
        (Money, "NaN", "not_number"),
        (Money, "9" * 18, "too_large"),
        (Money, "１２", "not_number"),
        (sa.Integer, "1.5", "not_integer"),
        (sa.Integer, "9999999999", "too_large"),
        (sa.Boolean, "maybe", "not_yes_or_no"),
        (sa.Date, "2026-02-30", "not_date"),
        (sa.Date, "soon", "not_date"),
        (sa.Date, "20/11/2026", "not_date"),
        (Instant, "2026-11-23 25:00", "not_time"),
        (sa.JSON, "[1,", "not_list"),
        (sa.String(3), "东湖区区", "too_long"),
        (sa.String(9), "a\x00b", "not_text"),
        (sa.Enum("a", "b"), "c", "not_allowed"),
        (sa.LargeBinary, "x", "not_importable"),
    ],
)
def test_what_does_not_fit_is_named(kind: Any, text: str, key: str) -> None:
    with pytest.raises(DomainError, match=f"^{key}$"):
        parse(column(kind), text)


def test_a_resident_number_is_checked_by_its_column_name() -> None:
    assert parse(column(sa.String(18), "id_number"), "11010519491231002x") == "11010519491231002X"
    with pytest.raises(DomainError, match="not_id_number"):
        parse(column(sa.String(18), "id_number"), "110105194912310021")


def test_choices_of_a_column_are_held_to() -> None:
    assert parse(column(sa.String(1), choices=("f", "m")), "f") == "f"
    with pytest.raises(DomainError, match="not_allowed") as refused:
        parse(column(sa.String(1), choices=("f", "m")), "x")
    assert refused.value.values == {"choices": "f、m"}


@given(
    st.sampled_from([Money, Instant, sa.Integer, sa.Date, sa.Boolean, sa.JSON, sa.String(5), sa.Numeric(8, 2)]),
    st.text(min_size=1, max_size=30),
)
def test_no_text_breaks_it(kind: Any, text: str) -> None:
    try:
        parse(column(kind), text)
    except DomainError as problem:
        assert problem.key  # noqa: PT017


@given(st.decimals(Decimal("-99999999"), Decimal("99999999"), places=2))
def test_an_amount_comes_back_to_the_cent(amount: Decimal) -> None:
    assert parse(column(Money), f"{amount:,}") == amount
