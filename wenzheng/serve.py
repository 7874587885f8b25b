"""Starts bot, rasa and actions, waits until all three answer, and keeps them running."""

import asyncio
import contextlib
import ctypes
import os
import secrets
import signal
import socket
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from typing import Any

import structlog

from wenzheng.model import MODEL, RASA_PYTHON, rasa_environment
from wenzheng.problems import SetupProblem
from wenzheng.settings import ROOT, Settings

log = structlog.get_logger()

READY_WITHIN = 120.0  # seconds; Rasa loads TensorFlow first
STOP_WITHIN = 10.0
STEADY_AFTER = 60.0  # a process that ran this long starts its next restarts without delay


@dataclass
class Process:
    """One of the three: how it is started, where it answers, and how often it has died lately."""

    name: str
    command: list[str]
    health: str
    environment: Mapping[str, str]
    log_file: Path
    deaths: int = 0
    running: asyncio.subprocess.Process | None = field(default=None, repr=False)

    async def start(self) -> None:
        """Start it in a process group of its own, its output to its log file."""
        with self.log_file.open("ab") as output:
            self.running = await asyncio.create_subprocess_exec(
                *self.command,
                cwd=ROOT,
                env=dict(self.environment),
                stdin=asyncio.subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                start_new_session=True,
                preexec_fn=_die_with_parent if sys.platform == "linux" else None,
            )

    async def stop(self) -> None:
        """Ask it to end, and end it when it does not within ten seconds."""
        if self.running is None or self.running.returncode is not None:
            return
        self._signal(signal.SIGTERM)
        try:
            await asyncio.wait_for(self.running.wait(), STOP_WITHIN)
        except TimeoutError:
            self._signal(signal.SIGKILL)
            await self.running.wait()

    def _signal(self, number: int) -> None:
        assert self.running is not None
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.running.pid, number)


def _die_with_parent() -> None:
    """Have the kernel end this child when the supervisor is killed, so that no port stays taken."""
    set_death_signal = 1
    ctypes.CDLL(None).prctl(set_death_signal, signal.SIGTERM)


def secrets_of(settings: Settings) -> Settings:
    """Fill in what may be random: Rasa's token, and in demo mode the key of stored numbers and one API key.

    The demo's keys are kept in the data folder, so that they are the same at the next start.

    Raises:
        SetupProblem: not in demo mode, and WENZHENG_SECRET is not set.
    """
    values: dict[str, str] = {}
    if not settings.rasa_token.get_secret_value():
        values["rasa_token"] = secrets.token_urlsafe(32)
    if not settings.secret.get_secret_value():
        if not settings.demo:
            raise SetupProblem("WENZHENG_SECRET is not set. Outside demo mode it is required: a long random text.")
        values["secret"] = _kept(settings.data_dir / "demo-secret")
    if not settings.api_keys and settings.demo:
        values["api_keys"] = _kept(settings.data_dir / "demo-api-key")
    kept = settings.model_dump(exclude_none=True)
    return Settings.model_validate({**kept, **values})


def _kept(file: Path) -> str:
    if not file.exists():
        file.touch(mode=0o600)
        file.write_text(secrets.token_urlsafe(32))
    return file.read_text()


def check_ports(settings: Settings) -> None:
    """Make sure that the three ports are free.

    Raises:
        SetupProblem: names the port and the setting that changes it.
    """
    ports = (("PORT", settings.host, settings.port),)
    inner = (("RASA_PORT", "127.0.0.1", settings.rasa_port), ("ACTIONS_PORT", "127.0.0.1", settings.actions_port))
    for setting, host, port in ports + inner:
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind((host, port))
            except OSError as problem:
                raise SetupProblem(
                    f"Port {port} is in use. Stop what uses it, or choose another: {setting}={port + 100} make serve"
                ) from problem


