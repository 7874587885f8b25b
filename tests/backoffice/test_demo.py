"""The whole demo city, built once on SQLite: large enough, in time, and as docs/demo.md tells."""

import json
import time
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import String, func, select, text
from sqlalchemy.orm import Session

from backoffice import demo
from backoffice.clock import CITY_ZONE
from backoffice.db import Database, Model, connect
from backoffice.employment.tables import OccupationRow, VacancyRow
from backoffice.identity.tables import ResidentRow
from backoffice.medical.tables import (
    DoctorRow,
    DrugRow,
    FundMonthRow,
    HospitalRow,
    MedicalAccountRow,
    MedicalTransactionRow,
)
from knowledge import load_city

ROOT = Path(__file__).resolve().parents[2]
CITY = load_city(ROOT / "knowledge" / "city")


WRONG_STEPS = """
    SELECT id FROM (
        SELECT id, balance_after, balance_after - amount AS before,
               lag(balance_after) OVER (PARTITION BY resident_id ORDER BY day, id) AS held
        FROM medical_transactions
    ) WHERE before <> coalesce(held, before) OR before < 0 OR balance_after < 0
"""
WRONG_BALANCES = """
    SELECT resident_id FROM medical_accounts AS account
    WHERE balance < 0 OR balance <> (
        SELECT balance_after FROM medical_transactions AS moved WHERE moved.resident_id = account.resident_id
        ORDER BY day DESC, id DESC LIMIT 1
    )
"""
NOW = datetime(2026, 11, 23, 9, 30, tzinfo=CITY_ZONE)
LARGE = ((ResidentRow, 10_000), (HospitalRow, 60), (DoctorRow, 1_500), (DrugRow, 500), (VacancyRow, 3_000))
TABLES = Model.metadata.sorted_tables


def clock() -> datetime:
    return NOW


