"""Tables of the medical area."""

from datetime import date
from decimal import Decimal

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.db import Model

INSURANCE_TYPES = ("employee", "resident")
PATIENT_KINDS = ("inpatient", "outpatient")
TRANSACTION_KINDS = ("credit", "pharmacy", "clinic", "outpatient", "inpatient", "deduction")
DOCTOR_STATUSES = ("valid", "expired", "revoked")
REIMBURSEMENT_CLASSES = ("甲", "乙", "none")
LIST = JSON(none_as_null=True)


class MedicalAccountRow(Model):
    """A resident's own medical-insurance account (个人账户)."""

    __tablename__ = "medical_accounts"

    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), primary_key=True)
    insurance_type: Mapped[str] = mapped_column(String(10), info={"choices": INSURANCE_TYPES})
    retired: Mapped[bool]
    balance: Mapped[Decimal]
    as_of: Mapped[date]


class MedicalTransactionRow(Model):
    """Money into (positive) or out of (negative) an account; rows of one day are in the order of their ids."""

    __tablename__ = "medical_transactions"
    __table_args__ = (Index("ix_medical_transactions_resident", "resident_id", "day", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("medical_accounts.resident_id"))
    day: Mapped[date]
    kind: Mapped[str] = mapped_column(String(10), info={"choices": TRANSACTION_KINDS})
    place: Mapped[str] = mapped_column(String(60))
    amount: Mapped[Decimal]
    balance_after: Mapped[Decimal]


class FundMonthRow(Model):
    """A published month of the pooled fund (统筹基金); ``month`` is its first day."""

    __tablename__ = "pooled_fund_months"

    insurance_type: Mapped[str] = mapped_column(String(10), primary_key=True, info={"choices": INSURANCE_TYPES})
    month: Mapped[date] = mapped_column(primary_key=True)
    income: Mapped[Decimal]
    spending: Mapped[Decimal]
    balance: Mapped[Decimal]
    source: Mapped[str] = mapped_column(String(120))


class ReimbursementRuleRow(Model):
    """How much of a bill the fund pays, by the city's document; amounts in yuan, the ceiling per year.

    ``ratio_percent`` is kept like money: a decimal with two places, exact on every database.
    """

    __tablename__ = "reimbursement_rules"
    __table_args__ = (
        UniqueConstraint("insurance_type", "hospital_level", "patient_kind", "retired", "valid_from"),
        CheckConstraint("ratio_percent BETWEEN 0 AND 10000", name="ratio"),
        CheckConstraint("start_line >= 0 AND ceiling >= 0", name="amounts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    insurance_type: Mapped[str] = mapped_column(String(10), info={"choices": INSURANCE_TYPES})
    hospital_level: Mapped[int] = mapped_column(info={"choices": (1, 2, 3)})
    patient_kind: Mapped[str] = mapped_column(String(10), info={"choices": PATIENT_KINDS})
    retired: Mapped[bool]
    start_line: Mapped[Decimal]
    ratio_percent: Mapped[Decimal]
    ceiling: Mapped[Decimal]
    title: Mapped[str] = mapped_column(String(120))
    number: Mapped[str] = mapped_column(String(60))
    article: Mapped[str] = mapped_column(String(40))
    valid_from: Mapped[date]
    valid_until: Mapped[date | None]


class HospitalRow(Model):
    """A hospital or health centre of the city; ``designated``: insurance pays there (定点)."""

    __tablename__ = "hospitals"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(60), unique=True)
    en: Mapped[str | None] = mapped_column(String(120))
    aliases: Mapped[list[str] | None] = mapped_column(LIST)
    level: Mapped[int] = mapped_column(info={"choices": (1, 2, 3)})
    grade: Mapped[str | None] = mapped_column(String(10))  # 三级甲等
    district: Mapped[str] = mapped_column(String(40), index=True)
    address: Mapped[str] = mapped_column(String(120))
    phone: Mapped[str] = mapped_column(String(30))
    departments: Mapped[list[str] | None] = mapped_column(LIST)
    designated: Mapped[bool]


class DoctorRow(Model):
    """A doctor in the register of licences.

    ``hospital`` is the place of practice as registered: clinics that are not in the list of hospitals occur too.
    """

    __tablename__ = "doctors"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(40), index=True)
    licence_number: Mapped[str] = mapped_column(String(30), unique=True)
    title: Mapped[str] = mapped_column(String(20))
    hospital: Mapped[str] = mapped_column(String(60))
    department: Mapped[str] = mapped_column(String(40))
    valid_until: Mapped[date]
    status: Mapped[str] = mapped_column(String(10), info={"choices": DOCTOR_STATUSES})


class DrugRow(Model):
    """A drug by its generic name; of class 乙 the patient first pays ``self_share_percent`` (先行自付)."""

    __tablename__ = "drugs"
    __table_args__ = (CheckConstraint("self_share_percent BETWEEN 0 AND 100", name="self_share"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    generic_name: Mapped[str] = mapped_column(String(60), unique=True)
    en: Mapped[str | None] = mapped_column(String(120))
    aliases: Mapped[list[str] | None] = mapped_column(LIST)
    ingredients: Mapped[str] = mapped_column(Text)
    effect: Mapped[str] = mapped_column(Text)
    trial_summary: Mapped[str] = mapped_column(Text)
    usage: Mapped[str] = mapped_column(Text)
    reimbursement_class: Mapped[str] = mapped_column(String(4), info={"choices": REIMBURSEMENT_CLASSES})
    self_share_percent: Mapped[int | None]
    source: Mapped[str] = mapped_column(String(120))
