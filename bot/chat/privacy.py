"""Finds personal numbers in a message, so that neither the chat, Rasa nor a log ever holds them.

Resident numbers (GB 11643) are found however they are written: with spaces, hyphens or other signs between the
digits, full-width, with a small x, glued to other text or digits. A number that only looks like one (wrong check digit)
is masked as well: it is one, mistyped. Bank cards (ISO/IEC 7812) and telephone numbers are masked, too; social credit
codes (GB 32100), our own ticket numbers, amounts and dates stay as they are.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

from backoffice.identity.numbers import is_id_number, mask_id_number, mask_phone

Kind = Literal["id_number", "bank_card", "phone"]


@dataclass(frozen=True, slots=True)
class Finding:
    """A personal number at ``text[start:end]``; ``value`` is its plain form, without separators."""

    start: int
    end: int
    kind: Kind
    value: str

    @property
    def masked(self) -> str:
        """The form that may be shown."""
        if self.kind == "id_number":
            return mask_id_number(self.value)
        return mask_phone(self.value) if self.kind == "phone" else f"************{self.value[-4:]}"


# Up to three signs that are neither letter nor digit may stand between two digits of a resident number.
_RUN = re.compile(r"[0-9X](?:(?:\W|_){0,3}[0-9X])*")
_COMPACT = re.compile(r"(?<![0-9A-Z])[0-9]{17}[0-9X](?![0-9A-Z])")
_LOOKS_LIKE_ID = re.compile(r"(?<![0-9A-Z])(?:[0-9]{17}|[0-9]{6}[ -][0-9]{8}[ -][0-9]{3})[0-9X](?![0-9A-Z])")
_CARD = re.compile(r"(?<![0-9A-Z-])[0-9](?:[ -]?[0-9]){15,18}(?![0-9]|[ -][0-9])")
_CARD_ISSUERS = re.compile(r"62|4|5[1-5]|60|65|68|69|9558|9[0-9]{3}5|35[2-8]|3[47]")
_MOBILE = re.compile(r"(?<![0-9])(?<![0-9][.-])(?:\+?86[ -]?|0086[ -]?)?(1[3-9][0-9](?:[ -]?[0-9]{4}){2})(?![0-9])")
_LANDLINE = re.compile(r"(?<![0-9A-Z.-])(?:\+?86[ -]?)?(\(?0[1-9][0-9]{1,2}\)?[ -]?[0-9]{3,4}[ -]?[0-9]{4})(?![0-9])")
_AMOUNT = re.compile(r"(?:\.[0-9]|,[0-9]{3}| ?(?:元|块|万|亿|YUAN|RMB|CNY))")

_CREDIT_LETTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_CREDIT_CODE = re.compile(rf"(?<![0-9A-Z])[0-9A-HJ-NPQRTUWXY]{{2}}[0-9]{{6}}[{_CREDIT_LETTERS}]{{10}}(?![0-9A-Z])")
_OWN_NUMBER = re.compile(r"(?<![0-9A-Z])(?:[A-Z]{2}[ -]?20[0-9]{6}[ -]?[0-9]{6}|[A-Z]{2}[0-9]{14})(?![0-9A-Z])")


def find(text: str) -> list[Finding]:
    """Return the personal numbers of a text in their order; none overlaps another."""
    if sum(map(str.isdigit, text)) < 10:
        return []
    folded = _fold(text)
    found = [*_exact_ids(folded)]
    found += [card for card in _cards(folded) if not _overlaps(card, found)]
    found += [one for one in _hidden_ids(folded) if not _overlaps(one, found)]
    kept = [match.span() for match in (*_OWN_NUMBER.finditer(folded), *_credit_codes(folded))]
    for one in (*_lookalikes(folded), *_phones(folded)):
        if not _overlaps(one, found) and not any(one.start < end and start < one.end for start, end in kept):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def mask(text: str) -> str:
    """Return the text with every personal number masked."""
    while findings := find(text):  # the last digits of a masked number could make a new one with what follows
        text = _replaced(text, findings, lambda one: one.masked)
    return text


def tokenise(text: str, keep: Callable[[Kind, str], str]) -> str:
    """Return the text with an opaque token from ``keep(kind, value)`` in the place of every personal number."""
    return _replaced(text, find(text), lambda one: keep(one.kind, one.value))


def protect(text: str, keep: Callable[[Kind, str], str]) -> tuple[str, str | None]:
    """Return the text as it may be shown, and as it may be asked of Rasa where that differs."""
    if not find(text):
        return text, None
    return mask(text), tokenise(text, keep)


def _replaced(text: str, findings: list[Finding], new: Callable[[Finding], str]) -> str:
    parts, place = [], 0
    for one in findings:
        parts += [text[place : one.start], new(one)]
        place = one.end
    return "".join(parts) + text[place:]


def _fold(text: str) -> str:
    """Return the text in capitals, all digits and full-width signs as ASCII, every character in its place."""
    return "".join(_folded(character) for character in text) if not text.isascii() else text.upper()


def _folded(character: str) -> str:
    if character.isascii():
        return character.upper()
    digit = unicodedata.digit(character, None)
    if digit is not None:
        return str(digit)
    if unicodedata.category(character) == "Pd":
        return "-"
    plain = unicodedata.normalize("NFKC", character).upper()
    if plain in ("Ⅹ", "Х", "Χ", "×"):
        return "X"
    return plain if len(plain) == 1 else character


def _overlaps(one: Finding, others: list[Finding]) -> bool:
    return any(one.start < other.end and other.start < one.end for other in others)


def _exact_ids(folded: str) -> Iterator[Finding]:
    for match in _COMPACT.finditer(folded):
        if is_id_number(match.group()):
            yield Finding(match.start(), match.end(), "id_number", match.group())


def _hidden_ids(folded: str) -> Iterator[Finding]:
    """Find resident numbers inside longer rows of digits and behind separators."""
    for run in _RUN.finditer(folded):
        if len(run.group()) < 18:
            continue
        places = [place for place in range(run.start(), run.end()) if folded[place] in "0123456789X"]
        row = "".join(folded[place] for place in places)
        first = 0
        while first + 18 <= len(row):
            number = row[first : first + 18]
            start, end = places[first], places[first + 17] + 1
            # Separated digits may be several amounts: only a likely year of birth makes them one number.
            if is_id_number(number) and (end - start == 18 or "1800" <= number[6:10] < "2100"):
                yield Finding(start, end, "id_number", number)
                first += 18
            else:
                first += 1


def _lookalikes(folded: str) -> Iterator[Finding]:
    for match in _LOOKS_LIKE_ID.finditer(folded):
        yield Finding(match.start(), match.end(), "id_number", re.sub("[ -]", "", match.group()))


def _cards(folded: str) -> Iterator[Finding]:
    for match in _CARD.finditer(folded):
        groups = re.split("[ -]", match.group())
        number = "".join(groups)
        round_amounts = len(groups) > 1 and all(group.endswith("0") for group in groups)
        if _CARD_ISSUERS.match(number) and _luhn(number) and not round_amounts:
            yield Finding(match.start(), match.end(), "bank_card", number)


def _luhn(number: str) -> bool:
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _phones(folded: str) -> Iterator[Finding]:
    for pattern in (_MOBILE, _LANDLINE):
        for match in pattern.finditer(folded):
            if not _AMOUNT.match(folded, match.end()):
                number = re.sub(r"[^0-9]", "", match.group(1))
                yield Finding(match.start(1), match.end(1), "phone", number)


def _credit_codes(folded: str) -> Iterator[re.Match[str]]:
    for match in _CREDIT_CODE.finditer(folded):
        code = match.group()
        if not code[:17].isdigit() or _is_credit_code(code):
            yield match


def _is_credit_code(code: str) -> bool:
    total = sum(_CREDIT_LETTERS.index(letter) * pow(3, place, 31) for place, letter in enumerate(code[:17]))
    return _CREDIT_LETTERS[-total % 31] == code[17]
