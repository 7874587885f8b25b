"""What everybody may look up: the pooled fund, estimates by the rule in force, hospitals, doctors, drugs."""

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from backoffice.clock import CITY_ZONE
from backoffice.errors import DomainError
from backoffice.medical.service import BillCase
from backoffice.medical.tables import DoctorRow, DrugRow, FundMonthRow, HospitalRow, ReimbursementRuleRow
from tests.backoffice.medical.conftest import Records


def fund(kind: str, year: int, month: int, balance: int) -> FundMonthRow:
    amounts = {"income": Decimal(3), "spending": Decimal(2), "balance": Decimal(balance)}
    return FundMonthRow(insurance_type=kind, month=date(year, month, 1), source="通报", **amounts)


def test_the_newest_months_of_a_fund_oldest_first(records: Records) -> None:
    records.add(
        *(fund("employee", 2026, month, month) for month in (10, 8, 9, 12)),
        fund("employee", 2025, 12, 0),
        fund("resident", 2026, 10, 99),
    )
    service = records.service
    assert [one.balance for one in service.pooled_fund("employee")] == [0, 8, 9, 10]
    assert [one.month for one in service.pooled_fund("employee", 2)] == [date(2026, 9, 1), date(2026, 10, 1)]
    [resident] = service.pooled_fund("resident")
    assert (resident.income, resident.spending, resident.balance) == (Decimal(3), Decimal(2), Decimal(99))
    assert resident.source == "通报"
    assert service.pooled_fund("other") == []


CASES = [
    # amount, self-paid, insurance, level, kind, retired, reimbursed; each worked out by hand
    ("35000", "0", "resident", 2, "inpatient", False, "25875.00"),  # (35000 - 500) x 75 %
    ("35000", "0", "resident", 1, "inpatient", False, "29580.00"),  # (35000 - 200) x 85 %
    ("35000", "0", "resident", 3, "inpatient", False, "21080.00"),  # (35000 - 1000) x 62 %
    ("35000", "0", "resident", 3, "inpatient", True, "21080.00"),  # resident insurance knows no retirement
    ("20000", "0", "employee", 3, "inpatient", False, "16320.00"),  # (20000 - 800) x 85 %
    ("20000", "0", "employee", 3, "inpatient", True, "17280.00"),  # (20000 - 800) x 90 %
    ("20000", "0", "employee", 2, "inpatient", False, "17160.00"),  # (20000 - 500) x 88 %
    ("20000", "5000.5", "employee", 1, "inpatient", True, "14258.52"),  # (20000 - 5000.50 - 300) x 97 % = 14258.515
    ("200", "0", "resident", 1, "inpatient", False, "0.00"),  # just the start line
    ("199.99", "0", "resident", 1, "inpatient", False, "0.00"),
    ("200.01", "0", "resident", 1, "inpatient", False, "0.01"),  # 0.0085, to the cent
    ("300", "300", "employee", 1, "inpatient", False, "0.00"),
    ("0", "0", "employee", 1, "inpatient", False, "0.00"),
    ("1000", "0", "employee", 1, "outpatient", False, "560.00"),  # (1000 - 200) x 70 %
    ("1000", "0", "employee", 3, "outpatient", True, "510.00"),  # (1000 - 150) x 60 %
    ("1000", "0", "resident", 2, "outpatient", False, "450.00"),  # (1000 - 100) x 50 %
    ("9000", "0", "resident", 3, "outpatient", False, "800.00"),  # 3520 by the ratio, but the ceiling
    ("500000", "0", "employee", 2, "inpatient", True, "300000.00"),  # 464535 by the ratio
]


def test_estimates_worked_out_by_hand(rules: Records) -> None:
    for amount, self_paid, insurance, level, kind, retired, reimbursed in CASES:
        case = BillCase(Decimal(amount), insurance, level, kind, retired, Decimal(self_paid))
        found = rules.service.estimate(case)
        assert (str(found.reimbursed), found.case) == (reimbursed, case), case
        assert found.own_share == case.amount - Decimal(reimbursed)


def test_an_estimate_names_its_rule(rules: Records) -> None:
    found = rules.service.estimate(BillCase(Decimal(35000), "resident", 2, "inpatient", retired=False))
    assert found.rule.title.startswith("安澜市城乡居民基本医疗保险")
    assert (found.rule.number, found.rule.article) == ("安医保发〔2025〕7号", "第九条")
    assert (found.start_line, found.ratio, found.ceiling) == (Decimal(500), Decimal("0.75"), Decimal(150_000))


