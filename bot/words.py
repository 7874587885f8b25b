"""The bot's own sentences, and which language to say them in."""

import re
from pathlib import Path

from wenzheng.texts import Language, Texts, texts_in

TEXTS = Path(__file__).resolve().parent / "texts"

_HAN = re.compile(r"[\u3400-\u9fff]")
_LATIN = re.compile(r"[A-Za-z]{2,}")
_TOKEN = re.compile(r"〔\w+:\w+〕")


def texts() -> Texts:
    """Return the sentences of the bot, read once."""
    return texts_in(TEXTS)


def language_of(text: str, otherwise: Language) -> Language:
    """Return the language that a text is written in, or ``otherwise`` where it does not show."""
    words = _TOKEN.sub("", text)
    if _HAN.search(words):
        return "zh"
    return "en" if _LATIN.search(words) else otherwise
