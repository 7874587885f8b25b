"""Doctors' names: only beside a word that says so (医生, 大夫, Dr), because names of people look like other words."""

import re
from functools import lru_cache
from typing import Iterator, List, Tuple

from nlu.entities.found import Found
from nlu.entities.names import _cues
from nlu.entities.names_index import NamesIndex

_NO_NAMES = "的了个位名家男女老好哪那这什么是有没给找看问请在和跟到去为啥谁吗呢院科室区医师"
_ENGLISH = re.compile(
    r"(?<![a-z])(?:dr\.?|doctor)\s(?:named |called )?([a-z]{2,8})(?:\s([a-z]{2,8}))?(?:\s([a-z]{2,6}))?(?![a-z])"
)


@lru_cache(maxsize=1)
def _patterns() -> Tuple["re.Pattern[str]", "re.Pattern[str]"]:
    cues = _cues()["doctor"]
    after = "|".join(cues["after"])
    before = "|".join(cues["before"])
    return re.compile(f"([一-鿿]{{1,4}}?)(?={after})"), re.compile(f"(?:{before})[:,\\s]?([一-鿿]{{2,4}})")


def find_doctors(text: str, index: NamesIndex) -> List[Found]:
    """Find doctors' names in a normalised text; known or not, the value is the name."""
    found = list(_english(text, index))
    if "医" in text or "大夫" in text or "主任" in text or "专家" in text or "教授" in text:
        found += _before_cue(text, index)
        found += _after_cue(text, index)
    return found


def _before_cue(text: str, index: NamesIndex) -> Iterator[Found]:
    strong = _cues()["doctor"]["after"]
    for match in re.finditer("|".join(strong), text):
        name = _ending_at(text, match.start(), index, known_only=match.group() in ("主任", "专家", "教授"))
        if name:
            yield Found(match.start() - len(name), match.start(), "doctor", name)


def _ending_at(text: str, end: int, index: NamesIndex, known_only: bool) -> str:
    for length in (4, 3, 2):
        if text[max(0, end - length) : end] in index.doctors and end >= length:
            return text[end - length : end]
    if known_only:
        return ""
    for length in (3, 2):
        name = text[end - length : end] if end >= length else ""
        begins = end == length or not ("一" <= text[end - length - 1] <= "鿿") or text[end - length - 1] in _BOUNDARIES
        if begins and _is_likely(name):
            return name
    return ""


_PINYIN = re.compile(
    r"(?:(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])(?:[iu]?[aeo]|[iuv]|ei|ai|ao|ou|ui|iu|ue|iao|uai)(?:ng|n|r)?){1,2}|er"
)
_BOUNDARIES = "查问找看叫是的下院请挂约个位科给"


def _is_likely(name: str) -> bool:
    return (
        len(name) >= 2
        and name[0] in _cues()["surnames"]
        and all("一" <= character <= "鿿" and character not in _NO_NAMES for character in name)
    )


def _after_cue(text: str, index: NamesIndex) -> Iterator[Found]:
    for match in _patterns()[1].finditer(text):
        written, start = match.group(1), match.start(1)
        known = next((written[:length] for length in (4, 3, 2) if written[:length] in index.doctors), "")
        if known:
            yield Found(start, start + len(known), "doctor", known)
        elif match.group().startswith(("医生叫", "大夫叫")) and _is_likely(written[:3]):
            yield Found(start, start + len(written[:3]), "doctor", written[:3])


def _english(text: str, index: NamesIndex) -> Iterator[Found]:
    for match in _ENGLISH.finditer(text):
        parts = [part for part in match.groups() if part]
        for count in range(len(parts), 0, -1):
            forward = index.doctors_by_letters.get("".join(parts[:count]))
            names = forward or index.doctors_by_letters.get("".join(parts[1:count] + parts[:1]))
            if names:
                value = names[0] if len(set(names)) == 1 else " ".join(parts[:count]).title()
                yield Found(match.start(1), match.end(count), "doctor", value)
                break
        else:
            if len(parts) >= 2 and match.group().startswith("dr") and all(map(_PINYIN.fullmatch, parts[:2])):
                yield Found(match.start(1), match.end(2), "doctor", " ".join(parts[:2]).title())
