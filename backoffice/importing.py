"""Loads rows of real data into a table: all of them, or none and a list of what is wrong."""

import importlib
import inspect
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from sqlalchemy import Table, insert
from sqlalchemy.exc import DataError, IntegrityError

from backoffice.db import Database, Model
from backoffice.errors import DomainError
from backoffice.import_rows import Checker, Problem, Row, match_columns
from backoffice.sequences import move_on

CHUNK = 500

Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Loaded:
    """How many rows were imported; none if there are problems."""

    imported: int
    problems: list[Problem]


def table_of(area: str, name: str) -> Table:
    """Return the table of an area.

    Raises:
        DomainError: ``no_area``; ``no_table`` with the ``tables`` that there are.
    """
    module = f"backoffice.{area}.tables"
    if not area.isidentifier() or not (Path(__file__).parent / area / "tables.py").exists():
        raise DomainError("no_area", area=area)
    models = [
        model
        for _, model in inspect.getmembers(importlib.import_module(module), inspect.isclass)
        if issubclass(model, Model) and model.__module__ == module
    ]
    tables = {str(model.__tablename__): Model.metadata.tables[model.__tablename__] for model in models}
    if name not in tables:
        raise DomainError("no_table", area=area, table=name, tables=", ".join(sorted(tables)))
    return tables[name]


@dataclass(frozen=True)
class Source:
    """A file's header and its rows, which can be read more than once; ``total`` is about how many there are."""

    header: list[str]
    rows: Callable[[], Iterator[Row]]
    total: int


def load(db: Database, table: Table, source: Source, progress: Progress = lambda done, total: None) -> Loaded:
    """Check every row, and if nothing is wrong, write them in one transaction."""
    columns, problems = match_columns(table, source.header)
    if problems:
        return Loaded(0, problems)
    total = 2 * max(source.total, 1)
    with db.read() as session:
        checker = Checker(session, table, columns)
        done = 0
        for chunk in _chunks(source.rows()):
            checker.check(chunk)
            done += len(chunk)
            progress(min(done, total // 2), total)
    if checker.problems or not done:
        problems = sorted(checker.problems, key=lambda problem: problem.line)
        return Loaded(0, problems or [Problem(1, "", "", "no_rows")])
    return _write(db, table, source, checker, lambda written: progress(min(done + written, total), total))


def _write(db: Database, table: Table, source: Source, checker: Checker, progress: Callable[[int], None]) -> Loaded:
    written, line = 0, 0
    try:
        with db.write() as session:
            for chunk in _chunks(source.rows()):
                line = chunk[0][0]
                session.execute(insert(table), [checker.values(row)[0] for row in chunk])
                written += len(chunk)
                progress(written)
            move_on(session, [table])
    except (IntegrityError, DataError) as problem:
        # The rows were right when they were checked, or the table has a rule that only the database knows.
        reason = str(problem.orig).splitlines()[0]
        return Loaded(0, [Problem(line, "", "", "refused", {"rows": CHUNK, "reason": reason})])
    return Loaded(written, [])


def _chunks(rows: Iterable[Row]) -> Iterator[list[Row]]:
    iterator = iter(rows)
    while chunk := list(islice(iterator, CHUNK)):
        yield chunk
