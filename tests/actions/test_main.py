"""The action server as a process: on the loopback, one message a call, an empty domain is enough."""

import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.actions.chat import ROOT


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder: Path = tmp_path_factory.mktemp("actions")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    environment = {**os.environ, "ACTIONS_PORT": str(port), "WENZHENG_DATA": str(folder), "DATABASE_URL": ""}
    log = (folder / "log").open("wb")
    process = subprocess.Popen([sys.executable, "-m", "actions"], cwd=ROOT, env=environment, stdout=log, stderr=log)
    try:
        until = time.monotonic() + 30
        while time.monotonic() < until:
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health", timeout=1).close()
                break
            except OSError:
                assert process.poll() is None, (folder / "log").read_text()
                time.sleep(0.1)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(10)
        log.close()


def post(address: str, body: bytes) -> tuple[int, dict]:
    request = urllib.request.Request(f"{address}/webhook", body, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            return response.status, json.loads(response.read())
    except urllib.error.HTTPError as problem:
        with problem:
            return problem.code, json.loads(problem.read())


def call(text: str, intent: str, action: str) -> bytes:
    latest = {"text": text, "intent": {"name": intent, "confidence": 0.9}, "entities": []}
    tracker = {"sender_id": "chat-1", "slots": {}, "latest_message": latest}
    return json.dumps({"next_action": action, "sender_id": "chat-1", "tracker": tracker, "domain": {}}).encode()


def test_a_call_with_an_empty_domain_gets_one_message(address: str) -> None:
    status, answer = post(address, call("你好", "greet", "action_small_talk"))
    assert status == 200
    assert len(answer["responses"]) == 1
    assert answer["responses"][0]["text"]


def test_a_failing_record_is_an_apology_not_an_error(address: str) -> None:
    """The database of this server has no tables."""
    status, answer = post(address, call("我的医保余额 秘密", "medical_balance", "action_medical_balance"))
    assert status == 200
    assert "12345" in answer["responses"][0]["text"]
    assert "秘密" not in json.dumps(answer, ensure_ascii=False)


def test_what_cannot_be_read_is_refused(address: str) -> None:
    assert post(address, b"{")[0] == 400
    assert post(address, call("x", "greet", "action_unknown"))[0] == 404
