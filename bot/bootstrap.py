"""Puts the bot together from its settings and the records."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import TYPE_CHECKING

import aiohttp
from aiohttp import web

from bot import health, security
from bot.channels import rest
from bot.channels import web as web_channel
from bot.chat.hub import Hub
from bot.chat.limits import MessageLimits
from bot.chat.rasa import DEFAULT_TIMEOUT, RasaClient
from bot.chat.recovery import Recovery
from bot.chat.store import ConversationStore
from bot.chat.threads import Threads
from bot.chat.worker import PATIENCE, Who, Worker
from bot.keys import (
    ASSETS,
    BACKOFFICE,
    HUB,
    LIMITS,
    METRICS,
    RASA,
    SETTINGS,
    SOCKETS,
    STORE,
    THREADS,
)
from bot.metrics import Metrics
from bot.middlewares import log_requests, say_errors
from bot.portal import demo, me, pages, render, sign_in
from bot.portal.assets import Assets
from wenzheng.settings import Settings

if TYPE_CHECKING:
    from backoffice.bootstrap import Backoffice

DIST = Path(__file__).resolve().parent / "web" / "dist"

ALL_ROUTES = (
    health.routes,
    web_channel.routes,
    rest.routes,
    pages.routes,
    sign_in.routes,
    me.routes,
    demo.routes,
)


def make_app(
    settings: Settings,
    backoffice: Backoffice,
    dist: Path = DIST,
    patience: float = PATIENCE,
    timeout: float = DEFAULT_TIMEOUT,
) -> web.Application:
    """Return the application; nothing connects before it is started.

    Args:
        dist: folder of the built front end.
        patience: seconds in which a failed turn is repeated silently.
        timeout: seconds that Rasa has for a turn.
    """
    app = web.Application(middlewares=[log_requests, say_errors], client_max_size=rest.LARGEST_BODY)
    app[SETTINGS], app[BACKOFFICE] = settings, backoffice
    app[STORE] = ConversationStore(backoffice.db, backoffice.clock)
    app[LIMITS] = MessageLimits(settings.messages_per_minute)
    app[METRICS] = Metrics()
    app[ASSETS] = Assets(dist)
    app[SOCKETS] = set()
    render.set_up(app)
    for routes in ALL_ROUTES:
        app.add_routes(routes)
    if dist.is_dir():
        app.router.add_static("/static/", dist)

    async def chat(app: web.Application) -> AsyncIterator[None]:
        """Everything that runs beside the requests, from the first to the last of them."""
        threads = app[THREADS] = Threads()
        async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0, keepalive_timeout=60)) as http:
            rasa = app[RASA] = RasaClient(
                http,
                f"http://127.0.0.1:{settings.rasa_port}",
                f"http://127.0.0.1:{settings.actions_port}",
                settings.rasa_token.get_secret_value(),
            )
            recovery = Recovery(rasa.health)
            store, metrics, who = app[STORE], app[METRICS], _who(backoffice)
            worker = Worker(store, threads, rasa, recovery, metrics, who, settings.base_url, patience, timeout)
            hub = app[HUB] = Hub(store, threads, backoffice.vault, worker, metrics, who)
            await hub.start()
            yield
            await hub.stop()
            await recovery.close()
        threads.close()

    app.cleanup_ctx.append(chat)
    app.on_shutdown.append(web_channel.close_sockets)
    app.on_response_prepare.append(security.add_headers)
    return app


def _who(backoffice: Backoffice) -> Who:
    """Return the masked name of who is signed in in a conversation, if anybody is."""

    def masked_name(conversation_id: str) -> str | None:
        resident = backoffice.identity.resident_for(conversation_id)
        return None if resident is None else resident.name_masked

    return masked_name
