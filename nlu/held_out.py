"""Reads utterances in Rasa's format, and finds those of the test that are too near to training ones."""

import re
from pathlib import Path
from typing import Any, List, NamedTuple, Tuple

from rapidfuzz import fuzz, process
from rasa.shared.nlu.training_data.loading import load_data

from nlu.text import normalise

NEAR = 90.0
"""Per cent of likeness from which a test utterance counts as known from training."""


class Utterance(NamedTuple):
    """A message with its intent and its marked entities (start, end, kind, value)."""

    text: str
    intent: str
    entities: Tuple[Tuple[int, int, str, Any], ...]

    @property
    def language(self) -> str:
        """``zh`` if any Chinese character is in it, else ``en``."""
        return "zh" if re.search("[一-鿿]", self.text) else "en"


def read(folder: Path) -> List[Utterance]:
    """Read every utterance of the folder's YAML files, in the order of their names."""
    found = []
    for file in sorted(folder.glob("*.yml")):
        for message in load_data(str(file)).intent_examples:
            marks = message.get("entities") or []
            entities = tuple((mark["start"], mark["end"], mark["entity"], mark["value"]) for mark in marks)
            found.append(Utterance(message.get("text"), message.get("intent"), entities))
    return found


def bare(text: str) -> str:
    """Return the letters, digits and characters of a text, normalised."""
    return re.sub(r"[\W_]", "", normalise(text).text)


def too_near(held_out: List[Utterance], training: List[Utterance]) -> List[Tuple[str, str, float]]:
    """Return test utterances with the training utterance that they equal or nearly equal, and the likeness.

    Of utterances under six characters only equals are returned: "你好" and "你好吗" are near, yet both are wanted.
    """
    known = {bare(utterance.text): utterance.text for utterance in training}
    choices = list(known)
    found = []
    for utterance in held_out:
        text = bare(utterance.text)
        if text in known:
            found.append((utterance.text, known[text], 100.0))
        elif len(text) >= 6:
            near = process.extractOne(text, choices, scorer=fuzz.ratio, score_cutoff=NEAR)
            if near is not None:
                found.append((utterance.text, known[near[0]], near[1]))
    return found
