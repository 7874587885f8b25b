"""Kinds of insurance, tax, licence and letter, by the words of kinds.yml."""

import re
from functools import lru_cache
from pathlib import Path
from typing import Dict, List, Tuple

import yaml

from nlu.entities.found import Found
from nlu.text import normalise

_FILE = Path(__file__).with_name("kinds.yml")


@lru_cache(maxsize=1)
def _words() -> Tuple["re.Pattern[str]", Dict[str, Tuple[str, str]]]:
    """Return one pattern of all words, longest first, and what each word means."""
    data = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    meaning: Dict[str, Tuple[str, str]] = {normalise(word).text: ("", "") for word in data.pop("unless")}
    for kind, values in data.items():
        for value, words in values.items():
            for word in words:
                meaning[normalise(word).text] = (kind, value)
    longest_first = sorted(meaning, key=len, reverse=True)
    return re.compile("|".join(_bounded(word) for word in longest_first)), meaning


def _bounded(word: str) -> str:
    return rf"(?<![a-z]){re.escape(word)}(?![a-z])" if word.isascii() else re.escape(word)


def find_kinds(text: str) -> List[Found]:
    """Find the words for kinds in a normalised text; the value is the contract's name of the kind."""
    pattern, meaning = _words()
    found = []
    for match in pattern.finditer(text):
        kind, value = meaning[match.group()]
        if kind:
            found.append(Found(match.start(), match.end(), kind, value))
    return found
