"""Numbers that stand for something: identity, telephone, credit code, tickets, applications; and privacy tokens.

Our own numbers have one form: two letters for the kind, the day of filing, a hyphen, six digits
(``XF20261123-000123``). ``LX`` is a letter to a leader, ``XF`` a petition, ``JB`` a report, ``FC`` a review; ``SQ``
is an application for a licence, ``SB`` a claim on social insurance. Hyphen, spaces and capitals may be left out.

The bot puts tokens such as ``〔id_number:k3f9x2ab〕`` in the place of personal numbers; the token is then the value.
"""

import re
from datetime import date
from typing import Callable, List, Optional, Tuple

from nlu.entities.found import Found

_TOKEN = re.compile(r"〔(?P<kind>id_number|phone|licence_number|[a-z_]+):[^〔〕\s]{1,64}〕")
_TOKEN_KINDS = {"mobile": "phone", "telephone": "phone"}
_ID_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CREDIT_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def is_id_number(written: str) -> bool:
    """Check the day of birth and the check digit of an 18-character resident identity number (GB 11643)."""
    if not re.fullmatch(r"\d{17}[\dX]", written) or not written.isascii():
        return False
    try:
        date(int(written[6:10]), int(written[10:12]), int(written[12:14]))
    except ValueError:
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_ID_WEIGHTS, written[:17], strict=True))
    return "10X98765432"[total % 11] == written[17]


def is_credit_code(written: str) -> bool:
    """Check the check character of an 18-character unified social credit code (GB 32100)."""
    if (
        not re.fullmatch(rf"[0-9A-HJ-NPQRTUWXY]{{2}}\d{{6}}[{_CREDIT_ALPHABET}]{{10}}", written)
        or not written.isascii()
    ):
        return False
    if written[0].isdigit() and written[0] not in "12359":
        return False
    total = sum(_CREDIT_ALPHABET.index(character) * pow(3, place, 31) for place, character in enumerate(written[:17]))
    return _CREDIT_ALPHABET[-total % 31] == written[17]


def _id_number(match: "re.Match[str]") -> Optional[str]:
    written = re.sub(r"[\s-]", "", match.group()).upper()
    return written if is_id_number(written) else None


def _credit_code(match: "re.Match[str]") -> Optional[str]:
    written = match.group().upper()
    return written if is_credit_code(written) and not is_id_number(written) else None


def _phone(match: "re.Match[str]") -> str:
    return re.sub(r"\D", "", match.group("number"))


def _own_number(match: "re.Match[str]") -> str:
    return f"{match.group('kind').upper()}{match.group('day')}-{match.group('serial')}"


def _upper(match: "re.Match[str]") -> str:
    return match.group("number").upper()


_OWN = r"(?<![a-z\d])(?P<kind>{kinds})[\s-]?(?P<day>20\d{{2}}[01]\d[0-3]\d)[\s-]?(?P<serial>\d{{6}})(?!\d)"
_CUED = (
    r"(?:{cues})(?:号码|编号|号|no\.?|number)?(?:是|为|:|#|\s|is)*"
    r"(?P<number>[a-z]{{0,4}}[\s-]?\d[a-z\d-]{{5,22}})(?![a-z\d])"
)
_LICENCE_CUES = "许可证|营业执照|执照|资格证|合格证|登记证|备案证|证书|证照|证件|证|licence|license|permit|certificate"

_RULES: List[Tuple[str, "re.Pattern[str]", Callable[["re.Match[str]"], Optional[str]]]] = [
    ("id_number", re.compile(r"(?<![a-z\d])\d{6}[\s-]?\d{8}[\s-]?\d{3}[\dx](?![a-z\d])"), _id_number),
    ("licence_number", re.compile(r"(?<![a-z\d])[\da-z]{18}(?![a-z\d])"), _credit_code),
    ("ticket_number", re.compile(_OWN.format(kinds="lx|xf|jb|fc")), _own_number),
    ("application_number", re.compile(_OWN.format(kinds="sq|sb")), _own_number),
    ("licence_number", re.compile(r"(?<![a-z\d])(?P<number>(?:jy|sc|cb|db)\d{14})(?!\d)"), _upper),
    ("licence_number", re.compile(_CUED.format(cues=_LICENCE_CUES)), _upper),
    ("phone", re.compile(r"(?<![\d.-])(?:\+?86[\s-]?)?(?P<number>1[3-9]\d[\s-]?\d{4}[\s-]?\d{4})(?![\d-])"), _phone),
    ("phone", re.compile(r"(?<![\d-])(?P<number>\(?0\d{2,3}\)?[\s-]?\d{7,8})(?![\d-])"), _phone),
    ("phone", re.compile(r"(?<![\d-])(?P<number>[48]00[\s-]?\d{3}[\s-]?\d{4})(?![\d-])"), _phone),
]


def find_codes(text: str, original: str, span: Callable[[int, int], Tuple[int, int]]) -> List[Found]:
    """Find numbers in a normalised text; ``span`` gives the place in ``original``, where tokens are taken from."""
    found: List[Found] = []
    for match in _TOKEN.finditer(text):
        kind = _TOKEN_KINDS.get(match.group("kind"), match.group("kind"))
        start, end = span(match.start(), match.end())
        found.append(Found(match.start(), match.end(), kind, original[start:end]))
    if not any(character.isdigit() for character in text):
        return found
    taken = [(entity.start, entity.end) for entity in found]
    for kind, pattern, value_of in _RULES:
        for match in pattern.finditer(text):
            place = match.span("number") if "number" in pattern.groupindex else match.span()
            value = value_of(match)
            if value is not None and all(place[1] <= start or end <= place[0] for start, end in taken):
                taken.append(place)
                found.append(Found(place[0], place[1], kind, value))
    return found
