"""What stands around the bot in its tests: a Rasa with faults on demand, and the records it needs."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer

from backoffice.clock import Clock
from backoffice.db import Database
from backoffice.identity.service import DEMO_LIMITS, IdentityService
from backoffice.identity.sms import DemoOutbox
from backoffice.identity.tables import HouseholdRow, ResidentRow
from backoffice.identity.vault import Vault

Answer = Callable[[dict[str, Any]], Any]


def echo(body: dict[str, Any]) -> Any:
    """Answer with what was said."""
    return [{"recipient_id": body["sender"], "text": f"答：{body['message']}"}]


@dataclass
class FakeRasa:
    """A real HTTP server in the shape of Rasa and of the action server.

    ``fault``: none, ``hang``, ``empty``, ``status`` (500), ``garbage`` or ``drop`` (the connection is cut).
    """

    answer: Answer = echo
    fault: str | None = None
    delay: float = 0.0
    healthy: bool | None = None  # None: healthy unless there is a fault
    asked: list[dict[str, Any]] = field(default_factory=list)
    under_way: int = 0
    most_under_way: dict[str, int] = field(default_factory=dict)
    tokens: list[str | None] = field(default_factory=list)

    def __post_init__(self) -> None:
        app = web.Application()
        app.router.add_post("/webhooks/rest/webhook", self._webhook)
        app.router.add_get("/status", self._status)
        app.router.add_get("/health", self._status)
        self.server = TestServer(app)
        self._busy: dict[str, int] = {}
        self._released = asyncio.Event()

    @property
    def texts(self) -> list[str]:
        return [body["message"] for body in self.asked]

    async def stop(self) -> None:
        self._released.set()
        await self.server.close()

    async def _webhook(self, request: web.Request) -> web.StreamResponse:
        body = json.loads(await request.read())
        self.asked.append(body)
        self.tokens.append(request.query.get("token"))
        sender = body["sender"]
        self._busy[sender] = self._busy.get(sender, 0) + 1
        self.most_under_way[sender] = max(self.most_under_way.get(sender, 0), self._busy[sender])
        try:
            return await self._answer(request, body)
        finally:
            self._busy[sender] -= 1

    async def _answer(self, request: web.Request, body: dict[str, Any]) -> web.StreamResponse:
        await asyncio.sleep(self.delay)
        match self.fault:
            case "hang":
                await self._released.wait()
            case "empty":
                return web.json_response([])
            case "status":
                return web.json_response({"status": "failure"}, status=500)
            case "garbage":
                return web.Response(text="<html>")
            case "drop":
                assert request.transport is not None
                request.transport.abort()
        return web.json_response(self.answer(body))

    async def _status(self, _request: web.Request) -> web.Response:
        healthy = self.fault is None if self.healthy is None else self.healthy
        return web.json_response({}, status=200 if healthy else 503)


@dataclass
class FakeCity:
    name: str = "安澜市"
    en: str = "Anlan"


@dataclass
class Records:
    """The part of the back office that the bot uses."""

    db: Database
    clock: Clock
    identity: IdentityService
    vault: Vault
    outbox: DemoOutbox
    city: FakeCity = field(default_factory=FakeCity)


@dataclass
class MovingClock:
    """A clock that a test sets forward."""

    now: datetime

    def __call__(self) -> datetime:
        return self.now


NUMBER = "990101195803120027"
NAME = "周秀兰"
PHONE = "19900000001"


def make_records(db: Database, clock: Clock) -> Records:
    """Return records with one resident."""
    outbox = DemoOutbox(db, clock)
    with db.write() as session:
        session.add(HouseholdRow(id=1, district="东湖区", address="学府路1号"))
        session.flush()
        session.add(
            ResidentRow(
                id=1,
                id_number=NUMBER,
                name=NAME,
                birth_date=date(1958, 3, 12),
                sex="f",
                district="东湖区",
                phone=PHONE,
                household_id=1,
                household_role="head",
            )
        )
    identity = IdentityService(db, clock, "secret", outbox, lambda code: f"验证码 {code}", DEMO_LIMITS)
    return Records(db, clock, identity, Vault(db, clock, "secret"), outbox)
