"""A small action server that answers every action with one line and one slot: ``python stub_actions.py PORT``."""

import sys
from typing import Any

from aiohttp import web

KEPT: web.AppKey = web.AppKey("kept", list)


def reply(body: dict[str, Any]) -> dict[str, Any]:
    """Answer with the action's name, and count the turns in the slot ``page``."""
    turns = (body["tracker"]["slots"].get("page") or 0) + 1
    events = [{"event": "slot", "timestamp": None, "name": "page", "value": turns}]
    return {"events": events, "responses": [{"text": f"{body['next_action']} {turns}", "custom": {"type": "note"}}]}


async def webhook(request: web.Request) -> web.Response:
    """Answer one call and keep its body for the tests to look at."""
    body = await request.json()
    request.app[KEPT].append(body)
    return web.json_response(reply(body))


def application() -> web.Application:
    """Make the server."""
    app = web.Application()
    app[KEPT] = []
    app.router.add_post("/webhook", webhook)
    return app


if __name__ == "__main__":
    web.run_app(application(), host="127.0.0.1", port=int(sys.argv[1]), print=None)
