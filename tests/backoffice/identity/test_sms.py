import json
import logging
import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from backoffice.db import Database
from backoffice.identity.sms import DemoOutbox, HttpSms
from tests.backoffice.identity.conftest import MovingClock


def test_the_outbox_shows_the_newest_first(database: Database, clock: MovingClock) -> None:
    outbox = DemoOutbox(database, clock)
    for number in range(3):
        outbox.send("19900000001", f"message {number}")
        clock.pass_by(minutes=1)
    newest, second = outbox.latest(2)
    assert (newest["phone"], newest["text"]) == ("19900000001", "message 2")
    assert (newest["sent_at"] - second["sent_at"]).total_seconds() == 60


def test_a_message_to_nobody_is_not_shown(database: Database, clock: MovingClock) -> None:
    outbox = DemoOutbox(database, clock)
    outbox.send("19900000001", "for her")
    outbox.send("", "for nobody")
    assert [message["text"] for message in outbox.latest()] == ["for her"]


class Gateway(HTTPServer):
    """A text message service that fails as often as it is told to."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.taken: list[dict[str, str]] = []
        self.asked = 0
        self.failures = 0


class Handler(BaseHTTPRequestHandler):
    server: Gateway

    def do_POST(self) -> None:
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.asked += 1
        failing = self.server.asked <= self.server.failures
        if not failing:
            self.server.taken.append(body)
        self.send_response(503 if failing else 204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def gateway() -> Iterator[Gateway]:
    server = Gateway()
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


def wait_for(gateway: Gateway, asked: int) -> None:
    end = time.monotonic() + 5
    while gateway.asked < asked and time.monotonic() < end:
        time.sleep(0.01)


def test_a_message_goes_to_the_service_and_is_tried_again(gateway: Gateway) -> None:
    gateway.failures = 2
    HttpSms(f"http://127.0.0.1:{gateway.server_port}/send", pause=0).send("19900000001", "123456")
    wait_for(gateway, 3)
    assert gateway.taken == [{"phone": "19900000001", "text": "123456"}]


def test_a_message_to_nobody_reaches_nobody(gateway: Gateway) -> None:
    sms = HttpSms(f"http://127.0.0.1:{gateway.server_port}/send")
    sms.send("", "123456")
    sms.send("19900000001", "123456")
    wait_for(gateway, 1)
    assert [message["phone"] for message in gateway.taken] == ["19900000001"]


def test_a_failure_is_logged_without_number_and_text(gateway: Gateway, caplog: pytest.LogCaptureFixture) -> None:
    gateway.failures = 100
    with caplog.at_level(logging.WARNING):
        HttpSms(f"http://127.0.0.1:{gateway.server_port}/send", tries=2, pause=0).send("19900000001", "123456")
        wait_for(gateway, 2)
        end = time.monotonic() + 5
        while len(caplog.records) < 2 and time.monotonic() < end:
            time.sleep(0.01)
    assert len(caplog.records) == 2
    assert "19900000001" not in caplog.text
    assert "123456" not in caplog.text
