"""Renders a page in the reader's language, colours and type size."""

from functools import cache, partial
from pathlib import Path
from typing import Any

import aiohttp_jinja2
import jinja2
from aiohttp import web

from bot import cookies
from bot.keys import ASSETS, BACKOFFICE, SETTINGS
from bot.words import texts
from wenzheng.texts import Language

TEMPLATES = Path(__file__).resolve().parent / "templates"


@cache
def _environment() -> jinja2.Environment:
    """Return the templates, compiled once a process; everything put into them is escaped."""
    return jinja2.Environment(
        loader=jinja2.FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def set_up(app: web.Application) -> None:
    """Give the application its templates."""
    app[aiohttp_jinja2.APP_KEY] = _environment()


def page(request: web.Request, template: str, status: int = 200, **values: Any) -> web.Response:
    """Return a page; the template finds ``t``, the sentences in the page's language, and ``city``."""
    language = cookies.language(request)
    assets, city = request.app[ASSETS], request.app[BACKOFFICE].city
    common: dict[str, Any] = {
        "t": partial(_sentence, language),
        "language": language,
        "theme": cookies.theme(request),
        "large": cookies.large(request),
        "city": city.en if language == "en" else city.name,
        "demo": request.app[SETTINGS].demo,
        "script": assets.script,
        "styles": assets.styles,
        "here": partial(_here, request),
        "path": request.path,
        "embed": request.query.get("embed") == "1",
    }
    response = aiohttp_jinja2.render_template(template, request, {**common, **values}, status=status)
    response.headers["Content-Language"] = language
    cookies.keep_choices(request, response)
    return response


def _sentence(language: Language, key: str, **values: Any) -> str:
    return texts()(key, language, **values)


def _here(request: web.Request, **changed: str) -> str:
    """Return the address of this page with other choices, relative to the site; a one-time token is kept."""
    query = {name: value for name, value in request.query.items() if name in ("t", "embed")}
    return str(request.rel_url.with_query({**query, **changed}))


def error_page(request: web.Request, status: int, headers: dict[str, str]) -> web.Response:
    """Return a page that says what went wrong and where to go on."""
    known = status if f"error.{status}.title" in texts() else (500 if status >= 500 else 400)
    response = page(request, "error.html", status, error=known)
    response.headers.update(headers)
    return response


def see_other(address: str) -> web.Response:
    """Lead the browser on after a posted form, so that reloading posts nothing again."""
    return web.Response(status=303, headers={"Location": address})
