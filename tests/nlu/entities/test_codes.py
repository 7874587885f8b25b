import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.entities.codes import find_codes, is_credit_code, is_id_number
from nlu.text import normalise


def found(text: str) -> list[tuple[str, str]]:
    normalised = normalise(text)
    return [(entity.kind, str(entity.value)) for entity in find_codes(normalised.text, text, normalised.original_span)]


def with_check_digit(first: str) -> str:
    return next(first + last for last in "0123456789X" if is_id_number(first + last))


def test_the_published_examples_check() -> None:
    assert is_id_number("11010519491231002X")
    assert is_credit_code("91350100M000100Y43")


@pytest.mark.parametrize(
    "wrong", ["110105194912310021", "11010519491331002X", "1101051949123100", "１１０105194912310021"]
)
def test_a_wrong_identity_number_is_none(wrong: str) -> None:
    assert not is_id_number(wrong)


@given(st.dates().filter(lambda day: day.year >= 1900), st.integers(0, 999), st.integers(0, 9))
def test_one_wrong_digit_is_noticed(day, serial: int, digit: int) -> None:  # type: ignore[no-untyped-def]
    number = with_check_digit(f"990101{day:%Y%m%d}{serial:03}")
    assert found(f"我是{number}的人") == [("id_number", number)]
    changed = number[:16] + str(digit) + number[17]
    assert is_id_number(changed) == (changed == number)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("我的身份证〔id_number:k3f9x2ab〕", [("id_number", "〔id_number:k3f9x2ab〕")]),
        ("打〔phone:zzzz1122〕给我", [("phone", "〔phone:zzzz1122〕")]),
        ("91350100m000100y43这个执照真的吗", [("licence_number", "91350100M000100Y43")]),
        ("电话199 0000 0001", [("phone", "19900000001")]),
        ("+86 199-0000-0001", [("phone", "19900000001")]),
        ("0900-1234567", [("phone", "09001234567")]),
        ("xf20261123000123 到哪了", [("ticket_number", "XF20261123-000123")]),
        (
            "LX20261123-000123和JB20261124-000001",
            [("ticket_number", "LX20261123-000123"), ("ticket_number", "JB20261124-000001")],
        ),
        ("SQ20261123-000123", [("application_number", "SQ20261123-000123")]),
        ("食品证JY13301020012345 有效吗", [("licence_number", "JY13301020012345")]),
        ("许可证号 A1234567", [("licence_number", "A1234567")]),
        ("110105194912310021", []),
        ("12345", []),
        ("2026-11-23", []),
    ],
)
def test_numbers(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@given(st.text(max_size=80))
def test_no_text_raises(text: str) -> None:
    found(text)


@given(st.text(alphabet="0123456789xX-lxfsq〔〕:证号 ", max_size=40))
def test_no_heap_of_digits_raises(text: str) -> None:
    found(text)
