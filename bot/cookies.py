"""The cookies: which browser, which session, and how pages are to look."""

from typing import Literal, cast

from aiohttp import web

from bot.origins import is_https
from wenzheng.texts import LANGUAGES, Language

CHAT = "wz_chat"  # key of the browser's conversations
SESSION = "wz_session"  # token of a signed-in session
FORM = "wz_form"  # ties posted forms to the browser that opened them
LANGUAGE, THEME, LARGE = "wz_lang", "wz_theme", "wz_large"
_YEAR = 365 * 24 * 3600

Theme = Literal["auto", "light", "dark"]


def set_secret(
    request: web.Request, response: web.StreamResponse, name: str, value: str, max_age: int | None = None
) -> None:
    """Set a cookie that no script can read and no other site can send along."""
    response.set_cookie(name, value, max_age=max_age, httponly=True, samesite="Lax", secure=is_https(request))


def set_embedded_chat(response: web.StreamResponse, value: str) -> None:
    """Set the chat's cookie inside another site's page: apart for each such site, and by HTTPS only."""
    # Written by hand: Python's own cookies know ``Partitioned`` only from 3.14 on.
    response.headers.add("Set-Cookie", f"{CHAT}={value}; Path=/; HttpOnly; Secure; SameSite=None; Partitioned")


def forget(response: web.StreamResponse, name: str) -> None:
    """Remove a cookie."""
    response.del_cookie(name, httponly=True, samesite="Lax")


def language(request: web.Request) -> Language:
    """Return the language of the page: asked for, chosen before, or the browser's."""
    for wanted in (request.query.get("lang"), request.cookies.get(LANGUAGE)):
        if wanted in LANGUAGES:
            return wanted
    preferred = request.headers.get("Accept-Language", "zh").lower()
    return "en" if preferred.startswith("en") else "zh"


def theme(request: web.Request) -> Theme:
    """Return the colours of the page: asked for, chosen before, or left to the browser."""
    for wanted in (request.query.get("theme"), request.cookies.get(THEME)):
        if wanted in ("auto", "light", "dark"):
            return cast(Theme, wanted)
    return "auto"


def large(request: web.Request) -> bool:
    """Say whether the type is to be large."""
    return request.query.get("large", request.cookies.get(LARGE)) == "1"


def keep_choices(request: web.Request, response: web.StreamResponse) -> None:
    """Remember language, colours and type size when the address asks for them."""
    chosen = {LANGUAGE: ("lang", language(request)), THEME: ("theme", theme(request)), LARGE: ("large", "")}
    for name, (query, value) in chosen.items():
        if query in request.query:
            kept = value or ("1" if large(request) else "0")
            # The page's script reads and sets these, too.
            response.set_cookie(name, kept, max_age=_YEAR, samesite="Lax", secure=is_https(request))
