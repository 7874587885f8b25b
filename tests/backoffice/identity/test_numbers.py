from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.identity.numbers import id_check_digit, is_id_number, mask_id_number, mask_name, mask_phone

DAYS = st.dates(date(1900, 1, 1), date(2030, 12, 31))
BODIES = st.builds(
    lambda region, day, order: f"{region}{day:%Y%m%d}{order:03d}",
    st.integers(100000, 999999),
    DAYS,
    st.integers(0, 999),
)


@given(BODIES)
def test_a_number_with_its_check_digit_is_right(body: str) -> None:
    number = body + id_check_digit(body)
    assert is_id_number(number)
    assert is_id_number(number.lower())


@given(BODIES, st.integers(0, 16), st.integers(1, 9))
def test_one_wrong_digit_is_always_found(body: str, place: int, step: int) -> None:
    number = body + id_check_digit(body)
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    assert not is_id_number(wrong)


@given(st.text(max_size=20))
def test_no_text_breaks_it(text: str) -> None:
    assert is_id_number(text) in (True, False)


def test_the_example_of_the_standard() -> None:
    assert id_check_digit("11010519491231002") == "X"
    assert id_check_digit("44052418800101001") == "4"


@pytest.mark.parametrize(
    "number",
    [
        "",
        "11010519491231002",
        "11010519491231002Y",
        "110105194912310021",
        "11010519490230002X",
        "０１０１０５１９４９１２３１００２",
        " 11010519491231002X",
        "11010519491231002X\n",
    ],
)
def test_what_is_no_number(number: str) -> None:
    assert not is_id_number(number)


def test_masks_show_no_more_than_they_should() -> None:
    assert mask_id_number("990101195803120027") == "990101********0027"
    assert mask_phone("19900000001") == "199****0001"
    assert mask_name("张三") == "张*"
    assert mask_name("欧阳小明") == "欧阳**"
    assert mask_name("") == ""
