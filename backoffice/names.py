"""Writes the city's names for the entity linker: districts, places, people and goods that a message may name."""

import json
import os
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.orm import Session

from backoffice.db import Database, Model
from knowledge import City

# kind of name -> table and the columns that hold the official name and other ways to write it
TABLES: dict[str, tuple[str, str, tuple[str, ...]]] = {
    "hospital": ("hospitals", "name", ("en", "aliases")),
    "doctor": ("doctors", "name", ()),
    "drug": ("drugs", "generic_name", ("en", "aliases")),
    "occupation": ("occupations", "name", ("en", "aliases")),
}


def write_names(db: Database, city: City, path: Path) -> None:
    """Write the names file; a reader sees the old file or the new one, never half of one."""
    text = json.dumps({"names": names(db, city)}, ensure_ascii=False, indent=1) + "\n"
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".names-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(draft, 0o644)
        os.replace(draft, path)
    except BaseException:
        os.unlink(draft)
        raise


def names(db: Database, city: City) -> dict[str, list[dict[str, Any]]]:
    """Return each kind's names with the other ways to write them."""
    found = {
        "district": [_entry(one.name, [*one.aliases, one.en]) for one in city.districts],
        "department": [_entry(one.name, [*one.aliases, one.en]) for one in city.departments],
        "leader": [_entry(one.post, [*one.aliases, one.en]) for one in city.leaders],
    }
    known = tables()
    with db.read() as session:
        for kind, (table, name, others) in TABLES.items():
            found[kind] = _from_table(session, known[table], name, others) if table in known else []
    return found


def tables() -> Mapping[str, Table]:
    """Return the tables of the areas that this process uses, by name."""
    return Model.metadata.tables


def _from_table(session: Session, table: Table, name: str, others: tuple[str, ...]) -> list[dict[str, Any]]:
    columns = table.columns
    rows = session.execute(select(columns[name], *(columns[other] for other in others if other in columns)))
    written: dict[str, list[str]] = {}
    for official, *rest in rows:
        written.setdefault(official, []).extend(alias for value in rest for alias in _split(value))
    return [_entry(official, aliases) for official, aliases in sorted(written.items())]


def _split(value: Any) -> list[str]:
    """Return aliases that a column holds as a list or as text set apart by ``、`` or ``;``."""
    if isinstance(value, str):
        return [part.strip() for part in value.replace("；", ";").replace("、", ";").split(";") if part.strip()]
    return [str(part) for part in value or ()]


def _entry(name: str, aliases: list[str]) -> dict[str, Any]:
    kept = list(dict.fromkeys(alias for alias in aliases if alias and alias != name))
    return {"name": name, "aliases": kept}
