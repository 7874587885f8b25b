"""Posted forms: a hidden token that only the browser that opened the page can send back."""

import hashlib
import hmac
import secrets

from aiohttp import web
from multidict import MultiDictProxy

from bot import cookies
from bot.keys import SETTINGS
from bot.origins import is_own_form, is_own_page

_LONGEST_FIELD = 200
_PROCESS_KEY = secrets.token_bytes(32)  # where no secret is set; forms opened before a restart are then to be reopened


def token_of(request: web.Request) -> tuple[str, str]:
    """Return the browser's form key (a new one if it has none) and the token that its forms carry."""
    key = request.cookies.get(cookies.FORM) or secrets.token_urlsafe(24)
    return key, _signed(request, key)


def keep_key(request: web.Request, response: web.StreamResponse, key: str) -> None:
    """Set the browser's form key."""
    cookies.set_secret(request, response, cookies.FORM, key)


async def read(request: web.Request) -> dict[str, str]:
    """Return the fields of a form of ours.

    Raises:
        web.HTTPForbidden: it stood on another site's page, or was not opened in this browser.
    """
    if not is_own_form(request):
        raise web.HTTPForbidden
    posted = await request.post()
    fields = _texts(posted)
    key = request.cookies.get(cookies.FORM, "")
    has_token = bool(key) and hmac.compare_digest(_signed(request, key), fields.pop("token", ""))
    if not has_token and not _names_our_origin(request):
        raise web.HTTPForbidden
    return fields


def _names_our_origin(request: web.Request) -> bool:
    return request.headers.get("Origin", "null") != "null" and is_own_page(request)


def _texts(posted: MultiDictProxy[str | bytes | bytearray | web.FileField]) -> dict[str, str]:
    return {name: value[:_LONGEST_FIELD] for name, value in posted.items() if isinstance(value, str)}


def _signed(request: web.Request, key: str) -> str:
    secret = request.app[SETTINGS].secret.get_secret_value().encode() or _PROCESS_KEY
    return hmac.new(secret, b"form:" + key.encode(), hashlib.sha256).hexdigest()
