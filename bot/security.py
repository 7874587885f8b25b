"""Headers that keep a page to itself: a strict content security policy and its companions."""

from aiohttp import web

from bot.keys import SETTINGS
from bot.origins import is_https

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors {ancestors}"
)
# A demo is tried out on pages of the same machine.
_DEMO_ORIGINS = "http://localhost:* http://127.0.0.1:*"
_FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # addresses may hold one-time tokens
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def policy(request: web.Request) -> str:
    """Return the content security policy; only the embedded chat may stand in other sites' frames."""
    ancestors = "'self'"
    if request.path == "/chat" and request.query.get("embed") == "1":
        settings = request.app[SETTINGS]
        origins = " ".join(settings.embed_origins.replace(";", " ").replace(",", " ").split())
        demo = _DEMO_ORIGINS if settings.demo else ""
        ancestors = " ".join(part for part in ("'self'", origins, demo) if part)
    return _POLICY.format(ancestors=ancestors)


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Add the headers to every response (a signal of the application)."""
    headers = response.headers
    headers.update(_FIXED)
    headers["Content-Security-Policy"] = policy(request)
    kept = request.path.startswith("/static/assets/") and response.status in (200, 206, 304)
    headers.setdefault("Cache-Control", "public, max-age=31536000, immutable" if kept else "no-store")
    headers.pop("Server", None)
    if is_https(request):
        headers["Strict-Transport-Security"] = "max-age=31536000; includeSubDomains"
