"""Links what is written to the city's names: exactly, by sound, by a slip of the pen or of the keyboard.

Precision comes first: a name that was not meant sends the citizen to the wrong place.
"""

import re
from collections import Counter
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Dict, Iterator, List, Optional, Tuple

import yaml
from rapidfuzz.distance import Levenshtein

from nlu.entities.found import Found
from nlu.entities.names_index import Name, NamesIndex
from nlu.entities.pinyin import sounds

_LATIN = re.compile(r"[a-z]+(?:'[a-z]+)?")
_MOST_WORDS = 6
_SLIPS_IN_LETTERS = {"occupation": 8, "drug": 6, "hospital": 6, "district": 6, "department": 8, "leader": 9}


@lru_cache(maxsize=1)
def _cues() -> Dict[str, Any]:
    return dict(yaml.safe_load(Path(__file__).with_name("names_cues.yml").read_text(encoding="utf-8")))


def find_names(text: str, index: NamesIndex) -> List[Found]:
    """Find the city's names in a normalised text; the value is the official name."""
    found = list(_exact(text, index))
    found += _latin(text, index)
    if any("一" <= character <= "鿿" for character in text):
        heard = sounds(text)
        found += _sounding_alike(text, heard, index)
        found += _two_sounding_alike(text, heard, index)
    return found


def _exact(text: str, index: NamesIndex) -> Iterator[Found]:
    for start, character in enumerate(text):
        for name in index.by_first.get(character, ()):
            if text.startswith(name.written, start) and not _inside_word(text, start, start + len(name.written), name):
                yield _found(text, start, start + len(name.written), name)
                break


def _inside_word(text: str, start: int, end: int, name: Name) -> bool:
    cues = _cues().get(name.kind)
    if not cues or len(name.written) > 3:
        return False
    if _needs_job(name) and not _about_jobs(text):
        return True
    before, after = text[:start], text[end:]
    return after.startswith(tuple(cues["not_followed_by"])) or before.endswith(tuple(cues["not_preceded_by"]))


def _found(text: str, start: int, end: int, name: Name) -> Found:
    if name.kind == "drug":
        form = next((form for form in _cues()["drug_forms"] if text.startswith(form, end)), "")
        end += len(form)
    return Found(start, end, name.kind, name.name)


def _sounding_alike(text: str, heard: Tuple[str, ...], index: NamesIndex) -> Iterator[Found]:
    """Find names of three and more characters of which nearly all sound the same as what is written."""
    places: Counter = Counter()
    for position, pair in enumerate(pairwise(heard)):
        for number, offset in index.by_sounds.get(pair, ()):
            places[number, position - offset] += 1
    for number, start in places:
        name, wanted = index.sounding[number]
        for begin, length in (
            (start, len(wanted)),
            (start, len(wanted) - 1),
            (start - 1, len(wanted) + 1),
            (start, len(wanted) + 1),
        ):
            window = text[begin : begin + length] if begin >= 0 else ""
            if len(window) != length or _inside_word(text, begin, begin + length, name):
                continue
            if _near(window, heard[begin : begin + length], name, wanted):
                yield _found(text, begin, begin + length, name)
                break


def _near(window: str, heard: Tuple[str, ...], name: Name, wanted: Tuple[str, ...]) -> bool:
    written = name.written
    if len(window) != len(written):  # one character left out or put in
        longest_enough = 4 if name.kind == "drug" else 6
        return (
            name.kind in ("drug", "hospital")
            and len(written) >= longest_enough
            and window[0] == written[0]
            and not re.search(r"[^一-鿿]", window)
            and Levenshtein.distance(window, written, score_cutoff=1) <= 1
            and _slip_is_harmless(window, written)
        )
    wrong = [place for place in range(len(written)) if heard[place] != wanted[place]]
    same = sum(one == other for one, other in zip(window, written, strict=True))
    if not wrong:
        return same >= 1
    # 康复医院 is not 康宁医院: only in a drug's name is a character that sounds different taken for a slip.
    return name.kind == "drug" and _is_slip_in_drug(window, written, wrong)


