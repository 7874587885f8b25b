import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.text import MAX_LENGTH, normalise, tokens


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("ＡＢＣ１２３", "abc123"),
        ("醫療保險餘額", "医疗保险余额"),
        ("好好好好好的", "好好的"),
        ("hellooooo", "helloo"),
        ("1000000", "1000000"),
        ("你​好﻿", "你好"),
        ("  a \t\n b ", " a b "),
        ("👍", "好的"),
        ("￥3,500", "¥3,500"),
        ("家👨‍👩‍👧里", "家 里"),
        ("", ""),
    ],
)
def test_spelling_is_brought_into_one_form(typed: str, expected: str) -> None:
    assert normalise(typed).text == expected


def test_spans_point_into_the_text_as_typed() -> None:
    typed = "😀好好好好，去東湖區！"
    normalised = normalise(typed)
    start = normalised.text.index("东湖区")
    begin, end = normalised.original_span(start, start + 3)
    assert typed[begin:end] == "東湖區"


def test_long_texts_are_cut() -> None:
    assert len(normalise("字典" * 5000).text) == MAX_LENGTH


@given(st.text(max_size=200))
def test_offsets_never_leave_the_text(typed: str) -> None:
    normalised = normalise(typed)
    assert len(normalised.text) == len(normalised.starts) == len(normalised.ends)
    assert list(normalised.starts) == sorted(normalised.starts)
    assert all(0 <= start < end <= len(typed) for start, end in zip(normalised.starts, normalised.ends, strict=True))


@given(st.text(alphabet="abc好的 ,123", max_size=60))
def test_normalising_twice_changes_nothing_more(typed: str) -> None:
    once = normalise(typed).text
    assert normalise(once).text == once


def test_words_and_characters_are_told_apart() -> None:
    assert tokens("查 balance 2024年") == ["查", "balance", "2024", "年"]
