"""A small medical record: three residents, of whom two have accounts."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import insert, select, text

from backoffice.clock import CITY_ZONE
from backoffice.db import Database
from backoffice.identity.access import AccessLog, Asker
from backoffice.identity.tables import AccessRow, HouseholdRow, ResidentRow
from backoffice.medical import catalogue
from backoffice.medical.service import MedicalService
from backoffice.medical.tables import MedicalAccountRow, MedicalTransactionRow, ReimbursementRuleRow

MINE, THEIRS, NONE = 1, 2, 3


@dataclass
class MovingClock:
    now: datetime = datetime(2026, 11, 23, 9, 30, tzinfo=CITY_ZONE)

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Records:
    """The service, its database and clock."""

    db: Database
    clock: MovingClock = field(default_factory=MovingClock)

    @property
    def service(self) -> MedicalService:
        return MedicalService(self.db, self.clock, AccessLog(self.clock).note)

    def add(self, *rows: object) -> None:
        with self.db.write() as session:
            session.add_all(rows)

    @contextmanager
    def without(self, table: str) -> Iterator[None]:
        """Take a table away for a while."""
        with self.db.engine.begin() as connection:
            connection.execute(text(f"ALTER TABLE {table} RENAME TO away"))
        try:
            yield
        finally:
            with self.db.engine.begin() as connection:
                connection.execute(text(f"ALTER TABLE away RENAME TO {table}"))

    def log(self) -> list[tuple[object, ...]]:
        row = AccessRow
        entries = select(row.resident_id, row.asker_resident_id, row.record, row.why, row.via)
        with self.db.read() as session:
            return [tuple(entry) for entry in session.execute(entries.order_by(row.id))]


def asker(resident_id: int | None, why: str = "medical_balance") -> Asker:
    return Asker(resident_id, None, "chat-1", why)


@pytest.fixture
def records(database: Database) -> Records:
    """Records without accounts, of people or anything else."""
    return Records(database)


@pytest.fixture
def rules(records: Records) -> Records:
    with records.db.write() as session:
        session.execute(insert(ReimbursementRuleRow), catalogue.rules())
    return records


@pytest.fixture
def accounts(records: Records) -> Records:
    """Accounts of two residents; the rows of 20 October stand in the order in which they were booked."""
    day = date(2026, 10, 20)
    with records.db.write() as session:
        session.add(HouseholdRow(id=1, district="东湖区", address="东湖区学府路1号"))
        session.flush()
        for key in (MINE, THEIRS, NONE):
            person = {"name": "周秀兰", "birth_date": date(1958, 3, 12), "sex": "f", "district": "东湖区"}
            session.add(
                ResidentRow(
                    id=key, id_number=f"99010119580312000{key}", household_id=1, household_role="head", **person
                )
            )
        session.flush()
        for key, balance in ((MINE, "100.10"), (THEIRS, "7.00")):
            session.add(
                MedicalAccountRow(
                    resident_id=key,
                    insurance_type="employee",
                    retired=key == MINE,
                    balance=Decimal(balance),
                    as_of=date(2026, 11, 22),
                )
            )
        session.flush()
        for number, (resident, on, kind, amount, after) in enumerate(
            (
                (MINE, date(2026, 9, 30), "credit", "112.00", "142.00"),
                (MINE, day, "pharmacy", "-30.00", "112.00"),
                (MINE, day, "clinic", "-10.90", "101.10"),
                (MINE, date(2026, 10, 31), "pharmacy", "-1.00", "100.10"),
                (THEIRS, day, "pharmacy", "-5.00", "7.00"),
            ),
            1,
        ):
            session.add(
                MedicalTransactionRow(
                    id=number,
                    resident_id=resident,
                    day=on,
                    kind=kind,
                    place="东湖康宁大药房",
                    amount=Decimal(amount),
                    balance_after=Decimal(after),
                )
            )
    return records
