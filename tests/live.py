"""The real thing for tests: the three processes on ports of their own, and a citizen who talks to them by script."""

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from dataclasses import dataclass, field
from http.cookiejar import CookieJar
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
WENZHENG = ROOT / ".venv" / "bin" / "wenzheng"


def free_port() -> int:
    """Return a port that nobody uses just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Stack:
    """A running installation with a demo city of its own in ``folder``."""

    folder: Path
    environment: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None

    def __post_init__(self) -> None:
        ports = {name: str(free_port()) for name in ("PORT", "RASA_PORT", "ACTIONS_PORT")}
        self.environment = {
            **os.environ,
            **ports,
            "WENZHENG_DATA": str(self.folder),
            "WENZHENG_API_KEYS": "test-key",
            "WENZHENG_CLOCK": "2026-11-23T09:30:00+08:00",
            **self.environment,
        }

    @property
    def url(self) -> str:
        """Address of the web server."""
        return f"http://localhost:{self.environment['PORT']}"

    def start(self, within: float = 300) -> float:
        """Start everything and return the seconds until it answered."""
        began = time.monotonic()
        with (self.folder / "serve.log").open("ab") as output:
            self.process = subprocess.Popen(
                [WENZHENG, "serve"], cwd=ROOT, env=self.environment, stdout=output, stderr=output
            )
        while time.monotonic() - began < within:
            if self.process.poll() is not None:
                raise AssertionError(f"serve ended:\n{(self.folder / 'serve.log').read_text()[-3000:]}")
            if self.ready():
                return time.monotonic() - began
            time.sleep(0.2)
        raise AssertionError(f"not ready:\n{(self.folder / 'serve.log').read_text()[-3000:]}")

    def ready(self) -> bool:
        """Say whether bot, rasa, actions and database all answer."""
        try:
            with urllib.request.urlopen(f"{self.url}/readyz", timeout=2) as response:
                return bool(response.status == 200)
        except OSError:
            return False

    def wait_ready(self, within: float = 60) -> None:
        """Wait until everything answers again."""
        until = time.monotonic() + within
        while not self.ready():
            assert time.monotonic() < until, "not ready again in time"
            time.sleep(0.1)

    def kill(self, name: str) -> None:
        """Kill one of the processes (rasa, actions, bot) without warning."""
        pattern = {
            "rasa": f"--port {self.environment['RASA_PORT']}",
            "actions": "-m actions",
            "bot": "-m bot",
        }[name]
        assert self.process is not None
        children = subprocess.run(
            ["pgrep", "-P", str(self.process.pid), "-f", "--", pattern], capture_output=True, text=True
        )
        pids = [int(line) for line in children.stdout.split()]
        assert pids, f"no process {name} found"
        for pid in pids:
            os.killpg(pid, signal.SIGKILL)

    def stop(self) -> None:
        """Stop everything as Ctrl-C does."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
            self.process.wait(timeout=30)

    def facts(self) -> dict[str, Any]:
        """Return what ``wenzheng demo facts`` prints."""
        done = subprocess.run(
            [WENZHENG, "demo", "facts"], cwd=ROOT, env=self.environment, capture_output=True, check=True
        )
        return dict(json.loads(done.stdout))

    def logs(self) -> str:
        """Return everything that the processes have logged."""
        return "".join(file.read_text(errors="replace") for file in (self.folder / "log").glob("*.log"))


class Citizen:
    """One caller of the REST webhook, who can sign in on the page with a cookie jar."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        self.sender = uuid.uuid4().hex
        self.link: str | None = None
        self.web = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def say(self, text: str) -> list[dict[str, Any]]:
        """Send one message and return the replies."""
        request = urllib.request.Request(
            f"{self.stack.url}/webhooks/rest/webhook",
            json.dumps({"sender": self.sender, "message": text}).encode(),
            {"Content-Type": "application/json", "Authorization": "Bearer test-key"},
        )
        with urllib.request.urlopen(request, timeout=30) as response:
            replies = list(json.loads(response.read()))
        for reply in replies:
            if (reply.get("custom") or {}).get("type") == "sign_in":
                self.link = reply["custom"]["url"]
        return replies

    def sign_in(self, resident: dict[str, Any]) -> None:
        """Complete sign-in at the last offered link (or ask for one) as a demo resident."""
        if self.link is None:
            self.say("我要登录")
        assert self.link is not None, "no sign-in link was offered"
        fields = {"id_number": resident["id_number"], "name": resident["name"]}
        page, address = self._submit(self._open(self.link), self.link, fields)
        page, address = self._submit(page, address, {"code": newest_code(self.stack, resident["phone"])})
        assert 'name="code"' not in page, "sign-in did not succeed"
        self.link = None

    def _open(self, address: str) -> str:
        with self.web.open(address, timeout=10) as response:
            return str(response.read().decode())

    def _submit(self, page: str, address: str, fields: dict[str, str]) -> tuple[str, str]:
        """Fill in the page's form (hidden fields kept) and post it; return the next page and its address."""
        form = re.search(r'<form[^>]*action="([^"]*)"[^>]*data-form="sign-in".*?</form>', page, re.S) or re.search(
            r'<form[^>]*method="post"[^>]*?(?:action="([^"]*)")?[^>]*>.*?</form>', page, re.S | re.I
        )
        assert form, page[:2000]
        hidden = dict(re.findall(r'<input[^>]*type="hidden"[^>]*name="([^"]+)"[^>]*value="([^"]*)"', form.group(0)))
        action = re.search(r'<form[^>]*action="([^"]*)"', form.group(0))
        target = urllib.parse.urljoin(address, action.group(1) if action and action.group(1) else address)
        data = urllib.parse.urlencode({**hidden, **fields}).encode()
        origin = urllib.parse.urlsplit(address)
        request = urllib.request.Request(target, data, {"Origin": f"{origin.scheme}://{origin.netloc}"})
        with self.web.open(request, timeout=10) as response:
            return str(response.read().decode()), str(response.geturl())


def newest_code(stack: Stack, phone: str) -> str:
    """Return the newest sign-in code that the demo outbox shows for a phone."""
    with urllib.request.urlopen(f"{stack.url}/demo/outbox.json", timeout=10) as response:
        sent = [entry for entry in json.loads(response.read()) if entry["phone"] == phone]
    newest = max(sent, key=lambda entry: entry["sent_at"])
    found = re.search(r"\b\d{6}\b", newest["text"]) or re.search(r"\d{6}", newest["text"])
    assert found
    return found.group(0)


if __name__ == "__main__":
    import tempfile

    with tempfile.TemporaryDirectory() as name:
        stack = Stack(Path(name))
        print(f"ready in {stack.start():.1f} s at {stack.url}")  # noqa: T201
        try:
            citizen = Citizen(stack)
            for line in sys.stdin:
                for reply in citizen.say(line.strip()):
                    print(json.dumps(reply, ensure_ascii=False, indent=1))  # noqa: T201
        finally:
            stack.stop()
