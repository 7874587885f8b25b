"""Resident numbers (GB 11643-1999), and how personal data is masked wherever it is shown."""

import re
from datetime import date

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_COMPOUND_SURNAMES = ("欧阳", "司马", "上官", "诸葛", "司徒", "东方", "皇甫", "尉迟", "公孙", "慕容")


def id_check_digit(first17: str) -> str:
    """Return the check character of the first 17 digits, by ISO 7064 MOD 11-2 as GB 11643 says."""
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(first17, _WEIGHTS, strict=True)) % 11]


def is_id_number(text: str) -> bool:
    """Say whether ``text`` is a resident number: 18 characters, a real date of birth, the right check digit."""
    if not re.fullmatch(r"[1-9][0-9]{16}[0-9Xx]", text):
        return False
    try:
        date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    except ValueError:
        return False
    return id_check_digit(text[:17]) == text[17].upper()


def mask_id_number(number: str) -> str:
    """Show region and last four characters only: ``990101********1234``."""
    return f"{number[:6]}********{number[-4:]}"


def mask_phone(number: str) -> str:
    """Show the first three and last four digits only: ``199****0001``."""
    return f"{number[:3]}****{number[-4:]}"


def mask_name(name: str) -> str:
    """Show the surname only: ``张*``."""
    surname = name[:2] if name.startswith(_COMPOUND_SURNAMES) else name[:1]
    return surname + "*" * (len(name) - len(surname))
