"""PostgreSQL counts ids in sequences of its own, which rows that bring their id do not move on."""

from collections.abc import Iterable

from sqlalchemy import Integer, Table, func, select
from sqlalchemy.orm import Session


def move_on(session: Session, tables: Iterable[Table]) -> None:
    """Let the next id of each table follow its highest one; SQLite does so by itself."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for table in tables:
        key = table.autoincrement_column
        if key is None or not isinstance(key.type, Integer) or key.foreign_keys:
            continue
        sequence = func.pg_get_serial_sequence(table.name, key.name)
        highest = select(func.coalesce(func.max(key), 0)).scalar_subquery()
        session.execute(select(func.setval(sequence, highest + 1, False)))
