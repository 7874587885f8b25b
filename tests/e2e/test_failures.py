"""Connections cut and processes killed in the middle: nothing lost, nothing twice, and the citizen is told."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.e2e.chat import Chat
from tests.e2e.proxy import Proxy
from tests.live import Stack

pytestmark = pytest.mark.e2e


@pytest.fixture
def proxy(stack: Stack) -> Iterator[Proxy]:
    proxy = Proxy(int(stack.environment["PORT"]))
    yield proxy
    proxy.close()


@pytest.fixture
def quiet_page(browser: Browser) -> Iterator[Page]:
    """A page whose failed requests are expected."""
    context = browser.new_context(locale="zh-CN")
    yield context.new_page()
    context.close()


def test_a_cut_connection_is_resumed_with_nothing_lost_or_twice(proxy: Proxy, quiet_page: Page) -> None:
    chat = Chat(quiet_page, f"http://localhost:{proxy.port}/chat")
    chat.say("你好")
    proxy.cut()
    for text in ("找个电工的活", "东湖那边的"):
        chat.composer.fill(text)
        chat.composer.press("Enter")
    proxy.mend()
    expect(chat.messages("assistant")).to_have_count(3, timeout=30_000)
    expect(chat.messages("citizen")).to_have_count(3)
    expect(chat.messages("assistant").last).to_contain_text("东湖区")
    quiet_page.reload()
    expect(chat.messages("assistant")).to_have_count(3, timeout=15_000)
    expect(chat.messages("citizen")).to_have_count(3)


def test_rasa_killed_in_the_middle_loses_nothing(stack: Stack, quiet_page: Page) -> None:
    chat = Chat(quiet_page, f"{stack.url}/chat")
    chat.say("找个电工的活")
    stack.kill("rasa")
    chat.composer.fill("南港那边的")
    chat.composer.press("Enter")
    apology = chat.answer(1)
    expect(apology).to_contain_text("抱歉")
    stack.wait_ready()
    late = chat.answer(2)
    expect(late).to_contain_text("南港区")
    expect(late).to_contain_text("电工")
    assert chat.messages("citizen").count() == 2
    expect(chat.say("七千往上的")).to_contain_text("南港区")


def test_actions_killed_in_the_middle_loses_nothing(stack: Stack, quiet_page: Page) -> None:
    chat = Chat(quiet_page, f"{stack.url}/chat")
    chat.say("你好")
    stack.kill("actions")
    chat.composer.fill("安澜市第一人民医院是几级")
    chat.composer.press("Enter")
    stack.wait_ready()
    expect(chat.messages("assistant").filter(has_text="三级")).to_have_count(1, timeout=30_000)
    assert chat.messages("citizen").count() == 2


def test_the_bot_killed_in_the_middle_loses_nothing(stack: Stack, quiet_page: Page) -> None:
    chat = Chat(quiet_page, f"{stack.url}/chat")
    chat.say("你好")
    stack.kill("bot")
    chat.composer.fill("找个电工的活")
    chat.composer.press("Enter")
    stack.wait_ready()
    expect(chat.messages("assistant").filter(has_text="电工")).to_have_count(1, timeout=30_000)
    expect(chat.messages("citizen")).to_have_count(2)
