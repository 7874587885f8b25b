"""``wenzheng import`` on real files and both databases: all rows or none, and every bad row named."""

import csv
import time
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import func, insert, select

from backoffice.db import Database
from backoffice.identity.numbers import id_check_digit
from backoffice.identity.tables import HouseholdRow, ResidentRow
from wenzheng.importing import ImportResult, import_file
from wenzheng.problems import SetupProblem
from wenzheng.tabular import open_source
from wenzheng.texts import texts_in

COLUMNS = ["id_number", "name", "birth_date", "sex", "district", "phone", "household_id", "household_role"]


def number(sequence: int) -> str:
    first17 = f"990101{19000101 + sequence // 900 % 28}{sequence % 900:03d}"
    return first17 + id_check_digit(first17)


def row(sequence: int = 1, **changes: str) -> list[str]:
    good = {
        "id_number": number(sequence),
        "name": "周秀兰",
        "birth_date": "1958-03-12",
        "sex": "f",
        "district": "东湖区",
        "phone": "",
        "household_id": "1",
        "household_role": "head",
    }
    return list((good | changes).values())


@pytest.fixture
def db(database: Database) -> Database:
    with database.write() as session:
        session.execute(insert(HouseholdRow), [{"id": 1, "district": "东湖区", "address": "东湖区学府路1号"}])
    return database


def write(file: Path, rows: list[list[str]], header: list[str] | None = None, encoding: str = "utf-8") -> Path:
    with file.open("w", encoding=encoding, newline="") as out:
        csv.writer(out).writerows([header or COLUMNS, *rows])
    return file


def residents(db: Database) -> int:
    with db.read() as session:
        return int(session.scalar(select(func.count()).select_from(ResidentRow)) or 0)


def load(db: Database, file: Path) -> ImportResult:
    return import_file(db, "identity", "residents", file)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_csv_is_read_whatever_program_saved_it(db: Database, tmp_path: Path, encoding: str) -> None:
    result = load(db, write(tmp_path / "r.csv", [row(1, name="欧阳䶮"), row(2)], encoding=encoding))
    assert result == ImportResult(2, [])
    with db.read() as session:
        first = session.scalars(select(ResidentRow).order_by(ResidentRow.id)).first()
    assert (first.name, first.birth_date, first.phone) == ("欧阳䶮", date(1958, 3, 12), None)


