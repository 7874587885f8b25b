"""The main job in a real browser, against the real three processes."""

from typing import Any

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.e2e.chat import ANSWER_WITHIN, Chat
from tests.live import Stack

pytestmark = pytest.mark.e2e


def resident(facts: dict[str, Any], key: str) -> dict[str, str]:
    return next(person for person in facts["residents"] if person["key"] == key)


def test_a_personal_question_is_answered_after_sign_in_without_being_asked_again(
    page: Page, stack: Stack, facts: dict[str, Any]
) -> None:
    chat = Chat(page)
    balance = facts["cases"]["medical"]["balance"]
    offer = chat.say("我医保卡里还剩多少钱")
    expect(offer).to_contain_text("登录")
    expect(offer).not_to_contain_text(balance)
    chat.sign_in(stack, resident(facts, "A"))
    expect(chat.messages("assistant").last).to_contain_text(balance, timeout=ANSWER_WITHIN)
    expect(chat.say("那上个月扣的那几笔是啥")).to_contain_text("10月")
    expect(chat.say("顺便看看我老伴的")).to_contain_text("本人")


def test_a_job_search_is_narrowed_corrected_and_relaxed(page: Page) -> None:
    chat = Chat(page)
    expect(chat.say("找个电工的活")).to_contain_text("电工")
    expect(chat.say("东湖那边的")).to_contain_text("东湖区")
    south = chat.say("不是东湖，是南港")
    expect(south).to_contain_text("南港区")
    expect(south).not_to_contain_text("东湖区")
    expect(chat.say("七千往上的")).to_contain_text("7000元")
    anywhere = chat.say("区不限了")
    expect(anywhere).to_contain_text("7000元")
    expect(anywhere).to_contain_text("电工")


def test_a_typed_resident_number_is_masked_and_reaches_neither_rasa_nor_a_log(
    page: Page, stack: Stack, facts: dict[str, Any]
) -> None:
    number = resident(facts, "B")["id_number"]
    chat = Chat(page)
    chat.composer.fill(f"我身份证号{number}，直接查余额")
    chat.composer.press("Enter")
    masked = f"{number[:6]}********{number[-4:]}"
    expect(chat.messages("citizen").last).to_contain_text(masked, timeout=ANSWER_WITHIN)
    expect(chat.answer(0)).to_contain_text("登录")
    expect(chat.log).not_to_contain_text(number)
    page.reload()
    expect(chat.messages("citizen").last).to_contain_text(masked, timeout=ANSWER_WITHIN)
    assert number not in stack.logs()
    trackers = list(stack.folder.glob("rasa-slots.db*"))
    assert trackers
    assert not [file for file in trackers if number.encode() in file.read_bytes()]


def test_two_tabs_of_one_chat_stay_in_step(page: Page, context: BrowserContext) -> None:
    first, second = Chat(page), Chat(context.new_page())
    first.say("你好")
    expect(second.messages("citizen")).to_have_count(1)
    expect(second.messages("assistant")).to_have_count(1)
    second.say("安澜市第一人民医院是几级")
    expect(first.messages("citizen")).to_have_count(2)
    expect(first.messages("assistant")).to_have_count(2)


def test_english_is_answered_in_english(page: Page) -> None:
    chat = Chat(page)
    expect(chat.say("looking for english teacher jobs in donghu")).to_contain_text("Donghu")
    narrowed = chat.say("oops sorry i meant nangang not donghu")
    expect(narrowed).to_contain_text("Nangang")
    expect(narrowed).to_contain_text("teacher")


def test_what_a_citizen_types_is_never_markup(page: Page) -> None:
    chat = Chat(page)
    chat.say('<img src=x onerror="document.title=1"><b>你好</b>')
    expect(chat.messages("citizen").last).to_contain_text("<b>你好</b>")
    assert page.title() != "1"
    assert chat.log.locator("img, b").count() == 0
