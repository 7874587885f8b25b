"""Every route: known, guarded, and with the headers that keep a page to itself."""

import io
import json
import logging
import re
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer

from bot.bootstrap import make_app
from bot.words import texts
from tests.bot.chatter import Chatter
from tests.bot.fakes import NAME, NUMBER, FakeRasa, Records
from tests.bot.portal.test_sign_in import link_of, sign_in
from wenzheng import logs
from wenzheng.settings import Settings

PUBLIC_GET = {
    "/",
    "/chat",
    "/widget.js",
    "/sign-in",
    "/signed-in",
    "/me",
    "/conversation/print",
    "/conversation.txt",
    "/demo/outbox",
    "/demo/outbox.json",
    "/chat/session",
    "/ws/chat",
    "/healthz",
    "/readyz",
    "/metrics",
}
OWN_FORMS = {
    "/sign-in",
    "/sign-in/code",
    "/sign-in/continue",
    "/sign-out",
    "/sign-out/everywhere",
    "/chat/session",
    "/chat/session/new",
}
BY_KEY = {"/webhooks/rest/webhook"}


def routes(app: web.Application) -> list[tuple[str, str]]:
    found = [(route.method, str(route.resource.canonical)) for route in app.router.routes() if route.resource]
    assert len(found) > 15
    return [(method, path) for method, path in found if method != "HEAD" and path != "/static"]


async def test_no_route_is_unknown(bot: TestServer) -> None:
    expected = {("GET", path) for path in PUBLIC_GET} | {("POST", path) for path in OWN_FORMS | BY_KEY}
    assert set(routes(bot.app)) == expected


async def test_every_answer_carries_the_headers(bot: TestServer, browser: aiohttp.ClientSession) -> None:
    for method, path in [*routes(bot.app), ("GET", "/nowhere"), ("DELETE", "/")]:
        async with browser.request(method, bot.make_url(path), allow_redirects=False) as response:
            policy = response.headers["Content-Security-Policy"]
            assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'"), path
            assert "unsafe" not in policy
            assert "frame-ancestors 'self'" in policy
            assert response.headers["X-Content-Type-Options"] == "nosniff"
            assert response.headers["Referrer-Policy"] == "no-referrer"
            assert "Permissions-Policy" in response.headers
            assert "Strict-Transport-Security" not in response.headers
            assert "Python" not in response.headers.get("Server", "")


async def test_pages_hold_no_inline_script_or_style(bot: TestServer, browser: aiohttp.ClientSession) -> None:
    for path in ("/", "/chat", "/sign-in", "/me", "/demo/outbox", "/conversation/print", "/nowhere"):
        async with browser.get(bot.make_url(path)) as response:
            html = await response.text()
        assert not re.search(r"<style|\sstyle=|\son\w+=|<script(?![^>]*\ssrc=)|javascript:", html), path


async def test_every_post_of_another_site_is_refused(bot: TestServer, browser: aiohttp.ClientSession) -> None:
    for method, path in routes(bot.app):
        if method == "POST":
            headers = {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}
            async with browser.post(bot.make_url(path), data={"a": "b"}, headers=headers) as response:
                assert response.status == (401 if path in BY_KEY else 403), path


@pytest.mark.parametrize(
    ("path", "demo", "ancestors"),
    [
        ("/chat", True, "'self'"),
        ("/?embed=1", True, "'self'"),
        ("/chat?embed=1", False, "'self' https://city.example https://two.example"),
        (
            "/chat?embed=1",
            True,
            "'self' https://city.example https://two.example http://localhost:* http://127.0.0.1:*",
        ),
    ],
)
async def test_only_the_embedded_chat_stands_in_named_sites(
    start: Any, browser: aiohttp.ClientSession, path: str, demo: bool, ancestors: str
) -> None:
    bot = await start(embed_origins="https://city.example, https://two.example", demo=demo)
    async with browser.get(bot.make_url(path)) as response:
        assert response.headers["Content-Security-Policy"].endswith(f"frame-ancestors {ancestors}")


