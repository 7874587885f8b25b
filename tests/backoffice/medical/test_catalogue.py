"""The data files: complete, without doubles, and every class, level and district possible."""

from collections import Counter
from decimal import Decimal
from pathlib import Path

from sqlalchemy import insert

from backoffice.db import Database
from backoffice.medical import catalogue
from backoffice.medical.tables import DrugRow, HospitalRow, ReimbursementRuleRow
from knowledge import load_city

CITY = load_city(Path(__file__).resolve().parents[3] / "knowledge" / "city")


def doubles(words: list[str]) -> list[str]:
    return [word for word, count in Counter(word.lower() for word in words).items() if count > 1]


def test_at_least_500_drugs_each_once_under_every_name() -> None:
    drugs = catalogue.drugs()
    assert len(drugs) >= 500
    aliases = [alias for drug in drugs for alias in drug["aliases"]]
    assert doubles([drug["generic_name"] for drug in drugs] + [drug["en"] for drug in drugs]) == []
    assert doubles(aliases + [drug["generic_name"] for drug in drugs]) == []


def test_every_drug_is_told_in_full() -> None:
    for drug in catalogue.drugs():
        for told in ("generic_name", "en", "ingredients", "effect", "trial_summary", "usage", "source"):
            assert drug[told] == drug[told].strip() != "", drug["generic_name"]
        assert drug["en"].isascii() or "é" in drug["en"]
        assert drug["reimbursement_class"] in ("甲", "乙", "none")
        # only of class 乙 is a share first paid oneself
        assert (drug["self_share_percent"] is not None) == (drug["reimbursement_class"] == "乙"), drug["generic_name"]


def test_every_group_of_drugs_is_used_and_every_name_in_it_belongs() -> None:
    rows, groups = catalogue._rows("drugs"), {row["group"] for row in catalogue._rows("drug_groups")}
    assert {row["group"] for row in rows} == groups
    stems = {"statin": "他汀", "acei": "普利", "arb": "沙坦", "ccb": "地平", "dpp4": "列汀", "sglt2": "列净"}
    stems |= {"ppi": "拉唑", "quinolone": "沙星", "cephalosporin": "头孢", "h2": "替丁", "setron": "司琼"}
    stems |= {"carbapenem": "培南", "parp": "帕利", "cdk46": "西利", "azole": "康唑"}
    for row in rows:
        assert stems.get(row["group"], "") in row["generic_name"], row["generic_name"]


def test_sixty_hospitals_with_what_a_visitor_needs() -> None:
    hospitals = catalogue.hospitals()
    assert len(hospitals) >= 60
    assert doubles([name for one in hospitals for name in (one["name"], one["en"], *one["aliases"])]) == []
    assert {one["district"] for one in hospitals} == {district.name for district in CITY.districts}
    assert {one["level"] for one in hospitals} == {1, 2, 3}
    assert {one["designated"] for one in hospitals} == {True, False}
    for one in hospitals:
        assert one["phone"].startswith("0900-")
        assert one["address"].startswith(one["district"])
        assert one["departments"]
        assert one["grade"] is None or one["grade"].startswith(f"{' 一二三'[one['level']]}级")


def test_there_is_a_rule_for_every_case() -> None:
    cases = [
        (one["insurance_type"], one["hospital_level"], one["patient_kind"], one["retired"]) for one in catalogue.rules()
    ]
    kinds = [("employee", False), ("employee", True), ("resident", False)]
    assert sorted(cases) == sorted(
        (insurance, level, patient, retired)
        for insurance, retired in kinds
        for level in (1, 2, 3)
        for patient in ("inpatient", "outpatient")
    )
    assert all(0 < one["ratio_percent"] <= Decimal(100) for one in catalogue.rules())


def test_both_databases_take_the_files(database: Database) -> None:
    with database.write() as session:
        session.execute(insert(ReimbursementRuleRow), catalogue.rules())
        session.execute(insert(HospitalRow), catalogue.hospitals())
        session.execute(insert(DrugRow), catalogue.drugs())
