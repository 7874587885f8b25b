"""What is typed is made fit to be kept, and is never a command."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.chat.cleaning import as_words, clean
from bot.chat.privacy import tokenise


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("  你好\r\n再见 ", "你好\n再见"),
        ("a\x00\x07\x1b[0mb\x7f\x85", "a[0mb"),
        ("\u202e反\u202c\u2066了\u2069\ufeff", "反了"),
        ("👨‍👩‍👧 🏳️‍🌈", "👨‍👩‍👧 🏳️‍🌈"),
        ("\ud800x", "x"),
        ("\u200b \u00ad", ""),
    ],
)
def test_control_and_hidden_characters_go(typed: str, kept: str) -> None:
    assert clean(typed) == kept


@given(st.text(max_size=60))
def test_cleaning_leaves_nothing_to_clean(typed: str) -> None:
    kept = clean(typed)
    assert clean(kept) == kept
    kept.encode()
    assert not [one for one in kept if unicodedata.category(one) == "Cc" and one not in "\n\t"]


@given(st.text("/ \t\n\u200b\x00{}〔〕a1", max_size=20))
def test_no_text_is_a_command_for_rasa(typed: str) -> None:
    asked = as_words(tokenise(clean(typed), lambda kind, value: "〔x:y〕"))
    assert not asked.strip().startswith("/")
    assert len(asked) == len(clean(typed))
