"""Brings a citizen's text into one form, and keeps where each character of it came from.

Full-width and traditional characters, capitals, emoji, invisible characters and drawn-out repetitions ("好好好好") are
spelling, not meaning. Entities are found in the normalised text but must point into the text as it was typed.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Dict, List, Tuple

MAX_LENGTH = 2000
"""Characters that are looked at; what follows is ignored, because time grows with length."""

EMOJI_WORDS = {"👍": "好的", "👌": "好的", "🆗": "好的", "🙏": "谢谢", "👋": "你好", "✅": "是的", "❌": "不"}

_KEPT_REPEATS = 2


@dataclass(frozen=True)
class Normalised:
    """A normalised text with, for each of its characters, the span of the original that it came from."""

    text: str
    starts: Tuple[int, ...]
    ends: Tuple[int, ...]

    def original_span(self, start: int, end: int) -> Tuple[int, int]:
        """Return the span in the original of the non-empty span ``start``-``end`` of the normalised text."""
        return self.starts[start], self.ends[end - 1]


@lru_cache(maxsize=1)
def _simplified() -> Dict[int, str]:
    """Map each traditional character to its simplified one.

    Character by character, because OpenCC's phrase rules may change the length and lose the offsets.
    """
    from opencc import OpenCC

    characters = [chr(code) for code in range(0x4E00, 0xA000)]
    converted = OpenCC("t2s").convert("\n".join(characters)).split("\n")
    return {ord(old): new for old, new in zip(characters, converted, strict=True) if old != new and len(new) == 1}


def _is_invisible(character: str) -> bool:
    category = unicodedata.category(character)
    return category in ("Cf", "Cs", "Co", "Cn") or (category in ("Mn", "Me") and not character.isalnum())


@lru_cache(maxsize=65536)
def _form_of(character: str) -> str:
    """Return what one character becomes: nothing, one character, or several."""
    if character in EMOJI_WORDS:
        return EMOJI_WORDS[character]
    if character.isspace():
        return " "
    if _is_invisible(character):
        return ""
    category = unicodedata.category(character)
    if category in ("So", "Sk") and ord(character) >= 0x2190:
        form = unicodedata.normalize("NFKC", character)
        return form.lower() if form != character else " "
    if category == "Cc":
        return " "
    form = unicodedata.normalize("NFKC", character).lower()
    return "".join(" " if part.isspace() else part for part in form).translate(_simplified())


def normalise(text: str) -> Normalised:
    """Normalise the first ``MAX_LENGTH`` characters of ``text``."""
    characters: List[str] = []
    starts: List[int] = []
    ends: List[int] = []
    repeats = 1
    for index, character in enumerate(text[:MAX_LENGTH]):
        for form in _form_of(character):
            repeats = repeats + 1 if characters and form == characters[-1] else 1
            if repeats > (1 if form == " " else _KEPT_REPEATS) and not form.isdigit():
                ends[-1] = index + 1
                continue
            characters.append(form)
            starts.append(index)
            ends.append(index + 1)
    return Normalised("".join(characters), tuple(starts), tuple(ends))


_TOKENS = re.compile(r"[a-z]+(?:'[a-z]+)?|\d+|[^\W\d_]")


def tokens(text: str) -> List[str]:
    """Split a normalised text into English words, runs of digits, and single Chinese characters."""
    return _TOKENS.findall(text)
