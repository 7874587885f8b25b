"""``POST /webhooks/rest/webhook``: Rasa's REST channel for callers with a key; ``sender`` is theirs."""

import asyncio
import hmac
from typing import Any

import orjson
import structlog
from aiohttp import web

from bot.chat.cleaning import MAX_LENGTH, clean
from bot.chat.live import Live
from bot.chat.store import Closed, Reply, hash_key
from bot.keys import HUB, LIMITS, SETTINGS, STORE, THREADS
from bot.origins import address_of
from bot.words import language_of, texts
from wenzheng.texts import LANGUAGES, Language

log = structlog.get_logger()

LARGEST_BODY = 64 * 1024
_LONGEST_SENDER = 200
_ANSWER_WITHIN = 60.0  # seconds; a sender's earlier messages are answered first

routes = web.RouteTableDef()


def refusal(status: int, reason: str, **headers: str) -> web.Response:
    """Return an error as JSON: a short English reason for the program that called."""
    return web.json_response({"error": reason}, status=status, headers=headers)


@routes.post("/webhooks/rest/webhook")
async def webhook(request: web.Request) -> web.Response:
    """Answer one message with Rasa's list of messages."""
    key = _key(request)
    if key is None:
        return refusal(401, "a valid key is needed: Authorization: Bearer KEY", **{"WWW-Authenticate": "Bearer"})
    body = await _body(request)
    if isinstance(body, web.Response):
        return body
    text = clean(body["message"])
    if not text:
        return refusal(400, "message is empty")
    if len(text) > MAX_LENGTH:
        return refusal(413, f"message is longer than {MAX_LENGTH} characters")
    language = _language(body, text)
    caller = hash_key(key, body["sender"])
    conversation = await request.app[THREADS].run(request.app[STORE].of_caller, caller, language)
    if not request.app[LIMITS].allows(conversation.id, address_of(request)):
        return refusal(429, texts()("chat.too_many_rest", language), **{"Retry-After": "60"})
    live = request.app[HUB].live(conversation)
    live.language = language
    replies = await _ask(request, live, text)
    return web.json_response(body=orjson.dumps([_shaped(body["sender"], reply) for reply in replies]))


def _key(request: web.Request) -> str | None:
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer":
        return None
    found = None
    for key in request.app[SETTINGS].keys:  # all of them, so that the time tells nothing
        if hmac.compare_digest(key.encode(), given.strip().encode("utf-8", "surrogateescape")):
            found = key
    return found


async def _body(request: web.Request) -> dict[str, Any] | web.Response:
    try:
        return _checked(await request.read())
    except web.HTTPRequestEntityTooLarge:
        return refusal(413, f"the request is larger than {LARGEST_BODY} bytes")


def _checked(raw: bytes) -> dict[str, Any] | web.Response:
    """Return the request's fields, or what is wrong with them."""
    try:
        body = orjson.loads(raw)
    except orjson.JSONDecodeError:
        return refusal(400, "the request is not valid JSON")
    if not isinstance(body, dict):
        return refusal(400, "the request must be a JSON object")
    sender, message = body.get("sender"), body.get("message")
    if not isinstance(sender, str) or not 0 < len(sender) <= _LONGEST_SENDER:
        return refusal(400, f"sender must be a text of 1 to {_LONGEST_SENDER} characters")
    if not isinstance(message, str):
        return refusal(400, "message must be a text")
    if not isinstance(body.get("metadata") or {}, dict):
        return refusal(400, "metadata must be an object")
    return body


def _language(body: dict[str, Any], text: str) -> Language:
    asked = (body.get("metadata") or {}).get("language")
    for language in LANGUAGES:
        if asked == language:
            return language
    return language_of(text, "zh")


async def _ask(request: web.Request, live: Live, text: str) -> list[Reply]:
    waiter: asyncio.Future[list[Reply]] = asyncio.get_running_loop().create_future()
    try:
        await request.app[HUB].say(live, text, None, waiter)
        async with asyncio.timeout(_ANSWER_WITHIN):
            return await waiter
    except Closed:
        return [Reply(texts()("chat.closed", live.language))]
    except TimeoutError:
        return [Reply(texts()("chat.apology_rest", live.language))]


def _shaped(sender: str, reply: Reply) -> dict[str, Any]:
    shaped: dict[str, Any] = {"recipient_id": sender, "text": reply.text}
    if reply.buttons:
        shaped["buttons"] = reply.buttons
    if reply.custom:
        shaped["custom"] = reply.custom
    return shaped