def small(db: Database, now: datetime = NOW) -> dict[str, Any]:
    """Build the demo city with few residents and return its facts."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("backoffice.identity.demo.RESIDENTS", 250)
        demo.build(db, lambda: now, CITY)
    return demo.facts(db, lambda: now)


@pytest.fixture
def empty() -> Iterator[Database]:
    engine = connect("sqlite://")
    Model.metadata.create_all(engine)
    yield Database(engine)
    engine.dispose()


@pytest.fixture(scope="module")
def town() -> Iterator[tuple[Database, dict[str, Any]]]:
    """The demo city with few residents, and its facts."""
    engine = connect("sqlite://")
    Model.metadata.create_all(engine)
    db = Database(engine)
    yield db, small(db)
    engine.dispose()


@pytest.fixture(scope="module")
def facts(town: tuple[Database, dict[str, Any]]) -> dict[str, Any]:
    assert json.loads(json.dumps(town[1])) == town[1]
    return town[1]


@pytest.fixture(scope="module")
def page() -> list[str]:
    return (ROOT / "docs" / "demo.md").read_text(encoding="utf-8").splitlines()


def test_the_whole_city(empty: Database, facts: dict[str, Any]) -> None:
    """Everything about the whole city is one test, so that it is built only once by however many workers."""
    assert demo.is_empty(empty)
    told: list[tuple[int, int, str]] = []
    start = time.perf_counter()
    demo.build(empty, clock, CITY, lambda *step: told.append(step))
    assert time.perf_counter() - start < 60
    assert [step[0] for step in told] == [0, 1, 2, 3]
    assert not demo.is_empty(empty)
    assert demo.facts(empty, clock) == facts
    with empty.read() as session:
        for table, at_least in (*LARGE, (FundMonthRow, 2 * 24)):
            assert (session.scalar(select(func.count()).select_from(table)) or 0) >= at_least, table
        texts_fit(session)
        all_is_this_citys(session)
        accounts_add_up(session)


def texts_fit(session: Session) -> None:
    for table in TABLES:
        for column in table.columns:
            if isinstance(column.type, String) and column.type.length:
                longest = session.scalar(select(func.max(func.length(column)))) or 0
                assert longest <= column.type.length, f"{table.name}.{column.name}"


def all_is_this_citys(session: Session) -> None:
    codes = {district.code for district in CITY.districts}
    names = {district.name for district in CITY.districts}
    assert set(session.scalars(select(func.substr(ResidentRow.id_number, 1, 6)).distinct())) == codes
    for district in (ResidentRow.district, HospitalRow.district, VacancyRow.district):
        assert set(session.scalars(select(district).distinct())) == names


def accounts_add_up(session: Session) -> None:
    assert session.execute(text(WRONG_STEPS)).all() == []
    assert session.execute(text(WRONG_BALANCES)).all() == []
    row, account = MedicalTransactionRow, MedicalAccountRow
    spans = session.execute(
        select(account.insurance_type, func.min(row.day), func.max(row.day))
        .join(account, account.resident_id == row.resident_id)
        .group_by(row.resident_id)
    ).all()
    assert len(spans) > 4_000
    assert max(last for _, _, last in spans) < clock().date()
    employees = [(first, last) for kind, first, last in spans if kind == "employee"]
    assert all(first < date(2024, 12, 1) and last > date(2026, 11, 1) for first, last in employees)


def test_the_residents_are_those_of_the_page(facts: dict[str, Any], page: list[str]) -> None:
    assert [one["key"] for one in facts["residents"]] == ["A", "B", "C"]
    for one in facts["residents"]:
        assert f"| {one['key']} | {one['name']} | {one['id_number']} | {one['phone']} | {one['about']} |" in page


def yuan(amount: str) -> str:
    return f"{Decimal(amount):,}元"


def told(page: list[str], asked: str) -> str:
    """Return what the page expects where ``asked`` is what to say."""
    [row] = [line for line in page if f"| {asked} " in line]
    return row.split("|")[-2].strip()


def test_the_medical_cases_are_those_of_the_page(facts: dict[str, Any], page: list[str]) -> None:
    cases = facts["cases"]["medical"]
    assert told(page, "A | 我医保卡里还剩多少钱") == yuan(cases["balance"])
    assert told(page, "B | 我医保账户余额") == yuan(cases["balance_of_B"])
    assert "没有" in told(page, "C | 我医保卡里还剩多少钱")
    assert not cases["C_has_account"]
    assert cases["spouse_has_account"]
    spent = [one for one in cases["last_month"] if one["kind"] != "credit"]
    assert len(spent) >= 2
    assert told(page, "A | 上个月扣的那几笔是啥") == "；".join(
        f"{int(one['day'][-2:])}日 {one['place']} −{one['amount'].removeprefix('-')}元" for one in spent
    )
    for key, asked in (("A", "住院花了2万"), ("B", "一级医院门诊花了1000"), ("C", "住院花了三万五")):
        one = cases["estimates"][key]
        [row] = [line for line in page if f"| {key} | {asked}" in line]
        assert f"能报{yuan(one['reimbursed'])}，自己付{yuan(one['own_share'])}" in row
    fund = {kind: f"{Decimal(amount):,.0f}元" for kind, amount in cases["fund_balance"].items()}
    assert told(page, "医保基金还剩多少").startswith(f"职工{fund['employee']}，居民{fund['resident']}")
    for status, name in cases["doctors"].items():
        assert status in told(page, name)
    classes = {"甲": "甲类 class A", "乙 10%": "乙类，先自付10% / class B", "none": "不在目录"}
    for name, kind in cases["drugs"].items():
        assert told(page, f"{name}能报销吗").startswith(classes[kind])


def test_the_employment_cases_are_those_of_the_page(facts: dict[str, Any], page: list[str]) -> None:
    cases = facts["cases"]["employment"]
    steps = ("找个电工的活", "东湖那边的", "不是东湖，是南港", "七千往上的", "区不限了")
    totals = cases["electricians"].values()
    assert [told(page, step) for step in steps] == [f"{total}个" for total in totals]
    assert all(totals)
    vocational = cases["electricians in Nangang from 7000, vocational school"]
    assert told(page, "南港，电工，月薪七千以上，我是中专毕业") == f"{vocational}个"
    teachers = cases["English teachers in Nangang from 12000, bachelor"]
    assert told(page, "南港，英语老师，一万二以上，本科") == f"{teachers}个"
    market = cases["market"]
    assert told(page, "电工好找工作吗") == (
        f"最近一季：岗位{market['vacancies']}个，求职{market['applicants']}人，"
        f"工资中位数{Decimal(market['median_wage']):,.0f}元"
    )


def test_both_databases_hold_the_same_city(database: Database, facts: dict[str, Any]) -> None:
    assert small(database) == facts
    with database.write() as session:
        session.add(OccupationRow(name="宇航员"))  # its id is free


def test_the_same_day_builds_the_same_city(town: tuple[Database, dict[str, Any]], empty: Database) -> None:
    small(empty)
    with town[0].read() as one, empty.read() as other:
        for table in TABLES:
            assert one.execute(table.select()).all() == other.execute(table.select()).all(), table.name
        assert (one.scalar(select(func.count()).select_from(MedicalTransactionRow)) or 0) > 2_000


@pytest.mark.parametrize(
    "now", [(2027, 1, 1, 0, 5), (2028, 2, 29, 23, 55), (2026, 12, 6, 12, 0)], ids=lambda now: "-".join(map(str, now))
)
def test_the_page_is_true_on_any_day(now: tuple[int, ...], empty: Database) -> None:
    instant = datetime(*now, tzinfo=CITY_ZONE)  # type: ignore[misc, arg-type]
    cases = small(empty, instant)["cases"]
    medical, employment = cases["medical"], cases["employment"]
    assert (medical["balance"], medical["balance_of_B"]) == ("3182.45", "4206.80")
    assert medical["spouse_has_account"]
    assert not medical["C_has_account"]
    spent = [one for one in medical["last_month"] if one["kind"] != "credit"]
    assert [(one["day"][-2:], one["amount"]) for one in spent] == [("08", "-58.50"), ("20", "-120.00")]
    last = (instant.date().replace(day=1) - timedelta(days=1)).isoformat()
    assert {one["day"][:7] for one in spent} == {last[:7]}
    assert medical["as_of"] == (instant.date() - timedelta(days=1)).isoformat()
    assert list(employment["electricians"].values()) == [34, 5, 6, 5, 28]
