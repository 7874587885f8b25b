"""The web chat: a cookie that knows the browser's conversation, and the WebSocket that it is spoken over."""

import asyncio
import secrets
from typing import Any, cast

import orjson
import structlog
from aiohttp import WSCloseCode, WSMsgType, web

from bot import cookies
from bot.channels.socket import SocketConnection
from bot.chat import frames
from bot.chat.cleaning import MAX_LENGTH, clean
from bot.chat.live import Live
from bot.chat.store import Channel, Closed, Conversation, hash_key
from bot.keys import HUB, LIMITS, METRICS, SETTINGS, SOCKETS, STORE, THREADS
from bot.origins import address_of, is_own_page
from bot.words import texts
from wenzheng.texts import LANGUAGES, Language

log = structlog.get_logger()

HEARTBEAT = 25.0  # seconds; proxies cut connections that are silent for longer
_LARGEST_FRAME = 64 * 1024
_FEEDBACK = {"up": "up", "down": "down", "none": None}
NO_SESSION = 4401  # close code: fetch /chat/session first

routes = web.RouteTableDef()


async def conversation_of(request: web.Request) -> Conversation | None:
    """Return the current conversation of the browser."""
    key = request.cookies.get(cookies.CHAT)
    if not key:
        return None
    return await request.app[THREADS].run(request.app[STORE].of_client, hash_key(key))


def _set_chat(request: web.Request, response: web.StreamResponse, key: str) -> None:
    embedded = request.query.get("embed") == "1" and request.headers.get("Sec-Fetch-Site") is not None
    if embedded and request.app[SETTINGS].base_url.startswith("https://"):
        cookies.set_embedded_chat(response, key)
    else:
        cookies.set_secret(request, response, cookies.CHAT, key)


async def _begin(request: web.Request, key: str) -> None:
    channel: Channel = "widget" if request.query.get("embed") == "1" else "web"
    await request.app[THREADS].run(request.app[STORE].create, channel, cookies.language(request), hash_key(key))


@routes.get("/chat/session")
@routes.post("/chat/session")
async def session(request: web.Request) -> web.Response:
    """Make sure that the browser has a conversation."""
    if not is_own_page(request):
        raise web.HTTPForbidden
    key = request.cookies.get(cookies.CHAT)
    if key and await conversation_of(request) is not None:
        return web.json_response({})
    return await _new(request, secrets.token_urlsafe(32))


@routes.post("/chat/session/new")
async def new_session(request: web.Request) -> web.Response:
    """Begin a new conversation, under a new key: the old one cannot be opened from this browser any more."""
    if not is_own_page(request):
        raise web.HTTPForbidden
    return await _new(request, secrets.token_urlsafe(32))


async def _new(request: web.Request, key: str) -> web.Response:
    if not request.app[LIMITS].allows_new(address_of(request)):
        raise web.HTTPTooManyRequests
    await _begin(request, key)
    response = web.json_response({})
    _set_chat(request, response, key)
    return response


@routes.get("/ws/chat")
async def chat_socket(request: web.Request) -> web.WebSocketResponse:
    """Speak with one tab until it goes."""
    if not is_own_page(request):
        raise web.HTTPForbidden
    socket = web.WebSocketResponse(heartbeat=HEARTBEAT, compress=False, max_msg_size=_LARGEST_FRAME)
    await socket.prepare(request)
    conversation = await conversation_of(request)
    if conversation is None:
        language = cookies.language(request)
        await socket.send_frame(frames.error("no_session", texts()("chat.no_session", language)), WSMsgType.TEXT)
        await socket.close(code=NO_SESSION)
        return socket
    tab = Tab(request, socket, request.app[HUB].live(conversation))
    sockets, metrics = request.app[SOCKETS], request.app[METRICS]
    sockets.add(socket)
    metrics.sockets.inc()
    try:
        await tab.run()
    finally:
        sockets.discard(socket)
        metrics.sockets.dec()
        await tab.close()
    return socket


