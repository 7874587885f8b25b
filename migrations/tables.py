"""Every table of the project, gathered for Alembic, and how the project's own column types are written down."""

import importlib
import pkgutil
from typing import Any

import sqlalchemy as sa

import backoffice
from backoffice.db import Instant, Model, Money

OTHER_TABLES = ("bot.chat.tables",)


def _import_tables() -> None:
    areas = [f"backoffice.{area.name}.tables" for area in pkgutil.iter_modules(backoffice.__path__) if area.ispkg]
    for name in (*areas, *OTHER_TABLES):
        try:
            importlib.import_module(name)
        except ModuleNotFoundError as problem:
            # An area without tables is fine; a table module that lacks one of its own imports is not.
            if problem.name is None or not name.startswith(problem.name):
                raise


_import_tables()
METADATA: sa.MetaData = Model.metadata


def compared(name: str | None, kind: str, parents: Any) -> bool:
    """Say whether a table that the database has is one of ours; others may share the database."""
    return kind != "table" or name in METADATA.tables


def render(kind: str, item: Any, context: Any) -> str | bool:
    """Write ``Money`` and ``Instant`` as the plain types that they are stored as."""
    if kind == "type" and isinstance(item, Money):
        return "sa.BigInteger()"
    if kind == "type" and isinstance(item, Instant):
        return "sa.DateTime(timezone=True)"
    return False
