"""The bot on a real port, with a fake Rasa behind it."""

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from backoffice.clock import CITY_ZONE
from backoffice.db import Database, Model, connect
from bot.bootstrap import make_app
from bot.chat import recovery, worker
from bot.chat.store import ConversationStore
from tests.bot.chatter import Chatter
from tests.bot.fakes import FakeRasa, MovingClock, Records, make_records
from wenzheng.settings import Settings


@pytest.fixture(autouse=True)
def _no_long_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker, "LONGEST_PAUSE", 0.2)
    monkeypatch.setattr(recovery, "LOOK_EVERY", 0.05)


@pytest.fixture
def moving_clock() -> MovingClock:
    return MovingClock(datetime(2026, 11, 23, 9, 30, tzinfo=CITY_ZONE))


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A file with every table, made once and copied for each test."""
    file = tmp_path_factory.mktemp("bot") / "empty.db"
    engine = connect(f"sqlite:///{file}")
    Model.metadata.create_all(engine)
    with engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    engine.dispose()
    return file


@pytest.fixture
def sqlite(tmp_path: Path, empty_database: Path) -> Iterator[Database]:
    """A database of its own; what differs between databases is tested in tests/bot/chat/test_store.py."""
    shutil.copy(empty_database, tmp_path / "bot.db")
    engine = connect(f"sqlite:///{tmp_path / 'bot.db'}")
    yield Database(engine)
    engine.dispose()


@pytest.fixture
def store(database: Database, moving_clock: MovingClock) -> ConversationStore:
    return ConversationStore(database, moving_clock)


@pytest.fixture
def records(sqlite: Database, moving_clock: MovingClock) -> Records:
    return make_records(sqlite, moving_clock)


@pytest.fixture
async def rasa() -> AsyncIterator[FakeRasa]:
    fake = FakeRasa()
    await fake.server.start_server(access_log=None)
    yield fake
    await fake.stop()


@pytest.fixture
def settings(rasa: FakeRasa, tmp_path: Path) -> Settings:
    return Settings.model_validate(
        {
            "PORT": 8280,
            "RASA_PORT": rasa.server.port,
            "ACTIONS_PORT": rasa.server.port,
            "WENZHENG_RASA_TOKEN": "rasa-token",
            "WENZHENG_API_KEYS": "key-1,key-2",
            "WENZHENG_SECRET": "secret",
            "WENZHENG_DATA": tmp_path,
        }
    )


Start = Callable[..., Awaitable[TestServer]]


@pytest.fixture
async def start(settings: Settings, records: Records) -> AsyncIterator[Start]:
    """Start a bot; several may follow each other on one database."""
    servers: list[TestServer] = []

    async def start(patience: float = 0.0, within: float = 1.0, dist: Path = Path("/nowhere"), **changed: Any) -> Any:
        chosen = settings.model_copy(update=changed)
        app: web.Application = make_app(chosen, records, dist, patience, within)  # type: ignore[arg-type]
        server = TestServer(app)
        await server.start_server(access_log=None)
        servers.append(server)
        return server

    yield start
    for server in servers:
        await server.close()


@pytest.fixture
async def bot(start: Start) -> TestServer:
    return await start()


@pytest.fixture
async def browser() -> AsyncIterator[aiohttp.ClientSession]:
    """A browser with a cookie jar."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
        yield session


@pytest.fixture
async def chat(bot: TestServer, browser: aiohttp.ClientSession) -> AsyncIterator[Chatter]:
    """An open and welcomed chat."""
    chatter = await Chatter.open(bot, browser)
    yield chatter
    await chatter.close()


@pytest.fixture
def wait_until() -> Callable[[Callable[[], bool]], Awaitable[None]]:
    async def wait(condition: Callable[[], bool]) -> None:
        async with asyncio.timeout(5):
            while not condition():  # noqa: ASYNC110 - the conditions are about processes that know no event
                await asyncio.sleep(0.01)

    return wait
