"""Checks the rows of an imported file against a table: its columns, keys and what they refer to."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Table, UniqueConstraint, select, tuple_
from sqlalchemy.orm import Session

from backoffice import cells
from backoffice.errors import DomainError

Row = tuple[int, list[str]]
"""Line number in the file, and the cells as text; an empty cell is an empty string."""


@dataclass(frozen=True)
class Problem:
    """What is wrong in one place of the file; ``key`` and ``values`` make the sentence."""

    line: int
    column: str
    value: str
    key: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass
class Field:
    """A column of the file; ``named_by`` is what a foreign row is called by, if not by its key."""

    title: str
    column: Column[Any]
    named_by: Column[Any] | None = None
    known: dict[Any, Any] = field(default_factory=dict)  # what a foreign row is called -> its key


def match_columns(table: Table, header: list[str]) -> tuple[list[Field], list[Problem]]:
    """Match the file's header with the table's columns.

    ``resident_id.id_number`` names the resident by number instead of by key.
    """
    found: list[Field] = []
    problems: list[Problem] = []
    allowed = {column.name: column for column in table.columns if cells.importable(column)}
    names = ", ".join(allowed)
    for title in header:
        name, _, other = title.partition(".")
        column = allowed.get(name)
        named_by = _names_of(column).get(other) if column is not None and other else None
        if column is None or (other and named_by is None):
            problems.append(Problem(1, title, "", "unknown_column", {"columns": names}))
        elif any(one.column is column for one in found):
            problems.append(Problem(1, title, "", "column_twice"))
        else:
            found.append(Field(title, column, named_by))
    present = {one.column.name for one in found}
    for column in allowed.values():
        if column.name not in present and _is_needed(column):
            problems.append(Problem(1, column.name, "", "column_missing"))
    return found, problems


def _names_of(column: Column[Any]) -> dict[str, Column[Any]]:
    """Return the columns that each name one row of the table that this column refers to."""
    if not column.foreign_keys:
        return {}
    table = next(iter(column.foreign_keys)).column.table
    return {key[0].name: key[0] for key in _unique_keys(table) if len(key) == 1}


def _is_needed(column: Column[Any]) -> bool:
    counted = column.primary_key and column is column.table.autoincrement_column
    return not (column.nullable or column.default is not None or column.server_default is not None or counted)


class Checker:
    """Checks rows, chunk by chunk; remembers the keys it saw, to find what stands in the file twice."""

    def __init__(self, session: Session, table: Table, fields: list[Field]) -> None:
        self.problems: list[Problem] = []
        self._session = session
        self._table = table
        self._fields = fields
        present = {one.column.name for one in fields}
        self._keys = [key for key in _unique_keys(table) if {column.name for column in key} <= present]
        self._seen: list[dict[tuple[Any, ...], int]] = [{} for _ in self._keys]
        for one in fields:
            if one.column.foreign_keys:
                one.known = self._foreign(one)

    def _foreign(self, one: Field) -> dict[Any, Any]:
        target = next(iter(one.column.foreign_keys)).column
        named_by = target if one.named_by is None else one.named_by
        return {row[0]: row[1] for row in self._session.execute(select(named_by, target))}

    def check(self, chunk: list[Row]) -> None:
        """Note what is wrong with these rows."""
        good: list[tuple[int, dict[str, Any]]] = []
        for row in chunk:
            values, problems = self.values(row)
            self.problems += problems
            if not problems:
                good.append((row[0], values))
        for key, seen in zip(self._keys, self._seen, strict=True):
            self._check_key(key, seen, good)

    def values(self, row: Row) -> tuple[dict[str, Any], list[Problem]]:
        """Return a row's values by column, and what is wrong with them."""
        line, texts = row
        values: dict[str, Any] = {}
        problems: list[Problem] = []
        for number, one in enumerate(self._fields):
            text = texts[number].strip() if number < len(texts) else ""
            try:
                values[one.column.name] = self._value(one, text)
            except DomainError as problem:
                problems.append(Problem(line, one.title, text, problem.key, problem.values))
        problems += [Problem(line, "", text, "no_column") for text in texts[len(self._fields) :] if text.strip()]
        return values, problems

    @staticmethod
    def _value(one: Field, text: str) -> Any:
        column = one.column
        if not text:
            default = column.default
            if default is not None and default.is_scalar:
                return default.arg  # type: ignore[attr-defined]
            if column.nullable:
                return None
            raise DomainError("empty")
        value = cells.parse(column if one.named_by is None else one.named_by, text)
        if not column.foreign_keys:
            return value
        if value not in one.known:
            raise DomainError("not_on_record", table=next(iter(column.foreign_keys)).column.table.name)
        return one.known[value]

    def _check_key(
        self, key: tuple[Column[Any], ...], seen: dict[tuple[Any, ...], int], rows: list[tuple[int, dict[str, Any]]]
    ) -> None:
        title = ", ".join(column.name for column in key)
        fresh: dict[tuple[Any, ...], int] = {}
        for line, values in rows:
            own = tuple(values[column.name] for column in key)
            if None in own:
                continue
            if own in seen:
                self.problems.append(Problem(line, title, _shown(own), "twice_in_file", {"first": seen[own]}))
            else:
                seen[own] = fresh[own] = line
        if not fresh:
            return
        among = tuple_(*key).in_(list(fresh)) if len(key) > 1 else key[0].in_([one for (one,) in fresh])
        for found in self._session.execute(select(*key).where(among)):
            self.problems.append(Problem(fresh[tuple(found)], title, _shown(tuple(found)), "already_there"))


def _unique_keys(table: Table) -> list[tuple[Column[Any], ...]]:
    keys = [tuple(table.primary_key.columns)]
    keys += [tuple(one.columns) for one in table.constraints if isinstance(one, UniqueConstraint)]
    keys += [tuple(table.columns[column.name] for column in index.columns) for index in table.indexes if index.unique]
    return sorted(set(keys), key=str)


def _shown(values: tuple[Any, ...]) -> str:
    return ", ".join(map(str, values))
