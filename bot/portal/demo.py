"""The demo's outbox: what would have gone out as text messages. Not there outside demo mode."""

from aiohttp import web

from bot.keys import BACKOFFICE, SETTINGS, THREADS
from bot.portal.render import page

routes = web.RouteTableDef()

_SHOWN = 50


def _require_demo(request: web.Request) -> None:
    if not request.app[SETTINGS].demo:
        raise web.HTTPNotFound


@routes.get("/demo/outbox")
async def outbox(request: web.Request) -> web.Response:
    """The newest text messages, newest first."""
    _require_demo(request)
    sent = await request.app[THREADS].run(request.app[BACKOFFICE].outbox.latest, _SHOWN)
    return page(request, "outbox.html", sent=sent)


@routes.get("/demo/outbox.json")
async def outbox_json(request: web.Request) -> web.Response:
    """The same for scripts."""
    _require_demo(request)
    sent = await request.app[THREADS].run(request.app[BACKOFFICE].outbox.latest, _SHOWN)
    return web.json_response([{**one, "sent_at": one["sent_at"].isoformat()} for one in sent])
