import asyncio
import socket
import sys
import time
from pathlib import Path

import pytest

from tests.live import free_port
from wenzheng.problems import SetupProblem
from wenzheng.serve import Process, check_ports, keep_running, processes, secrets_of, wait_until_ready
from wenzheng.settings import Settings

SERVER = """
import sys
from http.server import BaseHTTPRequestHandler, HTTPServer
class Answer(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers()
    def log_message(self, *a): pass
HTTPServer(("127.0.0.1", int(sys.argv[1])), Answer).serve_forever()
"""


def settings(tmp_path: Path, **values: object) -> Settings:
    ports = {name: free_port() for name in ("PORT", "RASA_PORT", "ACTIONS_PORT")}
    return Settings.model_validate({"WENZHENG_DATA": tmp_path, **ports, **values})


def server(tmp_path: Path, code: str = SERVER) -> Process:
    port = free_port()
    command = [sys.executable, "-c", code, str(port)]
    return Process("server", command, f"http://127.0.0.1:{port}/", {}, tmp_path / "server.log")


def test_a_port_in_use_is_named_with_its_setting(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(SetupProblem, match=rf"Port {port} is in use.*RASA_PORT="):
            check_ports(settings(tmp_path, RASA_PORT=port))


def test_the_demo_keeps_its_keys_and_makes_a_token_for_each_start(tmp_path: Path) -> None:
    first, second = secrets_of(settings(tmp_path)), secrets_of(settings(tmp_path))
    assert first.api_keys == second.api_keys != ""
    assert first.secret == second.secret
    assert first.rasa_token != second.rasa_token
    assert (tmp_path / "demo-secret").stat().st_mode & 0o077 == 0


def test_outside_demo_mode_the_secret_is_required(tmp_path: Path) -> None:
    with pytest.raises(SetupProblem, match="WENZHENG_SECRET"):
        secrets_of(settings(tmp_path, WENZHENG_DEMO="false"))


def test_no_secret_stands_among_the_arguments(tmp_path: Path) -> None:
    chosen = secrets_of(settings(tmp_path))
    words = {word for process in processes(chosen) for word in process.command}
    assert not words & {chosen.rasa_token.get_secret_value(), chosen.secret.get_secret_value(), chosen.api_keys}


def test_children_get_the_same_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    chosen = secrets_of(settings(tmp_path, WENZHENG_CLOCK="2030-02-03T09:00:00+08:00"))
    for name, value in processes(chosen)[0].environment.items():
        monkeypatch.setenv(name, value)
    assert Settings() == chosen


async def test_a_process_that_dies_is_started_again(tmp_path: Path) -> None:
    process = server(tmp_path)
    await process.start()
    await wait_until_ready(process, 20)
    assert process.running is not None
    first = process.running.pid
    keeper = asyncio.create_task(keep_running(process))
    process.running.kill()
    until = time.monotonic() + 20
    while process.running.pid == first:
        assert time.monotonic() < until
        await asyncio.sleep(0.05)
    await wait_until_ready(process, 20)
    keeper.cancel()
    await process.stop()
    assert process.running.returncode is not None


async def test_a_process_that_ends_at_once_is_a_problem_with_its_log_named(tmp_path: Path) -> None:
    process = server(tmp_path, "raise SystemExit(3)")
    await process.start()
    with pytest.raises(SetupProblem, match=r"server ended while starting.*server\.log"):
        await wait_until_ready(process, 20)


async def test_a_model_that_cannot_be_loaded_is_a_problem_with_its_remedy(tmp_path: Path) -> None:
    process = server(tmp_path, SERVER.replace("200", "409"))
    await process.start()
    with pytest.raises(SetupProblem, match=r"cannot be loaded.*train --force"):
        await wait_until_ready(process, 20)
    await process.stop()