def processes(settings: Settings) -> list[Process]:
    """Describe the three processes for these settings."""
    logs = settings.data_dir / "log"
    logs.mkdir(parents=True, exist_ok=True)
    shared = {**os.environ, **_as_environment(settings)}
    python = sys.executable
    rasa = [
        str(RASA_PYTHON),
        "-m",
        "nlu",
        "run",
        "--model",
        str(MODEL),
        "--interface",
        "127.0.0.1",
        "--port",
        str(settings.rasa_port),
    ]
    rasa += ["--enable-api", "--endpoints", "endpoints.yml", "--credentials", "credentials.yml"]
    rasa_shared = {**rasa_environment(), **shared, "LOG_LEVEL": "WARNING"}
    return [
        Process(
            "actions",
            [python, "-m", "actions"],
            f"http://127.0.0.1:{settings.actions_port}/health",
            shared,
            logs / "actions.log",
        ),
        Process(
            "rasa",
            rasa,
            f"http://127.0.0.1:{settings.rasa_port}/status?token={settings.rasa_token.get_secret_value()}",
            rasa_shared,
            logs / "rasa.log",
        ),
        Process("bot", [python, "-m", "bot"], f"http://127.0.0.1:{settings.port}/healthz", shared, logs / "bot.log"),
    ]


def _as_environment(settings: Settings) -> dict[str, str]:
    """Return the settings as the environment that gives a child the same settings."""
    environment = {}
    for name, info in Settings.model_fields.items():
        value = getattr(settings, name)
        if value is None:
            continue
        plain = value.get_secret_value() if hasattr(value, "get_secret_value") else value
        text = plain.isoformat() if hasattr(plain, "isoformat") else str(plain)
        environment[str(info.alias)] = text
    environment["WENZHENG_NAMES"] = str(settings.names_file)
    return environment


async def _status(url: str) -> int:
    """Return the HTTP status of ``url``, or 0 where nothing answers."""

    def ask() -> int:
        try:
            with urllib.request.urlopen(url, timeout=2) as response:
                return int(response.status)
        except urllib.error.HTTPError as refusal:
            return refusal.code
        except OSError:
            return 0

    return await asyncio.to_thread(ask)


async def wait_until_ready(process: Process, within: float = READY_WITHIN) -> None:
    """Wait until the process answers.

    Raises:
        SetupProblem: it ended, has no model that it can load, or did not answer in time; names its log.
    """
    until = time.monotonic() + within
    while time.monotonic() < until:
        if process.running is not None and process.running.returncode is not None:
            raise SetupProblem(f"{process.name} ended while starting. Its log says why: {process.log_file}")
        status = await _status(process.health)
        if status == HTTPStatus.OK:
            return
        if status == HTTPStatus.CONFLICT:  # Rasa runs, but could not load its model
            raise SetupProblem("The model cannot be loaded. Train it anew: .venv/bin/wenzheng model train --force")
        await asyncio.sleep(0.2)
    raise SetupProblem(f"{process.name} did not answer within {within:.0f} s. Its log: {process.log_file}")


async def keep_running(process: Process) -> None:
    """Start the process again whenever it ends, with a growing pause while it keeps dying."""
    while True:
        assert process.running is not None
        started = time.monotonic()
        code = await process.running.wait()
        process.deaths = 0 if time.monotonic() - started > STEADY_AFTER else process.deaths + 1
        pause = min(0.5 * 2 ** max(process.deaths - 1, 0), 30.0) if process.deaths else 0.0
        log.warning("process ended, starting it again", name=process.name, exit_code=code, pause=pause)
        print(f"{process.name} ended (exit code {code}); starting it again.", file=sys.stderr, flush=True)  # noqa: T201
        await asyncio.sleep(pause)
        await process.start()


async def run(settings: Settings, announce: Callable[[Settings], None]) -> None:
    """Run the three processes until interrupted; ``announce`` is called once all of them answer."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    running = processes(settings)
    keepers: list[asyncio.Task[None]] = []
    try:
        for process in running:
            await process.start()
        ready = asyncio.gather(*(wait_until_ready(process) for process in running))
        stopped = asyncio.create_task(stop.wait())
        first: list[asyncio.Future[Any]] = [ready, stopped]
        await asyncio.wait(first, return_when=asyncio.FIRST_COMPLETED)
        if stop.is_set():
            ready.cancel()
            return
        ready.result()
        announce(settings)
        keepers = [asyncio.create_task(keep_running(process)) for process in running]
        await asyncio.wait({stopped, *keepers}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for keeper in keepers:
            keeper.cancel()
        await asyncio.gather(*keepers, return_exceptions=True)
        await asyncio.gather(*(process.stop() for process in running))
