"""The city's names, prepared for looking up: by characters, by sound, and in Latin letters."""

import json
import os
import re
import time
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any, Dict, Iterator, List, Mapping, NamedTuple, Optional, Set, Tuple

from nlu.entities.pinyin import sounds, syllables
from nlu.text import normalise

KINDS = ("hospital", "department", "leader", "district", "drug", "occupation")
"""Kinds of names that are looked up anywhere; of the same words in two kinds the earlier counts. Doctors need a cue."""

_COMMON = 40  # a pair of sounds in more names than this (医院) says nothing about which name it is
_CHINESE = re.compile(r"[一-鿿]")
_CITY_IN_FRONT = re.compile(r"^[一-鿿]{2,3}市(?=[一-鿿]{3})")
_DISTRICT_SUFFIX = re.compile(r"(?:新区|区|县|市)$")


class Name(NamedTuple):
    """One way of writing a name of the city."""

    kind: str
    name: str
    written: str


@dataclass
class NamesIndex:
    """Look-up tables over all names."""

    by_first: Dict[str, List[Name]] = field(default_factory=dict)
    by_letters: Dict[str, Name] = field(default_factory=dict)
    by_sounds: Dict[Tuple[str, str], List[Tuple[int, int]]] = field(default_factory=dict)
    by_two_sounds: Dict[Tuple[str, ...], List[Name]] = field(default_factory=dict)
    sounding: List[Tuple[Name, Tuple[str, ...]]] = field(default_factory=list)
    letters_by_first: Dict[str, List[str]] = field(default_factory=dict)
    doctors: Set[str] = field(default_factory=set)
    doctors_by_letters: Dict[str, List[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, names: Mapping[str, List[Mapping[str, Any]]]) -> "NamesIndex":
        """Prepare the ``names`` of names.json; unknown kinds are left out."""
        index = cls()
        for kind in KINDS:
            for entry in names.get(kind, ()):
                for written in _ways_to_write(kind, entry):
                    index._add(Name(kind, entry["name"], written))
        for entry in names.get("doctor", ()):
            index.doctors.add(entry["name"])
            index.doctors_by_letters.setdefault("".join(syllables(entry["name"])), []).append(entry["name"])
        index._finish()
        return index

    def _add(self, name: Name) -> None:
        written = name.written
        if not _CHINESE.search(written):
            self._add_letters(re.sub(r"[^a-z\d]", "", written), name)
            return
        same = [other for other in self.by_first.get(written[0], ()) if other.written == written]
        if same:
            return
        self.by_first.setdefault(written[0], []).append(name)
        if len(written) > 2 or name.kind == "district":
            self._add_letters("".join(syllables(written)), name)
        self._add_sounds(name)

    def _add_letters(self, letters: str, name: Name) -> None:
        if len(letters) >= 3:
            self.by_letters.setdefault(letters, name)

    def _add_sounds(self, name: Name) -> None:
        heard = sounds(name.written)
        if len(heard) == 2 and name.kind in ("district", "occupation"):
            self.by_two_sounds.setdefault(heard, []).append(name)
        if len(heard) < 3:
            return
        for place, pair in enumerate(pairwise(heard)):
            self.by_sounds.setdefault(pair, []).append((len(self.sounding), place))
        self.sounding.append((name, heard))

    def _finish(self) -> None:
        for names in self.by_first.values():
            names.sort(key=lambda name: -len(name.written))
        self.by_sounds = {pair: places for pair, places in self.by_sounds.items() if len(places) <= _COMMON}
        for letters in self.by_letters:
            if len(letters) >= 6:
                self.letters_by_first.setdefault(letters[0], []).append(letters)


def _ways_to_write(kind: str, entry: Mapping[str, Any]) -> Iterator[str]:
    for written in (entry["name"], *entry.get("aliases", ())):
        form = normalise(str(written)).text.strip()
        if len(form) < 2:
            continue
        yield form
        if kind == "hospital" or kind == "department":
            yield _CITY_IN_FRONT.sub("", form)
        short = _DISTRICT_SUFFIX.sub("", form) if kind == "district" else form
        if len(short) >= 2:
            yield short


class NamesFile:
    """The names file, read again when it has changed; looked at once a second at most."""

    def __init__(self, path: Optional[Path] = None) -> None:
        default = Path(os.environ.get("WENZHENG_DATA") or "var") / "names.json"
        self.path = path or Path(os.environ.get("WENZHENG_NAMES") or default)
        self._index = NamesIndex()
        self._version: Optional[Tuple[int, int]] = None
        self._look_again = 0.0

    def index(self) -> NamesIndex:
        """Return the names as they are now; none while there is no file, the last good ones while it cannot be read."""
        now = time.monotonic()
        if now < self._look_again:
            return self._index
        self._look_again = now + 1.0
        try:
            state = self.path.stat()
            version = (state.st_mtime_ns, state.st_size)
            if version != self._version:
                names = json.loads(self.path.read_text(encoding="utf-8"))["names"]
                self._index, self._version = NamesIndex.of(names), version
        except (OSError, ValueError, KeyError, TypeError, AttributeError):
            pass
        return self._index