async def test_behind_https_browsers_are_told_to_stay_there(start: Any, browser: aiohttp.ClientSession) -> None:
    bot = await start(public_url="https://wz.example")
    async with browser.get(bot.make_url("/sign-in")) as response:
        assert "max-age" in response.headers["Strict-Transport-Security"]
        assert "Secure" in response.headers["Set-Cookie"]


async def test_readyz_says_which_part_is_missing(
    bot: TestServer, browser: aiohttp.ClientSession, rasa: FakeRasa, records: Records
) -> None:
    async def ready() -> tuple[int, Any]:
        async with browser.get(bot.make_url("/readyz")) as response:
            return response.status, await response.json()

    assert await ready() == (200, {"status": "ok", "database": "ok", "rasa": "ok", "actions": "ok"})
    rasa.healthy = False
    assert await ready() == (503, {"status": "not ready", "database": "ok", "rasa": "down", "actions": "down"})


async def test_metrics_count_turns_and_open_sockets(
    bot: TestServer, browser: aiohttp.ClientSession, chat: Chatter, rasa: FakeRasa
) -> None:
    await chat.ask("你好")
    rasa.fault = "status"
    await chat.ask("余额")
    async with browser.get(bot.make_url("/metrics")) as response:
        text = await response.text()
    assert 'wenzheng_turns_total{outcome="answered"} 1.0' in text
    assert 'wenzheng_turns_total{outcome="apologised"} 1.0' in text
    assert 'wenzheng_rasa_errors_total{kind="status"}' in text
    assert "wenzheng_open_sockets 1.0" in text
    assert "wenzheng_pending_messages 1.0" in text
    assert "wenzheng_turn_seconds_count 1.0" in text


async def test_logs_hold_ids_but_neither_words_numbers_nor_tokens(
    bot: TestServer,
    browser: aiohttp.ClientSession,
    chat: Chatter,
    records: Records,
    rasa: FakeRasa,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written = io.StringIO()
    root = logging.getLogger()
    before = root.handlers[:]
    monkeypatch.setattr("sys.stderr", written)
    logs.configure("bot")
    try:
        conversation = chat.frames[0]["conversation"]
        await chat.ask(f"我是{NUMBER}，电话19900000001")
        link = link_of(bot, records, conversation)
        await sign_in(browser, link, records)
        await chat.ask("秘密的问题")
        rasa.fault = "status"
        await chat.ask("另一个秘密")
        await browser.get(bot.make_url(f"/nowhere/{NUMBER}?q={NUMBER}"))
        await browser.post(bot.make_url("/sign-in"), data=b"\xff" * 10)
    finally:
        root.handlers[:] = before
        import structlog

        structlog.reset_defaults()
    text = written.getvalue()
    lines = [json.loads(line) for line in text.splitlines()]
    assert any(line.get("conversation") == conversation and line["event"] == "answered" for line in lines)
    assert any(line["event"] == "rasa did not answer" for line in lines)
    secrets = [NUMBER, NAME, "19900000001", "秘密", "rasa-token", link.rpartition("=")[2], "?", "nowhere"]
    secrets += [cookie.value for cookie in browser.cookie_jar]
    assert [secret for secret in secrets if secret in text] == []


def test_every_sentence_that_is_used_exists_and_every_one_is_used() -> None:
    from pathlib import Path

    folder = Path(__file__).resolve().parents[2] / "bot"
    sources = "".join(
        file.read_text()
        for kind in ("*.py", "*.html")
        for file in folder.rglob(kind)
        if "node_modules" not in str(file)
    )
    used = set(re.findall(r"""\b(?:t|texts\(\))\(\s*["']([a-z_]+\.[a-z_0-9]+(?:\.[a-z]+)?)["']""", sources))
    assert len(used) > 30
    built = ("error.", "sender.", "who.", "record.", "why.", "home.example.", "chat.", "sign_in.", "code.", "nav.")
    assert {key for key in used if key not in texts() and not key.endswith(".")} == set()
    assert {key for key in texts().keys() - used if not key.startswith(built)} == set()


def test_the_app_can_be_made_without_connecting(settings: Settings, records: Records) -> None:
    assert make_app(settings, records) is not None  # type: ignore[arg-type]
