"""What docs/demo.md tells of the medical area, read from the database."""

from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.identity.demo import known_resident
from backoffice.identity.tables import ResidentRow
from backoffice.medical import reimbursement
from backoffice.medical.demo_accounts import first_of_months
from backoffice.medical.reimbursement import BillCase
from backoffice.medical.service import rule_in_force
from backoffice.medical.tables import (
    DoctorRow,
    DrugRow,
    FundMonthRow,
    HospitalRow,
    MedicalAccountRow,
    MedicalTransactionRow,
)

BILLS = {
    "A": BillCase(Decimal(20_000), "employee", 3, "inpatient", retired=True),
    "B": BillCase(Decimal(1_000), "employee", 1, "outpatient", retired=False),
    "C": BillCase(Decimal(35_000), "resident", 2, "inpatient", retired=False),
}
DRUGS = ("二甲双胍", "氯吡格雷", "感冒灵")


def spouse_of(session: Session, resident: ResidentRow) -> int | None:
    """Return the id of the spouse in the resident's household, if there is one."""
    row = ResidentRow
    return session.scalar(
        select(row.id).where(row.household_id == resident.household_id, row.household_role == "spouse")
    )


def cases(session: Session, today: date) -> dict[str, Any]:
    """Return what docs/demo.md tells of, as it stands in the database."""
    resident = known_resident(session, "A")
    account = session.get_one(MedicalAccountRow, resident.id)
    spouse = spouse_of(session, resident)
    b_account = session.get(MedicalAccountRow, known_resident(session, "B").id)
    return {
        "balance": str(account.balance),
        "as_of": account.as_of.isoformat(),
        "last_month": _last_month(session, resident.id, today),
        "spouse_has_account": spouse is not None and session.get(MedicalAccountRow, spouse) is not None,
        "balance_of_B": str(b_account.balance) if b_account else None,
        "C_has_account": session.get(MedicalAccountRow, known_resident(session, "C").id) is not None,
        "estimates": {key: _estimate(session, bill, today) for key, bill in BILLS.items()},
        "fund_balance": {kind: _fund_balance(session, kind) for kind in ("employee", "resident")},
        "hospital": session.scalar(select(HospitalRow.name).order_by(HospitalRow.id).limit(1)),
        "doctors": {status: _doctor(session, status) for status in ("valid", "expired", "revoked")},
        "drugs": {name: _drug(session, name) for name in DRUGS},
    }


def _last_month(session: Session, resident_id: int, today: date) -> list[dict[str, str]]:
    months = first_of_months(today)
    row = MedicalTransactionRow
    found = (
        select(row)
        .where(row.resident_id == resident_id, row.day >= months[-2], row.day < months[-1])
        .order_by(row.day, row.id)
    )
    return [
        {"day": one.day.isoformat(), "kind": one.kind, "place": one.place, "amount": str(one.amount)}
        for one in session.scalars(found)
    ]


def _estimate(session: Session, bill: BillCase, today: date) -> dict[str, str]:
    found = reimbursement.estimate(bill, rule_in_force(session, bill, today))
    return {"amount": str(bill.amount), "reimbursed": str(found.reimbursed), "own_share": str(found.own_share)}


def _fund_balance(session: Session, insurance_type: str) -> str:
    row = FundMonthRow
    newest = select(row.balance).where(row.insurance_type == insurance_type).order_by(row.month.desc()).limit(1)
    return str(session.scalar(newest))


def _doctor(session: Session, status: str) -> str | None:
    return session.scalar(select(DoctorRow.name).where(DoctorRow.status == status).order_by(DoctorRow.id).limit(1))


def _drug(session: Session, name: str) -> str | None:
    """Return the class and what is first paid oneself: 甲, 乙 10%, none."""
    row = session.scalar(select(DrugRow).where(DrugRow.generic_name == name))
    if row is None:
        return None
    return f"{row.reimbursement_class} {row.self_share_percent}%" if row.self_share_percent else row.reimbursement_class
