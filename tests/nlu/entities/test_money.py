import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.entities.money import find_money
from nlu.text import normalise


def found(text: str) -> list[float]:
    return [entity.value for entity in find_money(normalise(text).text)]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("三万五", [35000]),
        ("8千块", [8000]),
        ("1.2w", [12000]),
        ("1.2w的话呢", [12000]),
        ("12,000 yuan", [12000]),
        ("万八", [18000]),
        ("二十八万六", [286000]),
        ("5000块钱", [5000]),
        ("￥3,500.50", [3500.5]),
        ("三块五", [3.5]),
        ("花了3块5毛", [3.5]),
        ("七千往上的有没有", [7000]),
        ("min 12k, I have a bachelor", [12000]),
        ("at least 8000", [8000]),
        ("over 10 thousand yuan", [10000]),
        ("我爸住院花了三万五能报多少", [35000]),
        ("里面有八千是自费药", [8000]),
        ("营业额不对，是26万8", [268000]),
        ("一个月卖6万要交多少税", [60000]),
        ("工资5000到7000", [5000, 7000]),
        ("8-10k", [8000, 10000]),
        ("salary 8000-12000", [8000, 12000]),
        ("一月份花了800", [800]),
        ("10万以上", [100000]),
        ("286000", [286000]),
    ],
)
def test_amounts(text: str, values: list[float]) -> None:
    assert found(text) == values


@pytest.mark.parametrize(
    "text",
    [
        "万一不行呢",
        "千万别",
        "3000人",
        "三百多人",
        "第三百条",
        "2026年",
        "2024年1-6月",
        "学府路8号三单元",
        "199 0000 0001",
        "打12345",
        "12345",
        "500美元",
        "3 years experience",
        "至少3年经验",
        "XF20261123-000123",
        "周三",
        "二十八岁",
        "一百个",
    ],
)
def test_what_is_no_amount(text: str) -> None:
    assert found(text) == []


@given(st.integers(min_value=1, max_value=10**9))
def test_every_amount_written_out_is_found(value: int) -> None:
    for written in (f"{value}元", f"{value:,} yuan", f"{cn2an.an2cn(value, 'low')}元", f"¥{value}"):
        assert found(f"花了{written}") == [value], written


@given(st.decimals(min_value="0.01", max_value="999999", places=2))
def test_fen_are_kept(value: object) -> None:
    assert found(f"{value}元") == [float(value)]  # type: ignore[arg-type]


@given(st.text(max_size=80))
def test_no_text_raises(text: str) -> None:
    normalised = normalise(text).text
    for entity in find_money(normalised):
        assert 0 <= entity.start < entity.end <= len(normalised)
