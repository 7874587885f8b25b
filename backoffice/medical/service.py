"""Medical insurance and care: one's own account, the pooled fund, estimates, hospitals, doctors, drugs."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from backoffice.clock import Clock
from backoffice.db import Database
from backoffice.errors import DomainError
from backoffice.identity.access import Asker, require_owner
from backoffice.medical import reimbursement
from backoffice.medical.reimbursement import BillCase, Estimate, Rule, RuleSource, Step
from backoffice.medical.tables import (
    DoctorRow,
    DrugRow,
    FundMonthRow,
    HospitalRow,
    MedicalAccountRow,
    MedicalTransactionRow,
    ReimbursementRuleRow,
)

__all__ = [
    "Account",
    "BillCase",
    "Doctor",
    "Drug",
    "Estimate",
    "FundMonth",
    "Hospital",
    "MedicalService",
    "RuleSource",
    "Step",
    "Transaction",
]

NoteAccess = Callable[[Session, Asker, int, str], None]


@dataclass(frozen=True)
class Account:
    """A resident's own account; ``balance`` in yuan at the end of the day ``as_of``."""

    balance: Decimal
    as_of: date
    insurance_type: str
    retired: bool


@dataclass(frozen=True)
class Transaction:
    """Money in (positive) or out (negative), in yuan, and the balance after it."""

    day: date
    kind: str
    place: str
    amount: Decimal
    balance_after: Decimal


@dataclass(frozen=True)
class FundMonth:
    """The pooled fund in a month, in yuan; ``month`` is its first day, ``balance`` that at its end."""

    month: date
    income: Decimal
    spending: Decimal
    balance: Decimal
    source: str


@dataclass(frozen=True)
class Hospital:
    """A hospital; ``level`` 1 to 3, ``grade`` the level in full (三级甲等) where it has one."""

    name: str
    en: str
    level: int
    address: str
    district: str
    phone: str
    departments: list[str]
    designated: bool
    grade: str = ""


@dataclass(frozen=True)
class Doctor:
    """A doctor's licence; ``status`` is valid, expired or revoked as of today."""

    name: str
    licence_number: str
    title: str
    hospital: str
    department: str
    valid_until: date
    status: str


@dataclass(frozen=True)
class Drug:
    """A drug as on record; ``self_share`` (a fraction of 1) is what the patient first pays of class 乙."""

    generic_name: str
    en: str
    ingredients: str
    effect: str
    trial_summary: str
    usage: str
    reimbursement_class: str
    self_share: Decimal | None
    source: str


