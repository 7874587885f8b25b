import json
import os
from pathlib import Path

import pytest
from sqlalchemy import JSON, Column, Integer, MetaData, String, Table, insert

import backoffice.names as module
from backoffice.db import Database
from backoffice.names import write_names
from knowledge import load_city

CITY = load_city(Path(__file__).resolve().parents[2] / "knowledge" / "city")


def read(file: Path) -> dict[str, dict[str, list[str]]]:
    names = json.loads(file.read_text(encoding="utf-8"))["names"]
    return {kind: {entry["name"]: entry["aliases"] for entry in entries} for kind, entries in names.items()}


def test_the_citys_names_are_written_with_other_ways_to_say_them(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "new" / "names.json"
    write_names(database, CITY, file)
    names = read(file)
    assert set(names) == {"district", "department", "leader", "hospital", "doctor", "drug", "occupation"}
    assert {"东湖", "donghu"} <= set(names["district"]["东湖区"])
    assert "Donghu" in names["district"]["东湖区"]
    assert "人社局" in names["department"]["人力资源和社会保障局"]
    assert "一把手" in names["leader"]["市长"]
    assert "教育局长" in names["leader"]["教育局局长"]


@pytest.fixture
def hospitals(database: Database, monkeypatch: pytest.MonkeyPatch) -> Table:
    """A table of hospitals as the medical area has one, and no doctors."""
    metadata = MetaData()
    table = Table(
        "hospitals", metadata, Column("id", Integer, primary_key=True), Column("name", String(40)),
        Column("en", String(40)), Column("aliases", JSON),
    )  # fmt: skip
    metadata.drop_all(database.engine)
    metadata.create_all(database.engine)
    monkeypatch.setattr(module, "tables", lambda: {"hospitals": table})
    return table


def test_names_of_records_come_from_their_tables(database: Database, hospitals: Table, tmp_path: Path) -> None:
    with database.write() as session:
        session.execute(
            insert(hospitals),
            [
                {"name": "安澜市第一人民医院", "en": "First Hospital", "aliases": ["市一院", "一院"]},
                {"name": "东湖医院", "en": None, "aliases": None},
            ],
        )
    write_names(database, CITY, tmp_path / "names.json")
    names = read(tmp_path / "names.json")
    assert names["hospital"] == {"安澜市第一人民医院": ["First Hospital", "市一院", "一院"], "东湖医院": []}
    assert names["doctor"] == {}


def test_a_failure_leaves_the_old_file_and_no_draft(
    database: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "data" / "names.json"
    file.parent.mkdir()
    file.write_text("old")

    def fail(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(OSError):  # noqa: PT011
        write_names(database, CITY, file)
    assert file.read_text() == "old"
    assert list(file.parent.iterdir()) == [file]


@pytest.mark.parametrize(("held", "aliases"), [("甲、乙；丙", ["甲", "乙", "丙"]), (["甲"], ["甲"]), (None, [])])
def test_aliases_may_be_a_list_or_a_text(held: object, aliases: list[str]) -> None:
    assert module._split(held) == aliases
