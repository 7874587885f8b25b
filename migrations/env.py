"""Alembic's environment. ``migrations.upgrade`` passes its connection; the command line takes DATABASE_URL."""

import os
from typing import Any

from alembic import context
from sqlalchemy import Connection

from backoffice.db import connect
from migrations.tables import METADATA, compared, render


def run(connection: Connection) -> None:
    """Run what was asked for on this connection."""
    options: dict[str, Any] = {
        "target_metadata": METADATA,
        "render_item": render,
        "include_name": compared,
        "render_as_batch": True,  # SQLite changes a column by copying its table
        "compare_type": True,
    }
    context.configure(connection=connection, **options)
    with context.begin_transaction():
        context.run_migrations()


given: Connection | None = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    url = os.environ.get("DATABASE_URL")
    if not url:
        raise SystemExit("Set DATABASE_URL, for example sqlite:///var/wenzheng.db")
    engine = connect(url)
    with engine.begin() as own:
        run(own)
    engine.dispose()
