"""Turns a cell of an imported file into the value that its column holds, or says what is wrong with it."""

import json
import re
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from sqlalchemy import JSON, Boolean, Column, Date, Enum, Integer, LargeBinary, Numeric, String

from backoffice.clock import CITY_ZONE
from backoffice.db import CENT, Instant, Money
from backoffice.errors import DomainError
from backoffice.identity.numbers import is_id_number

_YES = frozenset({"1", "true", "yes", "y", "是", "有"})
_NO = frozenset({"0", "false", "no", "n", "否", "无"})
_DAY = re.compile(r"(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_LARGEST = {"integer": 2**31 - 1, "cents": 2**63 - 1}


def parse(column: Column[Any], text: str) -> Any:
    """Return the value of a cell that is not empty.

    Raises:
        DomainError: what is wrong; keys ``not_...``, ``too_long``, ``too_large``, ``not_allowed``.
    """
    kind = column.type
    value: Any
    if isinstance(kind, Money):
        value = _money(text)
    elif isinstance(kind, Instant):
        value = _instant(text)
    elif isinstance(kind, Enum):
        value = _choice(text, kind.enums)
        members = kind.enum_class or ()
        value = next((one for one in members if value in (one.name, one.value)), value)
    elif isinstance(kind, Boolean):
        value = _boolean(text)
    elif isinstance(kind, Integer):
        value = _integer(text)
    elif isinstance(kind, Numeric):
        value = _decimal(text)
    elif isinstance(kind, Date):
        value = _day(text)
    elif isinstance(kind, JSON):
        value = _list(text)
    elif isinstance(kind, String):
        value = _text(column, text)
    else:
        raise DomainError("not_importable")
    choices = column.info.get("choices")
    return _choice(value, choices) if choices else value


def importable(column: Column[Any]) -> bool:
    """Say whether files may bring this column at all."""
    return not isinstance(column.type, LargeBinary)


def _decimal(text: str) -> Decimal:
    plain = text.replace(",", "").replace("，", "")
    if not re.fullmatch(r"[+-]?\d{1,18}(\.\d+)?", plain, re.ASCII):
        raise DomainError("not_number")
    try:
        return Decimal(plain)
    except InvalidOperation:
        raise DomainError("not_number") from None


def _money(text: str) -> Decimal:
    amount = _decimal(text.removeprefix("¥").removeprefix("￥").removesuffix("元"))
    if amount != amount.quantize(CENT):
        raise DomainError("not_cents")
    if abs(amount) * 100 > _LARGEST["cents"]:
        raise DomainError("too_large")
    return amount.quantize(CENT)


def _integer(text: str) -> int:
    number = _decimal(text)
    if number != int(number):
        raise DomainError("not_integer")
    if abs(number) > _LARGEST["integer"]:
        raise DomainError("too_large")
    return int(number)


def _boolean(text: str) -> bool:
    if text.lower() in _YES | _NO:
        return text.lower() in _YES
    raise DomainError("not_yes_or_no")


def _day(text: str) -> date:
    found = _DAY.fullmatch(text)
    try:
        return date(*map(int, found.groups())) if found else datetime.fromisoformat(text).date()
    except ValueError:
        raise DomainError("not_date") from None


def _instant(text: str) -> datetime:
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        raise DomainError("not_time") from None
    return instant if instant.tzinfo else instant.replace(tzinfo=CITY_ZONE)


def _choice(value: Any, choices: Any) -> Any:
    if value not in choices:
        raise DomainError("not_allowed", choices="、".join(map(str, choices)))
    return value


def _list(text: str) -> Any:
    if text.startswith(("[", "{")):
        try:
            return json.loads(text)
        except ValueError:
            raise DomainError("not_list") from None
    return [part.strip() for part in re.split(r"[、;；]", text) if part.strip()]


def _text(column: Column[Any], text: str) -> str:
    if _CONTROL.search(text):
        raise DomainError("not_text")
    longest = column.type.length if isinstance(column.type, String) else None
    if longest is not None and len(text) > longest:
        raise DomainError("too_long", most=longest)
    if column.name == "id_number":
        if not is_id_number(text):
            raise DomainError("not_id_number")
        return text.upper()
    return text
