import cn2an
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.entities.numerals import parse
from nlu.text import normalise


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("三万五", 35000),
        ("三万零五", 30005),
        ("二十八万六", 286000),
        ("26万8", 268000),
        ("万八", 18000),
        ("八千五", 8500),
        ("一百五", 150),
        ("1.2w", 12000),
        ("3w5", 35000),
        ("8k", 8000),
        ("12,000", 12000),
        ("五六千", 5000),
        ("两万半", 25000),
        ("十", 10),
        ("二零二四", 2024),
        ("壹仟贰佰", 1200),
        ("一亿二", 120000000),
        ("1万2千", 12000),
        ("3万5000", 35000),
    ],
)
def test_ways_to_write_a_number(written: str, value: int) -> None:
    assert parse(written) == value


@pytest.mark.parametrize("written", ["", "半", "abc", "千百", "12个", "3.5.1", "3万5万", "半0", "五百半百"])
def test_what_is_no_number(written: str) -> None:
    assert parse(written) is None


@given(st.integers(min_value=0, max_value=10**12 - 1))
def test_every_number_written_out_comes_back(value: int) -> None:
    assert parse(cn2an.an2cn(value, "low")) == value


@given(st.integers(min_value=1, max_value=10**12 - 1))
def test_every_number_in_bank_characters_comes_back(value: int) -> None:
    assert parse(normalise(cn2an.an2cn(value, "up")).text) == value


@given(st.integers(min_value=0, max_value=10**11))
def test_every_number_in_digits_comes_back(value: int) -> None:
    assert parse(str(value)) == value
    assert parse(f"{value:,}") == value


@given(st.text(alphabet="零〇一二两三四五六七八九十百千万亿半kw0123456789.,", max_size=20))
def test_nothing_that_looks_like_a_number_raises(written: str) -> None:
    assert parse(written) is None or parse(written) >= 0
