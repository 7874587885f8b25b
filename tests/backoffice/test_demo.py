"""The whole demo city, built once on SQLite: in time, the same every time, and as docs/demo.md tells."""

import json
import time
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

import pytest

from backoffice.clock import CITY_ZONE
from backoffice.db import Database, Model, connect
from knowledge import load_city

demo = pytest.importorskip("backoffice.demo", reason="needs the medical and employment areas")

ROOT = Path(__file__).resolve().parents[2]
CITY = load_city(ROOT / "knowledge" / "city")


def clock() -> datetime:
    return datetime(2026, 11, 23, 9, 30, tzinfo=CITY_ZONE)


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Database]:
    engine = connect(f"sqlite:///{tmp_path_factory.mktemp('demo') / 'demo.db'}")
    Model.metadata.create_all(engine)
    db = Database(engine)
    assert demo.is_empty(db)
    told: list[tuple[int, int, str]] = []
    start = time.perf_counter()
    demo.build(db, clock, CITY, lambda *step: told.append(step))
    assert time.perf_counter() - start < 60
    assert [step[0] for step in told] == [0, 1, 2, 3]
    assert not demo.is_empty(db)
    yield db
    engine.dispose()


def test_the_facts_are_those_of_the_page(db: Database) -> None:
    page = (ROOT / "docs" / "demo.md").read_text(encoding="utf-8")
    facts = demo.facts(db, clock)
    assert json.loads(json.dumps(facts, default=str))
    assert [one["key"] for one in facts["residents"]] == ["A", "B", "C"]
    for one in facts["residents"]:
        assert f"| {one['key']} | {one['name']} | {one['id_number']} | {one['phone']} | {one['about']} |" in page
    assert set(facts["cases"]) == {"medical", "employment"}
