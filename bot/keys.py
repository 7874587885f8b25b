"""What the handlers find in the application."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

from aiohttp import web

from bot.chat.hub import Hub
from bot.chat.limits import MessageLimits
from bot.chat.rasa import RasaClient
from bot.chat.store import ConversationStore
from bot.chat.threads import Threads
from bot.metrics import Metrics
from bot.portal.assets import Assets
from wenzheng.settings import Settings

if TYPE_CHECKING:
    from backoffice.bootstrap import Backoffice

Sockets: TypeAlias = "set[web.WebSocketResponse]"

SETTINGS = web.AppKey("settings", Settings)
BACKOFFICE: web.AppKey[Backoffice] = web.AppKey("backoffice")
STORE = web.AppKey("store", ConversationStore)
THREADS = web.AppKey("threads", Threads)
HUB = web.AppKey("hub", Hub)
RASA = web.AppKey("rasa", RasaClient)
LIMITS = web.AppKey("limits", MessageLimits)
METRICS = web.AppKey("metrics", Metrics)
ASSETS = web.AppKey("assets", Assets)
SOCKETS: web.AppKey[Sockets] = web.AppKey("sockets")