def _is_slip_in_drug(window: str, written: str, wrong: List[int]) -> bool:
    allowed = 0 if len(written) < 4 else 1 if len(written) < 7 else 2
    changed = [character for place in wrong for character in (window[place], written[place])]
    return len(wrong) <= allowed and all("一" <= character <= "鿿" for character in changed)


def _slip_is_harmless(window: str, written: str) -> bool:
    changed = (Counter(window) - Counter(written)) + (Counter(written) - Counter(window))
    return not any(character in _cues()["distinguishing"] for character in changed if character not in "市区")


def _two_sounding_alike(text: str, heard: Tuple[str, ...], index: NamesIndex) -> Iterator[Found]:
    """Find names of two characters that sound the same and share one, beside words that expect such a name."""
    for start, pair in enumerate(pairwise(heard)):
        for name in index.by_two_sounds.get(pair, ()):
            window = text[start : start + 2]
            cues = _cues()[name.kind]
            shared = window[0] == name.written[0] or window[1] == name.written[1]
            expected = text.startswith(tuple(cues["near_miss_after"]), start + 2) or text[:start].endswith(
                tuple(cues["near_miss_before"])
            )
            if shared and (expected or text == window) and not _inside_word(text, start, start + 2, name):
                end = start + 2
                if name.kind == "district" and name.name.endswith(text[end : end + 1] or " ") and text[end] in "区县":
                    end += 1
                yield Found(start, end, name.kind, name.name)
                break


def _latin(text: str, index: NamesIndex) -> Iterator[Found]:
    words = [match.span() for match in _LATIN.finditer(text)]
    position = 0
    while position < len(words):
        taken = 1
        for count in range(min(_MOST_WORDS, len(words) - position), 0, -1):
            run = words[position : position + count]
            name = _latin_name(text, run, index) if _adjoining(text, run) else None
            if name is not None:
                yield Found(run[0][0], run[-1][1], name.kind, name.name)
                taken = count
                break
        position += taken


def _adjoining(text: str, run: List[Tuple[int, int]]) -> bool:
    return all(text[one[1] : other[0]] in (" ", "-", "", "'") for one, other in pairwise(run))


def _latin_name(text: str, run: List[Tuple[int, int]], index: NamesIndex) -> Optional[Name]:
    words = [re.sub(r"[^a-z]", "", text[start:end]) for start, end in run]
    letters = "".join(words)
    name = index.by_letters.get(letters)
    if name is None and letters.endswith("s"):
        name = index.by_letters.get(letters[:-1])
    if name is not None and (len(letters) >= 4 or name.kind != "district"):
        return None if _needs_job(name) and not _about_jobs(text) else name
    return _misspelt(words, index) if len(letters) >= 6 else None


def _misspelt(words: List[str], index: NamesIndex) -> Optional[Name]:
    """Find the name of as many words that differ by one slip each at most, and end alike (programme, programmer)."""
    letters = "".join(words)
    for candidate in index.letters_by_first.get(letters[0], ()):
        name = index.by_letters[candidate]
        if abs(len(candidate) - len(letters)) > len(words) or candidate[-2:] != letters[-2:]:
            continue
        wanted = name.written.split() if name.written.isascii() else [candidate]
        if len(wanted) != len(words) or len(letters) < _SLIPS_IN_LETTERS[name.kind]:
            continue
        if all(Levenshtein.distance(one, other, score_cutoff=1) <= 1 for one, other in zip(words, wanted, strict=True)):
            return name
    return None


def _needs_job(name: Name) -> bool:
    return name.kind == "occupation" and name.written in _cues()["occupation"]["only_about_jobs"]


def _about_jobs(text: str) -> bool:
    return any(word in text for word in _cues()["occupation"]["about_jobs"])
