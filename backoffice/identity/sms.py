"""The port through which text messages leave, and its two adapters."""

import json
import logging
import threading
import time
import urllib.request
from datetime import datetime
from typing import Protocol, TypedDict

from sqlalchemy import delete, select

from backoffice.clock import Clock
from backoffice.db import Database
from backoffice.identity.tables import SmsRow

log = logging.getLogger(__name__)


class SmsPort(Protocol):
    """Sends a text message, in a time that tells nothing about the receiver."""

    def send(self, phone: str, text: str) -> None:
        """Send ``text`` to ``phone``, or to nobody in the same time if ``phone`` is empty."""


class SentSms(TypedDict):
    """A message of the demo outbox."""

    phone: str
    text: str
    sent_at: datetime


class DemoOutbox:
    """Keeps messages in a table that the demo's outbox page shows; sends nothing."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def send(self, phone: str, text: str) -> None:
        """Keep the message; one to nobody is written and taken out again."""
        with self._db.write() as session:
            row = SmsRow(phone=phone, text=text, sent_at=self._clock())
            session.add(row)
            session.flush()
            session.execute(delete(SmsRow).where(SmsRow.id == row.id, SmsRow.phone == ""))

    def latest(self, n: int = 50) -> list[SentSms]:
        """Return the newest messages, newest first."""
        with self._db.read() as session:
            rows = session.scalars(select(SmsRow).order_by(SmsRow.id.desc()).limit(n))
            return [{"phone": row.phone, "text": row.text, "sent_at": row.sent_at} for row in rows]


class HttpSms:
    """Posts ``{"phone", "text"}`` as JSON to the city's text message service, in a thread of its own."""

    def __init__(self, url: str, timeout: float = 10.0, tries: int = 3, pause: float = 2.0) -> None:
        self._url = url
        self._pause = pause
        self._timeout = timeout
        self._tries = tries

    def send(self, phone: str, text: str) -> None:
        """Hand the message over; a failure is logged without number or text."""
        threading.Thread(target=self._post, args=(phone, text), daemon=True).start()

    def _post(self, phone: str, text: str) -> None:
        if not phone:
            return
        body = json.dumps({"phone": phone, "text": text}).encode()
        request = urllib.request.Request(self._url, body, {"Content-Type": "application/json"})
        for left in reversed(range(self._tries)):
            try:
                with urllib.request.urlopen(request, timeout=self._timeout):
                    return
            except OSError as problem:
                log.warning("a text message was not taken (%s), %d tries left", type(problem).__name__, left)
                if left:
                    time.sleep(self._pause)
