"""Personal accounts of the demo's insured and 24 months of their transactions; every balance adds up.

Employees and the retired of employee insurance get a credit every month. Resident insurance gives no
credits any more: some have money left of the family account of old times, most have no account.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

Values = dict[str, Any]

MONTHS = 24
CREDIT_DAY = 5
RETIRES = {"m": 60, "f": 55}
EMPLOYED, PENSIONED, LEFT_OVER = 0.62, 0.6, 0.12  # shares of those of that age that have such an account
PHARMACIES = ("康宁大药房", "百草堂药店", "济民药房", "仁和药店", "春晖大药房")
CLINICS = ("卫生服务站", "中医诊所", "口腔诊所")
BASIC = "医保个人账户划入"


@dataclass(frozen=True)
class Insured:
    """Whose account it is, and how it is used."""

    resident_id: int
    insurance_type: str
    retired: bool
    monthly: int  # credit in cents
    visits: float  # a month
    places: list[tuple[str, str]]  # kind and name of designated places near home


@dataclass(frozen=True)
class Movement:
    """Cents into or out of an account on a day."""

    day: date
    kind: str
    place: str
    cents: int


def insured(rng: random.Random, age: int, sex: str, resident_id: int, places: list[tuple[str, str]]) -> Insured | None:
    """Decide whether somebody of this age has an account, and of which kind."""
    if age < 18:
        return None
    chance = rng.random()
    if age >= RETIRES[sex]:
        if chance < PENSIONED:
            return Insured(resident_id, "employee", True, rng.randrange(80_00, 125_00), 1.3, places)
    elif chance < EMPLOYED:
        return Insured(resident_id, "employee", False, rng.randrange(70_00, 260_00), 0.5, places)
    if chance > 1 - LEFT_OVER:
        return Insured(resident_id, "resident", False, 0, 0.2, places)
    return None


@cache
def first_of_months(today: date) -> tuple[date, ...]:
    """Return the first days of the last 24 full months and of the current one."""
    months = [today.replace(day=1)]
    while len(months) <= MONTHS:
        months.append((months[-1] - timedelta(days=1)).replace(day=1))
    return tuple(months[::-1])


def movements(rng: random.Random, one: Insured, today: date) -> list[Movement]:
    """Return what goes in and out of an account up to yesterday, in order."""
    found = []
    for month in first_of_months(today):
        if one.monthly:
            # The rates were adjusted each January.
            cents = one.monthly * (100 + 2 * (month.year - today.year)) // 100
            found.append(Movement(month.replace(day=CREDIT_DAY), "credit", BASIC, cents))
        visits = int(one.visits) + (rng.random() < one.visits % 1)
        for _ in range(visits):
            kind, place = rng.choice(one.places)
            most = 90_00 if kind == "pharmacy" else 160_00
            found.append(Movement(month.replace(day=rng.randrange(1, 29)), kind, place, -rng.randrange(8_00, most)))
    return sorted((one for one in found if one.day < today), key=lambda one: one.day)


def booked(resident_id: int, moves: list[Movement], opening: int) -> Iterator[Values]:
    """Book movements on an opening balance in cents; what the account cannot pay is paid in cash and left out."""
    balance = opening
    for move in moves:
        if balance + move.cents < 0:
            continue
        balance += move.cents
        yield {
            "resident_id": resident_id,
            "day": move.day,
            "kind": move.kind,
            "place": move.place,
            "amount": yuan(move.cents),
            "balance_after": yuan(balance),
        }


def yuan(cents: int) -> Decimal:
    """Return cents as yuan."""
    return Decimal(cents).scaleb(-2)
