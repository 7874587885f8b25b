"""What the classifier sees of a message: characters and words in ones and twos, pieces of words, kinds of entities."""

from collections import Counter
from itertools import pairwise
from typing import Dict, Iterable, List

from nlu.text import tokens

_SHORTEST_PIECE, _LONGEST_PIECE = 2, 4
_LONGEST_NUMBER = 4


def features(text: str, entity_kinds: Iterable[str] = ()) -> Dict[str, int]:
    """Count the features of a normalised text that holds entities of these kinds."""
    words = [_shape(word) for word in tokens(text)]
    found = list(words)
    found += [f"{first} {second}" for first, second in pairwise(["^", *words, "$"])] if words else []
    for word in words:
        if word[0].isascii() and word[0].isalpha():
            found += _pieces(word)
    found += [f"<{kind}>" for kind in entity_kinds]
    return Counter(found)


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
