"""For operators: does the process live, is everything that it needs there, what has it done."""

import asyncio

import structlog
from aiohttp import web
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest

from bot.keys import METRICS, RASA, STORE, THREADS

log = structlog.get_logger()

routes = web.RouteTableDef()


@routes.get("/healthz")
async def healthz(request: web.Request) -> web.Response:
    """The process answers."""
    return web.json_response({"status": "ok"})


@routes.get("/readyz")
async def readyz(request: web.Request) -> web.Response:
    """Database, Rasa with its model, and action server answer; 503 says which does not."""
    database, parts = await asyncio.gather(_database(request.app), request.app[RASA].health())
    states = {name: "ok" if up else "down" for name, up in {"database": database, **parts}.items()}
    ready = all(state == "ok" for state in states.values())
    return web.json_response({"status": "ok" if ready else "not ready", **states}, status=200 if ready else 503)


async def _database(app: web.Application) -> bool:
    try:
        async with asyncio.timeout(2):
            await app[THREADS].run(app[STORE].ping)
    except Exception as problem:
        log.warning("the database does not answer", problem=type(problem).__name__)
        return False
    return True


@routes.get("/metrics")
async def metrics(request: web.Request) -> web.Response:
    """Prometheus' text format."""
    body = generate_latest(request.app[METRICS].registry)
    return web.Response(body=body, headers={"Content-Type": CONTENT_TYPE_LATEST})
