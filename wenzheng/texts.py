"""Sentences for people, in Chinese and English, read from YAML files that non-programmers can edit.

A file maps a key to ``{zh: ..., en: ...}``; ``{name}`` in a sentence is filled with a value.
"""

from functools import cache
from pathlib import Path
from typing import Any, Literal

import yaml

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = ("zh", "en")


class Texts:
    """The sentences of one folder, by key.

    Raises:
        ValueError: a key stands in two files, or lacks a language.
    """

    def __init__(self, folder: Path) -> None:
        self._texts: dict[str, dict[str, str]] = {}
        for file in sorted(folder.glob("*.yml")):
            for key, sentences in yaml.safe_load(file.read_text(encoding="utf-8")).items():
                if key in self._texts:
                    raise ValueError(f"{file.name}: {key} is defined twice")
                missing = [language for language in LANGUAGES if not sentences.get(language)]
                if missing:
                    raise ValueError(f"{file.name}: {key} has no {', '.join(missing)}")
                self._texts[key] = sentences

    def __call__(self, key: str, language: Language, **values: Any) -> str:
        """Return the sentence for ``key``; a ``KeyError`` names a missing key or value."""
        return self._texts[key][language].strip().format(**values)

    def __contains__(self, key: str) -> bool:
        return key in self._texts

    def keys(self) -> frozenset[str]:
        """All keys."""
        return frozenset(self._texts)


@cache
def texts_in(folder: Path) -> Texts:
    """Return the sentences of a folder, read once."""
    return Texts(folder)
