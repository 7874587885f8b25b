"""``wenzheng import``: a CSV or XLSX file into a table, all rows or none."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from backoffice.db import Database
from backoffice.errors import DomainError
from backoffice.import_rows import Problem
from backoffice.importing import load, table_of
from wenzheng.problems import SetupProblem
from wenzheng.tabular import open_source
from wenzheng.texts import texts_in

TEXTS = Path(__file__).parent / "importing_texts"


@dataclass(frozen=True)
class ImportResult:
    """How many rows were imported (none if there are problems), and a sentence for each problem."""

    imported: int
    problems: list[str]


def import_file(
    db: Database,
    area: str,
    table: str,
    path: Path,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> ImportResult:
    """Import a file; every bad row is named with line, column, value and reason.

    Raises:
        SetupProblem: there is no such table, or the file cannot be read.
    """
    try:
        target = table_of(area, table)
    except DomainError as problem:
        raise SetupProblem(_no_table(problem)) from problem
    loaded = load(db, target, open_source(path), progress)
    return ImportResult(loaded.imported, [sentence(one) for one in loaded.problems])


def _no_table(problem: DomainError) -> str:
    if problem.key == "no_area":
        return f"There is no area {problem.values['area']}. / 没有“{problem.values['area']}”这个领域。"
    area, tables = problem.values["area"], problem.values["tables"]
    return f"The area {area} has no table {problem.values['table']}; it has {tables}. / 没有这张表，可用：{tables}。"


def sentence(problem: Problem) -> str:
    """Say what is wrong where, in Chinese and English."""
    texts = texts_in(TEXTS)
    zh, en = (texts(problem.key, language, **problem.values) for language in ("zh", "en"))
    column_zh = f"，“{problem.column}”列" if problem.column else ""
    column_en = f", column {problem.column}" if problem.column else ""
    value_zh = f"“{problem.value}”" if problem.value else ""
    value_en = f'"{problem.value}" ' if problem.value else ""
    return f"第 {problem.line} 行{column_zh}：{value_zh}{zh} / line {problem.line}{column_en}: {value_en}{en}"