def test_a_rule_holds_on_its_days_only_and_the_newest_counts(records: Records) -> None:
    values: dict[str, Any] = {"insurance_type": "resident", "hospital_level": 1, "patient_kind": "inpatient"}
    values |= {"retired": False, "start_line": Decimal(0), "ceiling": Decimal(10**6), "title": "t", "number": "n"}
    records.add(
        *(
            ReimbursementRuleRow(
                **values, ratio_percent=Decimal(ratio), article=str(ratio), valid_from=start, valid_until=end
            )
            for ratio, start, end in (
                (50, date(2025, 1, 1), date(2026, 10, 31)),
                (60, date(2026, 11, 1), date(2026, 12, 31)),
                (70, date(2026, 12, 1), None),
            )
        )
    )
    bill = BillCase(Decimal(100), "resident", 1, "inpatient", retired=False)

    def paid(*day: int) -> Decimal:
        records.clock.now = datetime(*day, 12, tzinfo=CITY_ZONE)  # type: ignore[misc, arg-type]
        return records.service.estimate(bill).reimbursed

    assert [paid(2025, 1, 1), paid(2026, 10, 31), paid(2026, 11, 1)] == [50, 50, 60]
    assert [paid(2026, 11, 30), paid(2026, 12, 1), paid(2027, 1, 1)] == [60, 70, 70]
    with pytest.raises(DomainError, match="no_rule"):
        paid(2024, 12, 31)


def test_no_rule_for_such_a_case(rules: Records) -> None:
    bill = BillCase(Decimal(100), "resident", 1, "inpatient", retired=False)
    for wrong in (replace(bill, hospital_level=4), replace(bill, insurance_type="x"), replace(bill, patient_kind="x")):
        with pytest.raises(DomainError, match="no_rule"):
            rules.service.estimate(wrong)


def hospital(number: int, level: int, district: str, designated: bool = True, **more: Any) -> HospitalRow:
    values = {"address": "学府路88号", "phone": "0900-5551001", "level": level, "district": district, **more}
    return HospitalRow(id=number, name=f"医院{number}", designated=designated, **values)


def test_hospitals_by_district_level_and_designation(records: Records) -> None:
    records.add(
        hospital(1, 1, "东湖区"),
        hospital(2, 3, "东湖区", en="East Lake Hospital", grade="三级甲等", departments=["内科", "骨科"]),
        hospital(3, 3, "南港区", designated=False),
        hospital(4, 2, "东湖区", designated=False),
    )

    def names(**wanted: Any) -> list[str]:
        return [one.name for one in records.service.hospitals(**wanted)]

    assert names() == ["医院2", "医院3", "医院4", "医院1"]
    assert names(district="东湖区") == ["医院2", "医院4", "医院1"]
    assert names(district="东湖区", designated=True) == ["医院2", "医院1"]
    assert names(designated=False) == ["医院3", "医院4"]
    assert names(level=3) == ["医院2", "医院3"]
    assert names(limit=1) == ["医院2"]
    assert names(district="青禾县") == []
    found = records.service.hospital("east lake hospital")
    assert found == records.service.hospital("医院2")
    assert found is not None
    assert (found.departments, found.grade, found.en) == (["内科", "骨科"], "三级甲等", "East Lake Hospital")
    plain = records.service.hospital("医院1")
    assert plain is not None
    assert (plain.departments, plain.grade, plain.en) == ([], "", "医院1")
    assert records.service.hospital("医院") is None


def doctor(number: int, name: str, place: str, status: str = "valid", until: date = date(2030, 1, 1)) -> DoctorRow:
    values = {"title": "主治医师", "department": "内科", "valid_until": until, "status": status}
    return DoctorRow(id=number, name=name, licence_number=f"110{number}", hospital=place, **values)


def test_doctors_of_one_name_as_registered_and_whether_they_may_practise_today(records: Records) -> None:
    today = date(2026, 11, 23)
    records.add(
        doctor(1, "张伟", "乙医院"),
        doctor(2, "张伟", "甲医院", until=today),
        doctor(3, "张伟", "丙医院", until=date(2026, 11, 22)),
        doctor(4, "张伟", "甲医院", "revoked"),
        doctor(5, "张伟民", "甲医院"),
    )
    found = records.service.doctors("张伟")
    assert [(one.hospital, one.status) for one in found] == [
        ("乙医院", "valid"),
        ("甲医院", "valid"),
        ("丙医院", "expired"),
        ("甲医院", "revoked"),
    ]
    assert [one.licence_number for one in records.service.doctors("张伟", "甲医院")] == ["1102", "1104"]
    assert records.service.doctors("张") == []
    assert records.service.doctors("张伟", "丁医院") == []


def test_a_drug_by_its_chinese_or_english_name(records: Records) -> None:
    texts = {"ingredients": "i", "effect": "e", "trial_summary": "t", "usage": "u", "source": "s"}
    records.add(
        DrugRow(generic_name="氯吡格雷", en="Clopidogrel", reimbursement_class="乙", self_share_percent=10, **texts),
        DrugRow(generic_name="感冒灵", reimbursement_class="none", **texts),
    )
    service = records.service
    found = service.drug("氯吡格雷")
    assert found is not None
    assert found == service.drug("clopidogrel")
    assert (found.reimbursement_class, found.self_share, found.effect) == ("乙", Decimal("0.1"), "e")
    other = service.drug("感冒灵")
    assert other is not None
    assert (other.reimbursement_class, other.self_share, other.en) == ("none", None, "感冒灵")
    assert service.drug("氯吡") is None
    assert service.drug("' OR 1=1 --") is None
