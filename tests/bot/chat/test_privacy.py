"""No personal number survives; what is none stays as it is."""

import itertools
import re
import unicodedata
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backoffice.identity.numbers import id_check_digit, is_id_number, mask_id_number
from bot.chat.privacy import find, mask, protect, tokenise

NUMBER = "990101195803120027"


def token(kind: str, value: str) -> str:
    return f"〔{kind}:token〕"


@pytest.mark.parametrize(
    "written",
    [
        NUMBER,
        "990101 19580312 0027",
        "990101-19580312-0027",
        "9901 0119 5803 1200 27",
        "990101—19580312—0027",
        "９９０１０１１９５８０３１２００２７",
        "990101.1958.0312.0027",
        "990101\n195803120027",
        "990101\u200b195803120027",
        "9 9 0 1 0 1 1 9 5 8 0 3 1 2 0 0 2 7",
        "9_9_0_1_0_1_1_9_5_8_0_3_1_2_0_0_2_7",
        "٩٩٠١٠١١٩٥٨٠٣١٢٠٠٢٧",
    ],
)
@pytest.mark.parametrize("around", ["{}", "我的身份证号是{}，查余额", "id{}x", "7{}", "{}3", "55{}66", "no.{}!"])
def test_a_resident_number_is_found_however_it_is_written(written: str, around: str) -> None:
    text = around.format(written)
    shown, asked = protect(text, token)
    assert asked is not None
    for result in (shown, asked):
        assert NUMBER not in digits(result)
    if around.startswith(("{", "我")) and "3" not in around:
        assert shown == around.format(mask_id_number(NUMBER))
        assert asked == around.format("〔id_number:token〕")


@pytest.mark.parametrize("last", ["X", "x", "Ｘ", "ｘ"])
def test_the_letter_at_its_end_may_be_small_or_wide(last: str) -> None:
    first = next(f"99010119580312{n:03d}" for n in range(1000) if id_check_digit(f"99010119580312{n:03d}") == "X")
    assert mask(f"{first}{last}的") == f"990101********{first[-3:]}X的"
    assert [one.value for one in find(first + last)] == [first + "X"]


@pytest.mark.parametrize(
    "text", ["990101195803120025", "990101195813120024", "990101 19580312 0025", "11010519491231002x"]
)
def test_a_mistyped_resident_number_is_masked_as_well(text: str) -> None:
    assert [one.kind for one in find(f"身份证{text}查一下")] == ["id_number"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("手机19900000001", "手机199****0001"),
        ("199-0000-0001 是我", "199****0001 是我"),
        ("199 0000 0001", "199****0001"),
        ("+8619900000001", "+86199****0001"),
        ("+86 199 0000 0001", "+86 199****0001"),
        ("１９９００００００01", "199****0001"),
        ("打0900-1234567找我", "打090****4567找我"),
        ("(0900)12345678", "090****5678"),
        ("010 6655 4433", "010****4433"),
        ("卡号6222020000012345678不对", "卡号6222020000012345678不对"),
        ("卡号4111111111111111", "卡号************1111"),
        ("4111 1111 1111 1111", "************1111"),
        ("6212-2620-0000-0000-006", None),
    ],
)
def test_telephones_and_cards(text: str, shown: str | None) -> None:
    if shown is None:
        assert [one.kind for one in find(text)] in ([], ["bank_card"])
    else:
        assert mask(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "91990101MA01234567",
        "统一社会信用代码 91310000MA1FL0F12X 是真的吗",
        "我的信XF20261123-000123办得怎样",
        "SQ20261123-138001",
        "LX20261123 000123",
        "JY19901010012345",
        "住院花了35000元，自费8000.50",
        "营业额286,000元，去年1,286,000.00元",
        "2026-11-23到2026-12-05，2026年10月",
        "20261123 20261124",
        "13800000000元",
        "12345热线 110 120 400-123-4567",
        "3500 4200 5100 6000 7200 8100",
        "4500 5000 5500 6000",
        "第0001234567号",
        "3.14159265358979",
        "",
        "你好",
    ],
)
def test_what_is_no_personal_number_stays(text: str) -> None:
    assert protect(text, token) == (text, None)


def test_each_number_gets_its_own_token() -> None:
    asked = tokenise(f"{NUMBER}和19900000001", lambda kind, value: f"<{kind} {value}>")
    assert asked == f"<id_number {NUMBER}>和<phone 19900000001>"


@st.composite
def numbers(draw: st.DrawFn) -> str:
    born = draw(st.dates(date(1900, 1, 1), date(2026, 11, 23)))
    region = draw(st.integers(110000, 999999))
    first17 = f"{region}{born:%Y%m%d}{draw(st.integers(0, 999)):03d}"
    return first17 + id_check_digit(first17)


@st.composite
def written(draw: st.DrawFn) -> tuple[str, str]:
    """A number, and how somebody may type it."""
    number = draw(numbers())
    separator = st.sampled_from(["", "", "", " ", "-", "　", "－", "\u200b", " - ", ".", "\t"])
    wide = {ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789X"}
    shape = draw(st.sampled_from(["plain", "wide", "small"]))
    shaped = {"plain": number, "wide": number.translate(wide), "small": number.lower()}[shape]
    return number, "".join(digit + draw(separator) for digit in shaped[:-1]) + shaped[-1]


AROUND = st.text(max_size=30) | st.text("0123456789xX -—.年月日号〔〕:*abc", max_size=40)


def digits(text: str) -> str:
    """Everything but digits and X taken out: what a reader could put together again."""
    folded = unicodedata.normalize("NFKC", text).upper()
    return "".join(str(unicodedata.digit(one, "")) or ("X" if one == "X" else "") for one in folded)


def survivors(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKC", text).upper()
    return [run for run in re.findall(r"(?=(\d{17}[\dX]))", folded) if run.isascii() and is_id_number(run)]


@given(AROUND, written(), AROUND)
def test_no_resident_number_survives_whatever_is_around_it(before: str, typed: tuple[str, str], after: str) -> None:
    number, form = typed
    shown, asked = protect(before + form + after, token)
    assert asked is not None
    for result in (shown, asked):
        assert survivors(result) == []
        assert form not in result
        assert number not in result


@given(st.text(max_size=200))
def test_masking_again_changes_nothing(text: str) -> None:
    assert mask(mask(text)) == mask(text)


@given(st.text("0123456789Xx -*〔〕", max_size=80))
def test_findings_stand_in_order_and_apart(text: str) -> None:
    found = find(text)
    assert all(one.end <= other.start for one, other in itertools.pairwise(found))
    assert all(0 <= one.start < one.end <= len(text) for one in found)
