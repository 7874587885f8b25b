"""Where a request comes from: its address, and whether a page of ours sent it."""

from urllib.parse import urlsplit

from aiohttp import web

from bot.keys import SETTINGS

_LOOPBACK = ("127.0.0.1", "::1")


def address_of(request: web.Request) -> str:
    """Return the address of the caller; a reverse proxy on this machine is believed about it."""
    remote = request.remote or ""
    forwarded = request.headers.get("X-Forwarded-For", "")
    if remote in _LOOPBACK and forwarded:
        return forwarded.rsplit(",", 1)[-1].strip()
    return remote


def is_https(request: web.Request) -> bool:
    """Say whether citizens reach us by HTTPS."""
    return request.app[SETTINGS].base_url.startswith("https://")


def is_own_page(request: web.Request) -> bool:
    """Say whether the request may come from a page of ours.

    Browsers name the origin of every WebSocket and script; a request that names none comes from a program, which holds
    nobody else's cookies.
    """
    if request.headers.get("Sec-Fetch-Site", "none") not in ("same-origin", "none"):
        return False
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    ours = urlsplit(request.app[SETTINGS].base_url)
    return origin == f"{ours.scheme}://{ours.netloc}" or urlsplit(origin).netloc == request.host


def is_own_form(request: web.Request) -> bool:
    """Say whether a posted form may be one of ours; its hidden token must be looked at besides.

    Our pages send no referrer, for which browsers send the origin ``null`` with a form; newer ones still say by
    ``Sec-Fetch-Site`` which site the form stands on.
    """
    if request.headers.get("Origin") == "null":
        return request.headers.get("Sec-Fetch-Site", "same-origin") == "same-origin"
    return is_own_page(request)
