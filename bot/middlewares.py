"""What happens around every request: a line in the log, and an error page that a person can read."""

import time

import structlog
from aiohttp import web
from aiohttp.typedefs import Handler

from bot.portal.render import error_page
from bot.words import texts

log = structlog.get_logger()

_API = ("/webhooks/", "/chat/session", "/ws/", "/healthz", "/readyz", "/metrics", "/demo/outbox.json", "/static/")


@web.middleware
async def log_requests(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Log method, route, status and time; never the address as it was sent, it may hold a token."""
    began = time.perf_counter()
    status = 500
    try:
        response = await handler(request)
        status = response.status
        return response
    finally:
        resource = request.match_info.route.resource
        log.info(
            "request",
            method=request.method if request.method.isalpha() else "?",
            route=resource.canonical if resource else "none",
            status=status,
            ms=round(1000 * (time.perf_counter() - began), 1),
        )


@web.middleware
async def say_errors(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn errors into a page, or into JSON for programs."""
    try:
        return await handler(request)
    except web.HTTPException as problem:
        if problem.status < 400:
            raise
        headers = {"Allow": problem.headers["Allow"]} if "Allow" in problem.headers else {}
        return _answer(request, problem.status, headers)
    except Exception as problem:
        # Neither the exception's text nor its trace: both may quote what a citizen typed.
        log.error("a request broke", problem=type(problem).__name__, where=_where(problem))
        return _answer(request, 503 if _is_outage(problem) else 500, {})


def _answer(request: web.Request, status: int, headers: dict[str, str]) -> web.Response:
    if request.path.startswith(_API):
        return web.json_response({"error": _reason(status)}, status=status, headers=headers)
    return error_page(request, status, headers)


def _reason(status: int) -> str:
    key = f"error.{status}.title"
    return texts()(key if key in texts() else "error.400.title", "en")


def _is_outage(problem: Exception) -> bool:
    return type(problem).__name__ == "OperationalError"


def _where(problem: Exception) -> str:
    trace = problem.__traceback__
    while trace is not None and trace.tb_next is not None:
        trace = trace.tb_next
    return "" if trace is None else f"{trace.tb_frame.f_globals.get('__name__')}:{trace.tb_lineno}"