class MedicalService:
    """Look-ups in the medical records. What is a resident's own is shown to that resident only, and logged."""

    def __init__(self, db: Database, clock: Clock, note_access: NoteAccess) -> None:
        self._db = db
        self._clock = clock
        self._note_access = note_access

    @contextmanager
    def _own(self, resident_id: int, asker: Asker, record: str) -> Iterator[Session]:
        require_owner(asker, resident_id)
        with self._db.write() as session:
            self._note_access(session, asker, resident_id, record)
            yield session

    def account(self, resident_id: int, asker: Asker) -> Account | None:
        """Return a resident's own account, or ``None`` where there is none.

        Raises:
            NotAllowed: ``not_yours``.
        """
        with self._own(resident_id, asker, "medical_account") as session:
            row = session.get(MedicalAccountRow, resident_id)
            return Account(row.balance, row.as_of, row.insurance_type, row.retired) if row else None

    def transactions(self, resident_id: int, start: date, end: date, asker: Asker) -> list[Transaction]:
        """Return the transactions of both days and those between, newest first.

        Raises:
            NotAllowed: ``not_yours``.
        """
        row = MedicalTransactionRow
        found = (
            select(row.day, row.kind, row.place, row.amount, row.balance_after)
            .where(row.resident_id == resident_id, row.day.between(start, end))
            .order_by(row.day.desc(), row.id.desc())
        )
        with self._own(resident_id, asker, "medical_transactions") as session:
            return [Transaction(*values) for values in session.execute(found)]

    def last_transaction_day(self, resident_id: int, asker: Asker) -> date | None:
        """Return the day of the newest transaction.

        Raises:
            NotAllowed: ``not_yours``.
        """
        newest = select(func.max(MedicalTransactionRow.day)).where(MedicalTransactionRow.resident_id == resident_id)
        with self._own(resident_id, asker, "medical_transactions") as session:
            return session.scalar(newest)

    def pooled_fund(self, insurance_type: str, months: int = 12) -> list[FundMonth]:
        """Return the newest published months, the oldest of them first."""
        newest = (
            select(FundMonthRow)
            .where(FundMonthRow.insurance_type == insurance_type, FundMonthRow.month <= self._clock().date())
            .order_by(FundMonthRow.month.desc())
            .limit(months)
        )
        with self._db.read() as session:
            rows = session.scalars(newest).all()
        return [FundMonth(row.month, row.income, row.spending, row.balance, row.source) for row in reversed(rows)]

    def estimate(self, case: BillCase) -> Estimate:
        """Return how much of a bill would be paid by the rule in force today.

        Raises:
            DomainError: ``no_rule`` for such a case; ``bill_amount`` or ``bill_self_paid`` for impossible amounts.
        """
        reimbursement.check(case)
        with self._db.read() as session:
            return reimbursement.estimate(case, rule_in_force(session, case, self._clock().date()))

    def hospitals(
        self, district: str | None = None, designated: bool | None = None, level: int | None = None, limit: int = 50
    ) -> list[Hospital]:
        """Return hospitals that fit, the highest level first."""
        row = HospitalRow
        found = select(row).order_by(row.level.desc(), row.id).limit(limit)
        for column, wanted in ((row.district, district), (row.designated, designated), (row.level, level)):
            if wanted is not None:
                found = found.where(column == wanted)
        with self._db.read() as session:
            return [_hospital(one) for one in session.scalars(found)]

    def hospital(self, name: str) -> Hospital | None:
        """Return the hospital of that official or English name."""
        named = (HospitalRow.name == name) | (func.lower(HospitalRow.en) == name.lower())
        with self._db.read() as session:
            row = session.scalar(select(HospitalRow).where(named).limit(1))
        return _hospital(row) if row else None

    def doctors(self, name: str, hospital: str | None = None) -> list[Doctor]:
        """Return the doctors of that name as the register lists them, of one hospital if it is given."""
        # Not by the hospital's name: databases sort Chinese text differently.
        found = select(DoctorRow).where(DoctorRow.name == name).order_by(DoctorRow.id)
        if hospital is not None:
            found = found.where(DoctorRow.hospital == hospital)
        today = self._clock().date()
        with self._db.read() as session:
            return [_doctor(row, today) for row in session.scalars(found)]

    def drug(self, name: str) -> Drug | None:
        """Return the drug of that generic or English name."""
        named = (DrugRow.generic_name == name) | (func.lower(DrugRow.en) == name.lower())
        with self._db.read() as session:
            row = session.scalar(select(DrugRow).where(named).limit(1))
        return _drug(row) if row else None


def rule_in_force(session: Session, case: BillCase, day: date) -> Rule:
    """Return the newest rule for such a case that holds on that day; resident insurance knows no retirement.

    Raises:
        DomainError: ``no_rule``.
    """
    row = ReimbursementRuleRow
    newest = (
        select(row)
        .where(
            row.insurance_type == case.insurance_type,
            row.hospital_level == case.hospital_level,
            row.patient_kind == case.patient_kind,
            row.retired == (case.retired and case.insurance_type == "employee"),
            row.valid_from <= day,
            (row.valid_until.is_(None)) | (row.valid_until >= day),
        )
        .order_by(row.valid_from.desc())
        .limit(1)
    )
    rule = session.scalar(newest)
    if rule is None:
        raise DomainError("no_rule")
    source = RuleSource(rule.title, rule.number, rule.article, rule.valid_from)
    return Rule(rule.start_line, rule.ratio_percent, rule.ceiling, source)


def _hospital(row: HospitalRow) -> Hospital:
    departments = list(row.departments or ())
    en, grade = row.en or row.name, row.grade or ""
    return Hospital(row.name, en, row.level, row.address, row.district, row.phone, departments, row.designated, grade)


def _doctor(row: DoctorRow, today: date) -> Doctor:
    # A register that is loaded once says "valid" after the last day too.
    status = "expired" if row.status == "valid" and row.valid_until < today else row.status
    return Doctor(row.name, row.licence_number, row.title, row.hospital, row.department, row.valid_until, status)


def _drug(row: DrugRow) -> Drug:
    share = None if row.self_share_percent is None else Decimal(row.self_share_percent) / 100
    return Drug(
        row.generic_name,
        row.en or row.generic_name,
        row.ingredients,
        row.effect,
        row.trial_summary,
        row.usage,
        row.reimbursement_class,
        share,
        row.source,
    )
