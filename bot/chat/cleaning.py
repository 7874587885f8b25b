"""Makes what was typed fit to be kept and asked: without control characters, never a command."""

import re
import unicodedata

MAX_LENGTH = 2000  # characters

# Marks that order or hide text: bidirectional controls, zero-width spaces, soft hyphens. Joiners stay, emoji need them.
_HIDDEN = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb]")
_LEADING_SLASHES = re.compile(r"^(\s*)/+")


def clean(text: str) -> str:
    """Return the text without control and hidden characters, without space at its ends."""
    kept = "".join(
        character
        for character in _HIDDEN.sub("", text.replace("\r\n", "\n"))
        if character in "\n\t" or unicodedata.category(character) not in ("Cc", "Cs")
    )
    return kept.strip()


def as_words(text: str) -> str:
    """Return the text so that Rasa takes it for words: a leading slash would make it a command."""
    return _LEADING_SLASHES.sub(lambda match: match.group(1) + "／" * match.group().count("/"), text)
