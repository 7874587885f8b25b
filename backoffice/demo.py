"""The demo city: fictional residents and records, the same every time, made by the builders that tests use."""

import random
from collections.abc import Callable
from typing import Any

from sqlalchemy import select

from backoffice.clock import Clock
from backoffice.db import Database, Model
from backoffice.employment import demo as employment
from backoffice.identity import demo as identity
from backoffice.identity.tables import ResidentRow
from backoffice.medical import demo as medical
from backoffice.sequences import move_on
from knowledge import City

SEED = 20260101
AREAS = (("identity", identity), ("medical", medical), ("employment", employment))


def is_empty(db: Database) -> bool:
    """Say whether there is nobody in the records yet."""
    with db.read() as session:
        return session.scalar(select(ResidentRow.id).limit(1)) is None


def build(
    db: Database, clock: Clock, city: City, progress: Callable[[int, int, str], None] = lambda done, total, area: None
) -> None:
    """Fill an empty database with the demo city; ``progress`` is told areas done, areas in all, and the next."""
    today = clock().date()
    with db.write() as session:
        for done, (name, area) in enumerate(AREAS):
            progress(done, len(AREAS), name)
            area.build(session, random.Random(f"{SEED} {name}"), today, city)
        move_on(session, Model.metadata.tables.values())
    progress(len(AREAS), len(AREAS), "")


def facts(db: Database, clock: Clock) -> dict[str, Any]:
    """Return the demo residents, staff and cases as they stand in the database."""
    today = clock().date()
    with db.read() as session:
        return {
            "residents": identity.residents(session),
            "staff": [],
            "cases": {"medical": medical.cases(session, today), "employment": employment.cases(session, today)},
        }
