"""A real headless Chromium: Debian's where it is installed, else Playwright's own."""

import shutil
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Page, sync_playwright

from tests.live import Stack

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync", "--no-first-run"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The browser; a clear failure where none can be had."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    with sync_playwright() as playwright:
        try:
            browser = playwright.chromium.launch(executable_path=program, args=ARGUMENTS)
        except Error as problem:
            pytest.fail(f"No browser: install Debian's chromium, or run 'playwright install chromium'. ({problem})")
        yield browser
        browser.close()


@pytest.fixture
def context(browser: Browser, stack: Stack) -> Iterator[BrowserContext]:
    """A citizen's browser, with cookies of its own, in Chinese, that fails the test on any script error."""
    context = browser.new_context(locale="zh-CN", base_url=stack.url, viewport={"width": 1280, "height": 860})
    yield context
    context.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    """A page; errors in its console, such as a breach of the content security policy, fail the test."""
    page = context.new_page()
    problems: list[str] = []
    page.on("pageerror", lambda problem: problems.append(str(problem)))
    page.on(
        "console",
        lambda line: problems.append(line.text) if line.type == "error" and "WebSocket" not in line.text else None,
    )
    yield page
    assert not problems, problems
