"""The hospital department that a message asks for: in everyday words, from a list that non-programmers edit."""

import re
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from actions._words import Mention, mention

_FILE = Path(__file__).with_suffix(".yml")


@cache
def _known() -> dict[str, tuple[str, "re.Pattern[str]"]]:
    entries: dict[str, dict[str, Any]] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return {name: (entry["en"], re.compile("|".join(entry["words"]).lower())) for name, entry in entries.items()}


def asked(text: str) -> list[Mention]:
    """Find the departments that are asked for; the value is the word that the records' name of it holds."""
    return [
        mention("hospital_department", name, text, match.start(), match.end())
        for name, (_, words) in _known().items()
        for match in words.finditer(text)
    ]


def english(department: str) -> str:
    """Return the English name of a department."""
    return _known()[department][0]


def has(departments: Sequence[str], wanted: str) -> bool:
    """Say whether a hospital with these departments has the one that is wanted."""
    return any(wanted in department for department in departments)
