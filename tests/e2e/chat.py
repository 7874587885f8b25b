"""The chat page as a citizen sees it: found by role and label, as a screen reader finds it."""

import re

from playwright.sync_api import Locator, Page, expect

from tests.live import Stack, newest_code

ANSWER_WITHIN = 15_000  # milliseconds


class Chat:
    """One open chat page."""

    def __init__(self, page: Page, address: str = "/chat") -> None:
        self.page = page
        if address:
            page.goto(address)
        expect(self.composer).to_be_enabled(timeout=ANSWER_WITHIN)

    @property
    def composer(self) -> Locator:
        return self.page.get_by_role("textbox")

    @property
    def log(self) -> Locator:
        return self.page.get_by_role("log")

    def messages(self, sender: str) -> Locator:
        """All messages of citizen, assistant or system, oldest first."""
        return self.log.locator(f'[data-from="{sender}"]')

    def say(self, text: str) -> Locator:
        """Say something, wait for the next answer, and return it."""
        before = self.messages("assistant").count()
        self.composer.fill(text)
        self.composer.press("Enter")
        expect(self.messages("citizen").filter(has_text=text).last).to_be_visible()
        return self.answer(before)

    def answer(self, after: int) -> Locator:
        """Return the answer that follows so many answers."""
        next_answer = self.messages("assistant").nth(after)
        expect(next_answer).to_be_visible(timeout=ANSWER_WITHIN)
        return next_answer

    def sign_in(self, stack: Stack, resident: dict[str, str]) -> None:
        """Follow the newest offered link, fill in both forms, and come back to the chat."""
        self.log.get_by_role("link", name=re.compile("登录|Sign in")).last.click()
        self.page.locator("[name=id_number]").fill(resident["id_number"])
        self.page.locator("[name=name]").fill(resident["name"])
        self.page.locator("[name=name]").press("Enter")
        code = self.page.locator("[name=code]")
        expect(code).to_be_visible()
        code.fill(newest_code(stack, resident["phone"]))
        code.press("Enter")
        self.page.get_by_role("link", name=re.compile("对话|chat")).last.click()
        expect(self.composer).to_be_enabled(timeout=ANSWER_WITHIN)
