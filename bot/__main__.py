"""``python -m bot``: the web server."""

import asyncio
import os
import signal
import socket
import sys

from aiohttp import web

from backoffice.bootstrap import open_backoffice
from backoffice.identity.service import DEMO_LIMITS
from backoffice.identity.sms import HttpSms
from bot.bootstrap import make_app
from wenzheng import logs
from wenzheng.settings import Settings


def application(settings: Settings) -> web.Application:
    """Return the application for these settings."""
    backoffice = open_backoffice(
        settings.database,
        settings.clock,
        settings.city_dir,
        settings.secret.get_secret_value() or "unset",
        HttpSms(settings.sms_url) if settings.sms_url else None,
        DEMO_LIMITS if settings.demo else None,
    )
    return make_app(settings, backoffice)


def listen(host: str, port: int) -> socket.socket:
    """Take the port before anything else: whoever finds it taken must not begin to answer messages.

    Raises:
        OSError: the port is in use, or the address is not one of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=512)


async def serve(settings: Settings, listener: socket.socket) -> None:
    """Serve until told to stop."""
    stop = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, stop.set)
    runner = web.AppRunner(application(settings), access_log=None, shutdown_timeout=5)
    await runner.setup()
    try:
        await web.SockSite(runner, listener).start()
        await stop.wait()
    finally:
        await runner.cleanup()


def main() -> int:
    """Run the web server; return the exit code."""
    logs.configure("bot")
    settings = Settings.model_validate({})
    try:
        listener = listen(settings.host, settings.port)
    except OSError as problem:
        print(  # noqa: T201
            f"The web server cannot listen on {settings.host}:{settings.port} ({os.strerror(problem.errno or 0)}). "
            "Stop what uses the port, or choose another with PORT.",
            file=sys.stderr,
        )
        return 1
    asyncio.run(serve(settings, listener))
    return 0


if __name__ == "__main__":
    sys.exit(main())