class Tab:
    """One open tab: reads its frames and does what they say."""

    def __init__(self, request: web.Request, socket: web.WebSocketResponse, live: Live) -> None:
        self._app = request.app
        self._address = address_of(request)
        self._socket = socket
        self._connection = SocketConnection(request, socket)
        self._live = live
        self._joined = False
        if not request.app[SETTINGS].public_url:
            live.origin = f"{request.scheme}://{request.host}"

    async def run(self) -> None:
        """Read frames until the connection ends."""
        async for message in self._socket:
            if message.type is not WSMsgType.TEXT:
                continue
            frame = _read(message.data)
            if frame is None:
                self._refuse("bad_frame")
                continue
            try:
                await self._do(frame)
            except Exception as problem:  # the database, say: the tab keeps what it could not send
                log.error("a frame broke", conversation=self._live.id, problem=type(problem).__name__)
                self._refuse("unavailable", frame.get("client_id"))

    async def close(self) -> None:
        """Leave the conversation."""
        self._live.leave(self._connection)
        await self._connection.close()

    async def _do(self, frame: dict[str, Any]) -> None:
        match frame.get("type"):
            case "ping":
                self._connection.offer(frames.PONG)
            case "hello":
                await self._hello(frame)
            case "say":
                await self._say(frame)
            case "feedback":
                await self._feedback(frame)
            case _:
                self._refuse("bad_frame")

    async def _hello(self, frame: dict[str, Any]) -> None:
        last_seq, language = frame.get("last_seq", 0), frame.get("language")
        if not _is_number(last_seq) or last_seq < 0:
            self._refuse("bad_frame")
            return
        known = cast(Language, language) if language in LANGUAGES and language != self._live.language else None
        await self._app[HUB].join(self._live, self._connection, last_seq, known)
        self._joined = True

    async def _say(self, frame: dict[str, Any]) -> None:
        client_id, said = frame.get("client_id"), frame.get("text")
        if not isinstance(said, str) or not isinstance(client_id, str) or not 0 < len(client_id) <= 64:
            self._refuse("bad_frame")
            return
        text = clean(said)
        if not text:
            self._refuse("empty", client_id)
        elif len(text) > MAX_LENGTH:
            self._refuse("too_long", client_id)
        elif not self._app[LIMITS].allows(self._live.id, self._address):
            self._refuse("too_many", client_id)
        else:
            await self._take(text, client_id)

    async def _take(self, text: str, client_id: str) -> None:
        if not self._joined:
            await self._hello({"last_seq": 0})
        try:
            message = await self._app[HUB].say(self._live, text, client_id)
        except Closed:
            self._refuse("closed", client_id)
            return
        self._connection.offer(frames.ack(message))

    async def _feedback(self, frame: dict[str, Any]) -> None:
        seq, value = frame.get("seq"), frame.get("value")
        if not _is_number(seq) or value not in _FEEDBACK:
            self._refuse("bad_frame")
            return
        await self._app[HUB].feedback(self._live, cast(int, seq), _FEEDBACK[value])

    def _refuse(self, code: str, client_id: Any = None) -> None:
        text = texts()(f"chat.{code}", self._live.language, most=MAX_LENGTH)
        self._connection.offer(frames.error(code, text, client_id if isinstance(client_id, str) else None))


def _read(data: str) -> dict[str, Any] | None:
    try:
        frame = orjson.loads(data)
    except orjson.JSONDecodeError:
        return None
    return frame if isinstance(frame, dict) else None


def _is_number(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value < 2**31


async def close_sockets(app: web.Application) -> None:
    """Say goodbye to every tab; each comes back by itself and resumes."""
    sockets = app[SOCKETS]
    await asyncio.gather(*(one.close(code=WSCloseCode.GOING_AWAY) for one in [*sockets]), return_exceptions=True)
