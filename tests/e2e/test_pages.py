"""Every page: no accessibility violation, no sideways scrolling, in both languages and themes."""

from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from tests.e2e.chat import Chat
from tests.live import Stack

pytestmark = pytest.mark.e2e

PAGES = ("/", "/chat", "/sign-in", "/me", "/demo/outbox", "/conversation/print", "/nowhere")


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves a folder and logs nothing."""

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {[node['target'] for node in one['nodes']]}" for one in found]


@pytest.mark.parametrize("address", PAGES)
@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(context: BrowserContext, stack: Stack, address: str, language: str, theme: str) -> None:
    context.add_cookies(
        [
            {"name": "wz_lang", "value": language, "url": stack.url},
            {"name": "wz_theme", "value": theme, "url": stack.url},
        ]
    )
    page = context.new_page()
    page.goto(address)
    assert violations(page) == []


def test_axe_finds_nothing_in_a_chat_with_every_kind_of_answer(page: Page) -> None:
    chat = Chat(page)
    for text in (
        "找个电工的活",
        "医保统筹基金还剩多少",
        "住院三万五能报多少",
        "三级医院，职工医保",
        "我医保卡还剩多少钱",
    ):
        chat.say(text)
    page.wait_for_timeout(500)
    assert violations(page) == []


@pytest.mark.parametrize("width", [360, 1440])
@pytest.mark.parametrize("large", ["0", "1"])
def test_nothing_scrolls_sideways(browser: Browser, stack: Stack, width: int, large: str) -> None:
    context = browser.new_context(base_url=stack.url, viewport={"width": width, "height": 800})
    context.add_cookies([{"name": "wz_large", "value": large, "url": stack.url}])
    page = context.new_page()
    wide: dict[str, Any] = {}
    for address in PAGES:
        page.goto(address)
        if address == "/chat":
            chat = Chat(page, "")
            chat.say("找个电工的活")
            chat.say("医保统筹基金还剩多少")
        over = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if over > 0:
            wide[address] = over
    context.close()
    assert wide == {}


def test_the_widget_opens_the_chat_on_another_page(browser: Browser, stack: Stack, tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text(
        f'<!doctype html><title>x</title><script src="{stack.url}/widget.js"></script>'
    )
    handler = partial(QuietHandler, directory=str(tmp_path))
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    Thread(target=server.serve_forever, daemon=True).start()
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.goto(f"http://localhost:{server.server_port}/")
    page.get_by_role("button").click()
    frame = page.frame_locator("iframe")
    frame.get_by_role("textbox").fill("你好")
    frame.get_by_role("textbox").press("Enter")
    frame.get_by_role("log").locator('[data-from="assistant"]').first.wait_for()
    context.close()
    server.shutdown()
    server.server_close()
