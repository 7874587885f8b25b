"""Numbers as people write them: 35000, 12,000, 1.2w, 8k, 三万五, 二十八万六, 万八, 3万5, 壹仟贰佰, 五六千."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Optional

DIGITS = {character: value for value, character in enumerate("零一二三四五六七八九")}
DIGITS.update({"〇": 0, "两": 2, "俩": 2, "仨": 3})
DIGITS.update({character: value for value, character in enumerate("壹贰叁肆伍陆柒捌玖", start=1)})
UNITS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000, "k": 1000}
UNITS.update({"万": 10**4, "w": 10**4, "亿": 10**8})

ARABIC = r"(?:\d{1,3}(?:,\d{3})+(?!\d)|\d+)(?:\.\d+)?"
CHINESE = "[零〇一二两俩仨三四五六七八九壹贰叁肆伍陆柒捌玖十拾百佰千仟万亿]"
NUMERAL = rf"(?:{ARABIC}(?:\s?[wk](?![a-z]))?|{CHINESE})+半?"
"""A stretch that may be a number; :func:`parse` says whether it is."""

_PARTS = re.compile(rf"{ARABIC}|{CHINESE}|[kw]")


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
        return None if half else Decimal("".join(str(DIGITS[part]) for part in parts))
    reader = _Reader()
    if not all(reader.take(part) for part in parts):
        return None
    if half:
        return reader.value() + Decimal(reader.unit) / 2 if reader.unit > 1 and reader.number is None else None
    return reader.value()


@dataclass
class _Reader:
    """Reads digits and units from left to right."""

    total: Decimal = Decimal(0)  # what stands before the last 万 or 亿
    section: Decimal = Decimal(0)  # what has been read since, up to 千
    number: Optional[Decimal] = None  # digits that wait for their unit
    unit: int = 1  # the last unit
    small: int = 10**4  # the last unit of this section
    large: int = 10**12  # the last 万 or 亿
    after_zero: bool = False
    arabic: bool = False

    def take(self, part: str) -> bool:
        """Take the next part; False when no number goes on like this."""
        if part in ("零", "〇"):
            self.after_zero = True
            return self.number is None
        if part in UNITS:
            return self._take_small(UNITS[part]) if UNITS[part] < 10**4 else self._take_large(UNITS[part])
        arabic = part not in DIGITS
        if self.number is not None:  # of 五六千 the lower counts; 5六 is nothing
            return not arabic and not self.arabic
        self.arabic = arabic
        self.number = Decimal(part.replace(",", "")) if arabic else Decimal(DIGITS[part])
        return True

    def _take_small(self, unit: int) -> bool:
        if unit >= self.small or (self.number is None and self.unit > 1 and unit != 10):
            return False
        self.section += (Decimal(1) if self.number is None else self.number) * unit
        self.number, self.unit, self.small, self.after_zero = None, unit, unit, False
        return True

    def _take_large(self, unit: int) -> bool:
        self.section += self.number or 0
        if unit > self.large or not (self.section or self.number is not None):  # 一万亿, or 万 in front
            if self.total == 0 and self.unit > 1:
                return False
            self.total = (self.total + self.section or Decimal(1)) * unit
        elif unit < self.large:
            self.total += self.section * unit
        else:
            return False
        self.section, self.number = Decimal(0), None
        self.unit, self.large, self.small, self.after_zero = unit, unit, 10**4, False
        return True

    def value(self) -> Decimal:
        """Return what has been read."""
        number = self.number or Decimal(0)
        tenths = number < 10 and number == int(number) and self.unit > 1 and not self.after_zero
        return self.total + self.section + (number * self.unit / 10 if tenths else number)
