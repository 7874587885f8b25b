"""The demo city's medical records: accounts, pooled fund, rules, hospitals, doctors, drugs."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from backoffice.db import Model
from backoffice.identity.demo import known_resident
from backoffice.identity.tables import ResidentRow
from backoffice.medical import catalogue
from backoffice.medical.demo_accounts import (
    CLINICS,
    MONTHS,
    PHARMACIES,
    Insured,
    Movement,
    Values,
    booked,
    first_of_months,
    insured,
    movements,
    yuan,
)
from backoffice.medical.demo_cases import cases, spouse_of
from backoffice.medical.demo_doctors import doctors
from backoffice.medical.tables import (
    DoctorRow,
    DrugRow,
    FundMonthRow,
    HospitalRow,
    MedicalAccountRow,
    MedicalTransactionRow,
    ReimbursementRuleRow,
)
from knowledge import City

__all__ = ["build", "cases"]

FUND_SOURCE = "安澜市医疗保障局基金运行情况通报（演示数据）"
# income and spending of a month and what there is now, in ten thousand yuan
FUNDS = {"employee": (21_500, 18_900, 486_000), "resident": (13_200, 12_900, 97_000)}
KNOWN = {
    # resident -> kind of account, monthly credit and what it holds today, in cents
    "A": (True, 112_00, 3_182_45),
    "B": (False, 148_00, 4_206_80),
}
A_LAST_MONTH = ((8, "pharmacy", "东湖康宁大药房", -58_50), (20, "outpatient", "安澜市第一人民医院", -120_00))
CHUNK = 20_000


def build(session: Session, rng: random.Random, today: date, city: City) -> None:
    """Add everything; transactions reach back two years from ``today`` and end yesterday."""
    hospitals = catalogue.hospitals()
    session.execute(insert(ReimbursementRuleRow), catalogue.rules())
    session.execute(insert(HospitalRow), hospitals)
    session.execute(insert(DoctorRow), list(doctors(rng, today, hospitals)))
    session.execute(insert(DrugRow), catalogue.drugs())
    session.execute(insert(FundMonthRow), list(_fund(rng, today)))
    places = {district.name: _places(hospitals, district.name) for district in city.districts}
    _accounts(session, rng, today, places)


def _places(hospitals: list[Values], district: str) -> list[tuple[str, str]]:
    """Return where accounts are used in a district: designated hospitals, clinics and, most of all, pharmacies."""
    short = district.removesuffix("新区").removesuffix("区").removesuffix("县")
    near = [one["name"] for one in hospitals if one["district"] == district and one["designated"]]
    pharmacies = [("pharmacy", short + name) for name in PHARMACIES]
    return [
        *pharmacies,
        *pharmacies,
        *(("clinic", short + name) for name in CLINICS),
        *(("outpatient", n) for n in near),
    ]


def _accounts(session: Session, rng: random.Random, today: date, places: dict[str, list[tuple[str, str]]]) -> None:
    known = {known_resident(session, key).id: key for key in "ABC"}
    spouse = spouse_of(session, known_resident(session, "A"))
    accounts: list[Values] = []
    transactions: list[Values] = []
    row = ResidentRow
    for resident_id, born, sex, district in session.execute(
        select(row.id, row.birth_date, row.sex, row.district).order_by(row.id)
    ).all():
        near = places[district]
        key = known.get(resident_id)
        if key in KNOWN:
            account, moves = _known(rng, resident_id, str(key), today, near)
        elif resident_id == spouse:
            one = Insured(resident_id, "employee", True, 98_00, 1.3, near)
            account, moves = _ordinary(rng, one, today)
        else:
            found = None if key else insured(rng, _age(born, today), sex, resident_id, near)
            if found is None:
                continue
            account, moves = _ordinary(rng, found, today)
        accounts.append(account)
        transactions += moves
    session.execute(insert(MedicalAccountRow), accounts)
    # Into the table, not the model: a quarter of a million rows take half the time.
    table = Model.metadata.tables[MedicalTransactionRow.__tablename__]
    for start in range(0, len(transactions), CHUNK):
        session.execute(insert(table), transactions[start : start + CHUNK])


def _age(born: date, today: date) -> int:
    return today.year - born.year - ((today.month, today.day) < (born.month, born.day))


def _account(one: Insured, today: date, balance: Decimal) -> Values:
    return {
        "resident_id": one.resident_id,
        "insurance_type": one.insurance_type,
        "retired": one.retired,
        "balance": balance,
        "as_of": today - timedelta(days=1),
    }


def _ordinary(rng: random.Random, one: Insured, today: date) -> tuple[Values, list[Values]]:
    opening = rng.randrange(0, 2_500_00 if one.monthly else 300_00)
    rows = list(booked(one.resident_id, movements(rng, one, today), opening))
    return _account(one, today, rows[-1]["balance_after"] if rows else yuan(opening)), rows


def _known(
    rng: random.Random, resident_id: int, key: str, today: date, near: list[tuple[str, str]]
) -> tuple[Values, list[Values]]:
    """Make an account that holds today what docs/demo.md says, whatever day today is."""
    retired, monthly, balance = KNOWN[key]
    one = Insured(resident_id, "employee", retired, monthly, 1.3 if key == "A" else 0.6, near)
    last = first_of_months(today)[-2]
    moves = movements(rng, one, today)
    if key == "A":
        moves = [move for move in moves if move.kind == "credit" or move.day < last]
        moves += [Movement(last.replace(day=day), kind, place, cents) for day, kind, place, cents in A_LAST_MONTH]
        moves.sort(key=lambda move: move.day)
    rows = list(booked(resident_id, moves, balance - sum(move.cents for move in moves)))
    return _account(one, today, rows[-1]["balance_after"]), rows


def _fund(rng: random.Random, today: date) -> Iterator[Values]:
    """Make the last 24 full months of both funds, in which income and spending account for the balance."""
    months = first_of_months(today)[-MONTHS - 1 : -1]
    for insurance_type, (income, spending, balance) in FUNDS.items():
        flows = [(round(income * rng.uniform(0.95, 1.05)), round(spending * rng.uniform(0.92, 1.08))) for _ in months]
        held = balance - sum(got - paid for got, paid in flows)
        for month, (got, paid) in zip(months, flows, strict=True):
            held += got - paid
            yield {
                "insurance_type": insurance_type,
                "month": month,
                "income": Decimal(got * 10_000),
                "spending": Decimal(paid * 10_000),
                "balance": Decimal(held * 10_000),
                "source": FUND_SOURCE,
            }
