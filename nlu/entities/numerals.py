"""Numbers as people write them: 35000, 12,000, 1.2w, 8k, 三万五, 二十八万六, 万八, 3万5, 壹仟贰佰, 五六千."""

import re
from decimal import Decimal
from typing import List, Optional, Tuple

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
DIGITS.update({"〇": 0, "两": 2, "俩": 2, "仨": 3})
DIGITS.update({character: value for value, character in enumerate("壹贰叁肆伍陆柒捌玖", start=1)})
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "k": 1000}
UNITS.update({"万": 10**4, "w": 10**4, "亿": 10**8})

ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
CHINESE = "[零〇一二两俩仨三四五六七八九壹贰叁肆伍陆柒捌玖十拾百佰千仟万亿]"
NUMERAL = rf"(?:{ARABIC}(?:\s?[wk](?![a-z]))?|{CHINESE})+半?"
"""A stretch that may be a number; :func:`parse` says whether it is."""

_PARTS = re.compile(rf"{ARABIC}|[一-鿿〇kw]")


def parse(written: str) -> Optional[Decimal]:
    """Return the number, or None when it is not one.

    A digit after a unit counts tenths of it (三万五 is 35,000) unless 零 stands between. Of an approximation (五六千)
    the lower end is returned. A unit alone in front means one (万八 is 18,000).
    """
    text = written.replace(" ", "")
    half = text.endswith("半")
    text = text[:-1] if half else text
    parts = _PARTS.findall(text)
    if not parts or "".join(parts) != text:
        return None
    if all(part in DIGITS for part in parts):
        return _digit_by_digit(parts)
    value, last_unit = _read(parts)
    if value is None:
        return None
    if half:
        return value + Decimal(last_unit) / 2 if last_unit > 1 else None
    return value


def _digit_by_digit(parts: List[str]) -> Decimal:
    return Decimal("".join(str(DIGITS[part]) for part in parts))


def _read(parts: List[str]) -> Tuple[Optional[Decimal], int]:
    """Return the value and the last unit that stood in it (1 if none)."""
    total, section, number = Decimal(0), Decimal(0), None
    last_unit, after_zero, arabic = 1, False, False
    for part in parts:
        unit = UNITS.get(part)
        if unit is None and part in ("零", "〇"):
            if number is not None:
                return None, 1
            after_zero = True
        elif unit is None:
            digit = DIGITS.get(part)
            if number is not None:
                if digit is None or arabic or last_unit > 10**4:
                    return None, 1
                continue  # 五六千: the lower of the two
            arabic = digit is None
            number = Decimal(part.replace(",", "")) if digit is None else Decimal(digit)
        elif unit < 10**4:
            if section and unit >= last_unit:
                return None, 1
            section += (Decimal(1) if number is None else number) * unit
            number, last_unit, after_zero = None, unit, False
        else:
            section += number or 0
            total = (total + (section or 1)) * unit if unit > last_unit else total + (section or 1) * unit
            section, number, last_unit, after_zero = Decimal(0), None, unit, False
    if number is not None:
        tenths = number < 10 and number == int(number) and last_unit > 1 and not after_zero
        section += number * last_unit / 10 if tenths else number
    return total + section, last_unit
