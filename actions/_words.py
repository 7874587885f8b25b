"""How a message is written: its language, its plain form, what is negated in it, and what is left beside its values."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from wenzheng.texts import Language

_HAN = re.compile(r"[\u4e00-\u9fff]")
_LATIN = re.compile(r"[a-z]{2,}")
_TOKEN = re.compile(r"〔\w+:\w+〕")
_NOT_BEFORE = re.compile(
    r"(?:(?<!是)不是|并非|不要|不想去|不想要|不去|不在|不想|别|除了|不找|不看|不做|not|no|don't want|except|"
    r"isn't|wasn't|rather than)"
    r"\s*(?:在|去|找|看|是|要|做|in|the|at|for|a|an|to)?\s*(?:the\s|in\s)?$"
)
_NOT_AFTER = re.compile(
    r"^(?:区|那边|这边|的|那里)*(?:就|也|都)?(?:不要|不去|不考虑|太远|算了|不行|不对|除外|不算|is wrong|is too far)"
)
_FILLERS = re.compile(
    r"[那呢的话吧啊呀嘛吗了么边儿要想换成改就是不在去有没只看找来也还行可以能如果假如当初送算再帮给请我这个一往上以至少起步最低"
    r"左右大概月薪工资钱学历文凭毕业点些嗯哦哎噢好对错说住都块里附近旁种样呗什您你哈喔诶唉们位份先按查]"
)
_ENGLISH_FILLERS = frozenset(
    """a an the in at to i im i'm ive have has had my me is it its it's and or not no oops sorry meant mean what whats
    what's about how instead please pls min minimum least above over up per month monthly yuan rmb cny with only for
    then ok okay yes just change switch make that of degree one ones show any there were was if but ah oh actually
    rather than k want like do you can we go got near around from more pay salary a's i'd would be am
    job jobs work looking look find search vacancy vacancies hiring openings need""".split()  # noqa: SIM905
)


@dataclass(frozen=True)
class Mention:
    """A value said in the message, with its half-open span; ``negated`` when the citizen says that it is not this."""

    kind: str
    value: Any
    start: int
    end: int
    negated: bool = False


def plain(text: str) -> str:
    """Return the text in lower case and with full-width characters folded, each character in its place."""
    folded = (unicodedata.normalize("NFKC", character).lower() for character in text)
    return "".join(new if len(new) == 1 else old for new, old in zip(folded, text, strict=True))


def language_of(text: str, spoken: Language | None = None) -> Language | None:
    """Return the language of the words; ``None`` where they do not tell (a number, a sign, an internal command).

    A Chinese name in an English sentence leaves it English; one Latin word alone ("ok", "donghu") leaves the language
    ``spoken`` so far.
    """
    if text.startswith("/"):
        return None
    words = _TOKEN.sub("", text)
    latin, han = len(_LATIN.findall(words.lower())), len(_HAN.findall(words))
    if han:
        return "en" if latin >= 3 and latin * 2 > han else "zh"
    if latin == 1 and spoken:
        return spoken
    return "en" if latin else None


def is_negated(text: str, start: int, end: int) -> bool:
    """Say whether what stands at this span of a plain text is denied: 不是东湖, not donghu, 东湖不要."""
    return bool(_NOT_BEFORE.search(text[:start]) or _NOT_AFTER.match(text[end:]))


def mention(kind: str, value: Any, text: str, start: int, end: int) -> Mention:
    """Make a mention, and look whether it is denied."""
    return Mention(kind, value, start, end, is_negated(text, start, end))


def size_of_rest(text: str, mentions: Iterable[Mention], extra: str = "") -> int:
    """Count what a plain text says beside these values and beside words that mean nothing alone.

    A Chinese character counts one, a Latin word or number one. ``extra`` are further characters that do not count.
    """
    characters = list(text)
    for one in mentions:
        characters[one.start : one.end] = " " * (one.end - one.start)
    left = _FILLERS.sub("", "".join(character for character in characters if character not in extra))
    latin = [word for word in re.findall(r"[a-z0-9.']+", left) if word not in _ENGLISH_FILLERS]
    return len(_HAN.findall(left)) + len(latin)
