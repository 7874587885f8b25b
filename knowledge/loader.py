"""Reads a city from its folder of YAML files."""

from pathlib import Path
from typing import Any

import yaml

from knowledge.places import PARTS, City
from knowledge.validator import validate


def _read(folder: Path, name: str) -> Any:
    return yaml.safe_load((folder / f"{name}.yml").read_text(encoding="utf-8"))


def _make(kind: type, entry: dict[str, Any]) -> Any:
    return kind(**{key: tuple(value) if isinstance(value, list) else value for key, value in entry.items()})


def load_city(folder: Path) -> City:
    """Read the city from its folder.

    Raises:
        ValueError: the data has problems; the message names each.
    """
    problems = validate(folder)
    if problems:
        raise ValueError("\n".join(problems))
    parts: dict[str, Any] = {
        name: tuple(_make(kind, entry) for entry in _read(folder, name)) for name, kind in PARTS.items()
    }
    return City(**_read(folder, "city"), **parts)
