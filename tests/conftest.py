"""Fixtures that every test may use: a database of its own, on SQLite and on PostgreSQL alike."""

import os
import uuid
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, text

from backoffice.clock import CITY_ZONE, Clock
from backoffice.db import Database, connect
from tests.live import Stack

POSTGRES = os.environ.get("WENZHENG_TEST_POSTGRES", "postgresql://127.0.0.1:5432/postgres")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Keep every test off the network but for the loopback."""
    import pytest_socket

    pytest_socket.socket_allow_hosts(["127.0.0.1", "::1", "localhost"], allow_unix_socket=True)


@pytest.fixture
def clock() -> Clock:
    """A clock that stands still on a working-day morning."""
    return lambda: datetime(2026, 11, 23, 9, 30, tzinfo=CITY_ZONE)


@pytest.fixture(params=["sqlite", "postgresql"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """An empty database; the test runs once on each kind."""
    if request.param == "sqlite":
        engine = connect(f"sqlite:///{tmp_path / 'test.db'}")
        yield engine
        engine.dispose()
        return
    schema = f"test_{uuid.uuid4().hex}"
    admin = connect(POSTGRES)
    with admin.begin() as connection:
        connection.execute(text(f"CREATE SCHEMA {schema}"))
    engine = connect(POSTGRES, connect_args={"options": f"-csearch_path={schema}"})
    yield engine
    engine.dispose()
    with admin.begin() as connection:
        connection.execute(text(f"DROP SCHEMA {schema} CASCADE"))
    admin.dispose()


@pytest.fixture
def database(engine: Engine) -> Database:
    """The empty database with every table that has been imported so far."""
    from backoffice.db import Model

    Model.metadata.create_all(engine)
    return Database(engine)


@pytest.fixture(scope="session")
def stack(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """The real three processes with a demo city of their own; tests that kill processes start their own."""
    running = Stack(tmp_path_factory.mktemp("stack"))
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def facts(stack: Stack) -> dict[str, Any]:
    """What ``wenzheng demo facts`` says of that city."""
    return stack.facts()
