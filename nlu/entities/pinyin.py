"""How characters sound, so that a name written with wrong characters of the same sound is found."""

import os
import re
from functools import lru_cache
from typing import List, Tuple

# Its dictionary of phrases takes half a second and 60 MB to load, and tells apart readings that slips do not keep to.
os.environ.setdefault("PYPINYIN_NO_PHRASES", "true")

from pypinyin import lazy_pinyin

_FLAT = ((re.compile("^([zcs])h"), r"\1"), (re.compile("([aei])ng$"), r"\1n"))


@lru_cache(maxsize=30000)
def syllable(character: str) -> str:
    """Return the toneless pinyin of one character; other characters stand for themselves."""
    return str(lazy_pinyin(character)[0]) if "一" <= character <= "鿿" else character


@lru_cache(maxsize=30000)
def sound(character: str) -> str:
    """Return the syllable without what many speakers do not tell apart (zh and z, ang and an)."""
    written = syllable(character)
    for pattern, flat in _FLAT:
        written = pattern.sub(flat, written)
    return written


def sounds(text: str) -> Tuple[str, ...]:
    """Return the sound of each character."""
    return tuple(map(sound, text))


def syllables(text: str) -> List[str]:
    """Return the toneless pinyin of a word."""
    return [str(part) for part in lazy_pinyin(text)]
