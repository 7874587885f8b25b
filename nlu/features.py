"""What the classifier sees of a message: its characters and words, pieces of English words, and its entities by kind.

The message is looked at twice: as it is, and with each entity replaced by its kind, so that what is learnt of one
district or amount ("不是东湖，是南港", "1.2w的话呢") holds for every other.
"""

import re
from collections import Counter
from itertools import pairwise
from typing import Any, Dict, Iterable, List, Mapping

from nlu.text import normalise, tokens

_SHORTEST_PIECE, _LONGEST_PIECE = 2, 4
_LONGEST_NUMBER = 4
_FEW_WORDS = 3

_FILLERS = re.compile(
    r"[的呢吧啊呀哦嗯是不那这边个块在要就也了吗话左右大概差不多改成换到对错说我还算]|"
    r"oops|sorry|no|not|i|mean|meant|it|its|it's|is|in|the|at|about|around|maybe|then|what|and|min|max|please|actually"
)


def features(text: str, entities: Iterable[Mapping[str, Any]] = ()) -> Dict[str, int]:
    """Count the features of a text in which these entities (start, end, entity) were found."""
    words = [_shape(word) for word in tokens(normalise(text).text)]
    found = list(words)
    found += _pairs(words)
    for word in words:
        if word[0].isascii() and word[0].isalpha():
            found += _pieces(word)
    marked = sorted(entities, key=lambda entity: entity["start"])
    if marked:
        found += _with_kinds(text, marked)
    return Counter(found)


def _pairs(words: List[str]) -> List[str]:
    return [f"{first} {second}" for first, second in pairwise(["^", *words, "$"])] if words else []


def _with_kinds(text: str, entities: List[Mapping[str, Any]]) -> List[str]:
    """Return what stands around the entities, and whether anything but fillers does: if not, it only informs."""
    words: List[str] = []
    position = 0
    for entity in entities:
        words += tokens(normalise(text[position : entity["start"]]).text)
        words.append(f"<{entity['entity']}>")
        position = entity["end"]
    words += tokens(normalise(text[position:]).text)
    kinds = sorted({word for word in words if word[0] == "<"})
    rest = sum(word[0] != "<" and not _FILLERS.fullmatch(word) for word in words)
    share = "only" if not rest else "nearly only" if rest <= _FEW_WORDS else ""
    around = [pair for pair in _pairs(words) if "<" in pair]
    return kinds + around + ([f"{share} {kind}" for kind in kinds] + [share] if share else [])


def _shape(word: str) -> str:
    """Of a number only its length says something about the intent."""
    return "0" * min(len(word), _LONGEST_NUMBER) if word.isdigit() else word


def _pieces(word: str) -> List[str]:
    """Pieces of an English word, so that forms of a word and slips of the keyboard share most features."""
    edged = f"^{word}$"
    lengths = range(_SHORTEST_PIECE, _LONGEST_PIECE + 1)
    return [
        f"#{edged[start : start + length]}" for length in lengths for start in range(max(len(edged) - length + 1, 0))
    ]
