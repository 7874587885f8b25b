"""The demo's residents: plausible, fictional, the same every time."""

import random
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from backoffice.db import Database, Model, connect
from backoffice.identity import demo
from backoffice.identity.numbers import is_id_number
from backoffice.identity.tables import HouseholdRow, ResidentRow
from knowledge import load_city

ROOT = Path(__file__).resolve().parents[3]
CITY = load_city(ROOT / "knowledge" / "city")
TODAY = date(2026, 11, 23)


def built(today: date = TODAY, residents: int = demo.RESIDENTS) -> Database:
    engine = connect("sqlite://")
    Model.metadata.create_all(engine)
    db = Database(engine)
    with db.write() as session, pytest.MonkeyPatch.context() as patch:
        patch.setattr(demo, "RESIDENTS", residents)
        demo.build(session, random.Random("seed"), today, CITY)
    return db


@pytest.fixture(scope="module")
def db() -> Iterator[Database]:
    start = time.perf_counter()
    db = built()
    assert time.perf_counter() - start < 10
    yield db
    db.engine.dispose()


@pytest.fixture(scope="module")
def people(db: Database) -> list[ResidentRow]:
    with db.read() as session:
        return list(session.scalars(select(ResidentRow).order_by(ResidentRow.id)))


def age(person: ResidentRow) -> int:
    return TODAY.year - person.birth_date.year


def test_there_are_ten_thousand_and_each_number_is_right(people: list[ResidentRow]) -> None:
    codes = {district.name: district.code for district in CITY.districts}
    assert len(people) >= 10_000
    assert len({person.id_number for person in people}) == len(people)
    for person in people:
        assert is_id_number(person.id_number)
        assert person.id_number[:6] == codes[person.district]
        assert person.id_number[6:14] == f"{person.birth_date:%Y%m%d}"
        assert (int(person.id_number[16]) % 2 == 1) == (person.sex == "m")


def test_phones_are_fictional_and_nobody_shares_one(people: list[ResidentRow]) -> None:
    phones = [person.phone for person in people if person.phone]
    assert len(set(phones)) == len(phones) > 8000
    assert all(phone.startswith("199000") and len(phone) == 11 for phone in phones)


def test_ages_are_those_of_a_city(people: list[ResidentRow]) -> None:
    ages = [age(person) for person in people]
    assert min(ages) == 0
    assert 85 <= max(ages) <= 95
    assert max(person.birth_date for person in people) <= TODAY
    share = Counter(min(one // 20, 4) for one in ages)
    assert all(share[band] / len(ages) > 0.1 for band in range(4))
    assert 0.01 < share[4] / len(ages) < 0.1


def test_households_make_sense(people: list[ResidentRow]) -> None:
    homes: dict[int, list[ResidentRow]] = {}
    for person in people:
        homes.setdefault(person.household_id, []).append(person)
    assert 2 < len(people) / len(homes) < 3.5
    for members in homes.values():
        roles = Counter(person.household_role for person in members)
        head = next(person for person in members if person.household_role == "head")
        assert roles["head"] == 1
        assert roles["spouse"] <= 1
        assert len({person.district for person in members}) == 1
        for person in members:
            if person.household_role == "spouse":
                assert age(person) >= 20
                assert person.sex != head.sex
            if person.household_role == "child":
                assert 18 <= age(head) - age(person) <= 45
                assert person.name[0] == head.name[0]
            if person.household_role == "parent":
                assert age(person) - age(head) >= 20


def test_the_same_seed_builds_the_same_people(people: list[ResidentRow]) -> None:
    again = built(residents=1_000)
    with again.read() as session:
        first = session.scalars(select(ResidentRow).order_by(ResidentRow.id)).all()
    assert len(first) >= 1_000
    assert [(row.id_number, row.name, row.phone) for row in first] == [
        (row.id_number, row.name, row.phone) for row in people[: len(first)]
    ]
    again.engine.dispose()


def test_nobody_is_born_in_the_future_on_new_years_day() -> None:
    early = built(date(2027, 1, 1), residents=3_000)
    with early.read() as session:
        assert max(session.scalars(select(ResidentRow.birth_date))) <= date(2027, 1, 1)
    early.engine.dispose()


def test_a_b_and_c_are_who_the_page_says(db: Database) -> None:
    page = (ROOT / "docs" / "demo.md").read_text(encoding="utf-8")
    with db.read() as session:
        residents = demo.residents(session)
        spouses = session.scalars(
            select(ResidentRow).where(ResidentRow.household_id == demo.known_resident(session, "A").household_id)
        ).all()
        home = session.get_one(HouseholdRow, spouses[0].household_id)
    assert [resident["key"] for resident in residents] == ["A", "B", "C"]
    for one in residents:
        assert f"| {one['key']} | {one['name']} | {one['id_number']} | {one['phone']} | {one['about']} |" in page
    assert [person.household_role for person in spouses] == ["head", "spouse"]
    assert home.district == "东湖区"