def test_an_xlsx_with_real_dates_and_numbers_is_read(db: Database, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(COLUMNS)
    cells: list[object] = list(row())
    cells[2], cells[6] = date(1958, 3, 12), 1
    book.active.append(cells)
    book.active.append([None] * 8)
    book.save(tmp_path / "r.xlsx")
    assert load(db, tmp_path / "r.xlsx") == ImportResult(1, [])


def test_semicolons_and_tabs_and_empty_lines_are_fine(db: Database, tmp_path: Path) -> None:
    for number_, mark in enumerate(";\t", 1):
        file = tmp_path / "r.csv"
        file.write_text(mark.join(COLUMNS) + "\n\n" + mark.join(row(number_)) + "\n\n", encoding="utf-8")
        assert load(db, file) == ImportResult(1, [])


def test_every_bad_row_is_named_and_nothing_is_imported(db: Database, tmp_path: Path) -> None:
    rows = [
        row(1),
        row(2, id_number="990101195803120028"),
        row(3, birth_date="1958-02-30"),
        row(4, sex="x"),
        row(5, household_id="77"),
        row(6, name=""),
        row(7, name="很" * 41),
        row(1),
        [*row(9), "extra"],
    ]
    result = load(db, write(tmp_path / "r.csv", rows))
    assert result.imported == 0
    assert residents(db) == 0
    expected = [
        ("第 3 行，“id_number”列：“990101195803120028”身份证号有误", "line 3, column id_number"),
        ("第 4 行，“birth_date”列：“1958-02-30”不是日期", "is not a date"),
        ("第 5 行，“sex”列：“x”只能是：f、m", "must be one of"),
        ("第 6 行，“household_id”列：“77”households 里没有这一条", "is not on record in households"),
        ("第 7 行，“name”列：不能空", "must not be empty"),
        ("第 8 行，“name”列", "longer than 40 characters"),
        ("第 9 行，“id_number”列", "stands on line 2 already"),
        ("第 10 行：“extra”这一格上面没有列名", "stands under no column name"),
    ]
    assert len(result.problems) == len(expected)
    for said, (zh, en) in zip(result.problems, expected, strict=True):
        assert zh in said
        assert en in said


def test_a_row_that_is_there_already_is_named(db: Database, tmp_path: Path) -> None:
    assert load(db, write(tmp_path / "one.csv", [row(1)])).imported == 1
    result = load(db, write(tmp_path / "two.csv", [row(2), row(1)]))
    assert result.imported == 0
    [said] = result.problems
    assert "第 3 行" in said
    assert "is in the database already" in said
    assert residents(db) == 1


def test_a_foreign_row_may_be_named_by_what_is_unique_in_it(db: Database, tmp_path: Path) -> None:
    load(db, write(tmp_path / "r.csv", [row(1)]))
    header = ["at", "resident_id.id_number", "via", "record", "why"]
    file = write(tmp_path / "a.csv", [["2026-11-23 09:30", number(1), "console", "medical.account", "audit"]], header)
    assert import_file(db, "identity", "access_log", file).imported == 1
    file = write(tmp_path / "b.csv", [["2026-11-23 09:30", number(5), "console", "medical.account", "audit"]], header)
    assert "is not on record in residents" in import_file(db, "identity", "access_log", file).problems[0]
    file = write(tmp_path / "c.csv", [["x"] * 5], ["at", "resident_id.name", "via", "record", "why"])
    assert "resident_id.name" in import_file(db, "identity", "access_log", file).problems[0]


def test_the_header_is_checked(db: Database, tmp_path: Path) -> None:
    header = ["id_number", "name", "birth_date", "gender", "district", "name", "household_id", "household_role"]
    said = "\n".join(load(db, write(tmp_path / "r.csv", [row()], header)).problems)
    assert "“gender”列：没有这一列；可用的列：id, id_number" in said
    assert "“name”列：这一列出现了两次" in said
    assert "“sex”列：缺少这一列" in said


def test_rows_that_bring_their_id_do_not_stop_the_next_one(db: Database, tmp_path: Path) -> None:
    file = write(tmp_path / "h.csv", [["2", "东湖区", "a"], ["3", "东湖区", "b"]], ["id", "district", "address"])
    assert import_file(db, "identity", "households", file).imported == 2
    with db.write() as session:
        new = HouseholdRow(district="东湖区", address="c")
        session.add(new)
        session.flush()
        assert new.id == 4


def test_what_only_the_database_refuses_is_said(db: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from backoffice.import_rows import Checker

    monkeypatch.setattr(Checker, "_check_key", lambda *_: None)
    result = load(db, write(tmp_path / "r.csv", [row(1), row(1)]))
    assert result.imported == 0
    assert "the database refused one" in result.problems[0]
    assert residents(db) == 0


def test_a_file_without_rows(db: Database, tmp_path: Path) -> None:
    assert "the file has no rows" in load(db, write(tmp_path / "r.csv", [])).problems[0]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("r.csv", b"", "is empty"),
        ("r.txt", b"x", "neither .csv nor .xlsx"),
        ("r.xlsx", b"not a zip", "not a readable XLSX"),
        ("r.csv", b"name\n\xff\xff\x80", "neither UTF-8 nor GB18030"),
        ("r.csv", b'name\n"never closed', "line 2"),
    ],
)
def test_a_file_that_cannot_be_read(tmp_path: Path, name: str, content: bytes, said: str) -> None:
    (tmp_path / name).write_bytes(content)
    with pytest.raises(SetupProblem, match=said):
        list(open_source(tmp_path / name).rows())


@pytest.mark.parametrize(
    ("area", "table", "said"),
    [("identity", "nobody", "it has access_log"), ("weather", "days", "no area weather"), ("../x", "y", "no area")],
)
def test_a_table_that_is_not_there(db: Database, tmp_path: Path, area: str, table: str, said: str) -> None:
    with pytest.raises(SetupProblem, match=said):
        import_file(db, area, table, write(tmp_path / "r.csv", [row()]))


def test_twenty_thousand_rows_go_in_quickly_and_report_progress(tmp_path: Path) -> None:
    from backoffice.db import Model, connect

    engine = connect(f"sqlite:///{tmp_path / 'big.db'}")
    Model.metadata.create_all(engine)
    file = write(
        tmp_path / "h.csv",
        [[str(key), "东湖区", f"学府路{key}号"] for key in range(1, 20_001)],
        ["id", "district", "address"],
    )
    told: list[tuple[int, int]] = []
    start = time.perf_counter()
    result = import_file(Database(engine), "identity", "households", file, lambda *step: told.append(step))
    assert result == ImportResult(20_000, [])
    assert time.perf_counter() - start < 5
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]
    engine.dispose()


def test_every_reason_has_a_sentence() -> None:
    import re

    root = Path(__file__).resolve().parents[2]
    code = "".join((root / "backoffice" / name).read_text() for name in ("cells.py", "import_rows.py", "importing.py"))
    keys = set(re.findall(r'DomainError\("(\w+)"', code)) | set(re.findall(r'Problem\(.*?"(\w+)"(?:, \{.*\})?\)', code))
    texts = texts_in(root / "wenzheng" / "importing_texts")
    assert len(keys) > 15
    assert keys - {"no_area", "no_table"} == set(texts.keys())
