"""Sign-in by plain forms, and what the chat hears of it."""

import re
from datetime import timedelta
from html import unescape
from typing import Any
from urllib.parse import urljoin

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from backoffice.errors import TooManyTries
from bot.chat.store import hash_key
from bot.keys import STORE
from tests.bot.chatter import Chatter
from tests.bot.fakes import NAME, NUMBER, PHONE, FakeRasa, MovingClock, Records

WHO = {"id_number": NUMBER, "name": NAME}


class Page:
    """A page and its sign-in form, as a browser without scripts uses it."""

    def __init__(self, browser: aiohttp.ClientSession, address: str, html: str) -> None:
        self.browser, self.address, self.html = browser, address, html

    @classmethod
    async def open(cls, browser: aiohttp.ClientSession, address: Any, **headers: str) -> "Page":
        async with browser.get(address, headers=headers) as response:
            return cls(browser, str(response.url), await response.text())

    async def submit(self, fields: dict[str, str], form: str = "sign-in", **headers: str) -> "Page":
        found = re.search(rf'<form method="post" action="([^"]+)" data-form="{form}".*?</form>', self.html, re.S)
        assert found, self.html
        hidden = re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', found.group())
        data = {**{name: unescape(value) for name, value in hidden}, **fields}
        url = urljoin(self.address, found.group(1))
        # What browsers send from a page without referrer.
        sent = {"Origin": "null", "Sec-Fetch-Site": "same-origin", **headers}
        async with self.browser.post(url, data=data, headers=sent) as response:
            return Page(self.browser, str(response.url), await response.text())

    @property
    def errors(self) -> list[str]:
        return re.findall(r'class="error"[^>]*>([^<]+)<', self.html)


def newest_code(records: Records) -> str:
    found = re.search(r"\d{6}", records.outbox.latest(1)[0]["text"])
    assert found
    return found.group()


async def sign_in(browser: aiohttp.ClientSession, address: Any, records: Records, **more: str) -> Page:
    page = await Page.open(browser, address)
    page = await page.submit({**WHO, **more})
    return await page.submit({"code": newest_code(records)})


def link_of(bot: TestServer, records: Records, conversation_id: str) -> str:
    return str(bot.make_url("/sign-in").with_query(t=records.identity.make_link(conversation_id)))


async def test_signing_in_tells_the_chat_and_answers_what_was_asked(
    bot: TestServer, browser: aiohttp.ClientSession, chat: Chatter, records: Records, rasa: FakeRasa
) -> None:
    await chat.ask("我医保卡里还剩多少钱")
    rasa.answer = lambda body: [{"recipient_id": "x", "text": f"余额3,210元 {body['message']}"}]
    conversation = chat.frames[0]["conversation"]
    page = await sign_in(browser, link_of(bot, records, conversation), records)
    assert page.address.endswith("/signed-in")
    assert 'href="/chat"' in page.html
    assert 'name="code"' not in page.html
    assert (await chat.next("signed_in"))["name"] == "周**"
    answer = await chat.message("assistant")
    assert answer["text"] == "余额3,210元 /signed_in"
    assert answer["seq"] == 3
    assert records.identity.resident_for(conversation) is not None
    again = await Chatter.open(bot, browser)
    assert (again.frames[0]["signed_in"], again.frames[0]["name"]) == (True, "周**")
    await again.close()


async def test_a_news_that_rasa_has_no_answer_to_is_let_go(
    bot: TestServer, browser: aiohttp.ClientSession, chat: Chatter, records: Records, rasa: FakeRasa
) -> None:
    rasa.answer = lambda body: [] if body["message"] == "/signed_in" else [{"text": "好"}]
    await sign_in(browser, link_of(bot, records, chat.frames[0]["conversation"]), records)
    await chat.next("signed_in", on=True)
    assert (await chat.ask("你好"))["text"] == "好"
    assert bot.app[STORE].unfinished() == []


async def test_a_sign_in_while_rasa_is_down_is_answered_after_a_restart(
    start: Any, browser: aiohttp.ClientSession, records: Records, rasa: FakeRasa
) -> None:
    first = await start()
    chat = await Chatter.open(first, browser)
    rasa.fault = "status"
    await sign_in(browser, link_of(first, records, chat.frames[0]["conversation"]), records)
    assert [frame for frame in await chat.silence() if frame["type"] == "message"] == []
    await first.close()
    rasa.fault = None
    second = await start()
    again = await Chatter.open(second, browser)
    frames = again.frames + await again.silence(0.3)
    assert [frame["text"] for frame in frames if frame["type"] == "message"] == ["答：/signed_in"]
    await again.close()


async def test_an_unknown_person_sees_the_same_page_and_no_code_is_sent(
    bot: TestServer, browser: aiohttp.ClientSession, records: Records
) -> None:
    pages = []
    for who in (WHO, {**WHO, "name": "李四"}, {**WHO, "id_number": "990102199001010019"[:17] + "X"}):
        page = await Page.open(browser, bot.make_url("/sign-in"))
        page = await page.submit(who)
        if not page.errors:
            pages.append(re.sub(r'value="[^"]*"', "", page.html))
    assert len(set(pages)) == 1
    assert len(pages) >= 2
    assert len(records.outbox.latest()) == 1


@pytest.mark.parametrize(
    ("fields", "error"),
    [
        ({"id_number": "", "name": NAME}, "请填写身份证号"),
        ({"id_number": NUMBER, "name": " "}, "请填写姓名"),
        ({"id_number": NUMBER[:-1] + "1", "name": NAME}, "有一位不对"),
        ({"id_number": "1", "name": "<b>"}, "有一位不对"),
    ],
)
async def test_a_wrong_field_is_named_in_its_place_and_nothing_typed_is_lost(
    bot: TestServer, browser: aiohttp.ClientSession, fields: dict[str, str], error: str
) -> None:
    page = await (await Page.open(browser, bot.make_url("/sign-in"))).submit(fields)
    assert error in "".join(page.errors)
    assert 'aria-invalid="true"' in page.html
    for value in fields.values():
        assert f'value="{value.replace("<", "&lt;").replace(">", "&gt;")}"' in page.html
    described = re.search(r'aria-describedby="([^"]+)" aria-invalid', page.html)
    assert described
    assert all(f'id="{one}"' in page.html for one in described.group(1).split())


async def test_numbers_may_be_typed_with_spaces_and_a_small_x(
    bot: TestServer, browser: aiohttp.ClientSession, records: Records
) -> None:
    page = await Page.open(browser, bot.make_url("/sign-in"))
    page = await page.submit({"id_number": f" {NUMBER[:6]} {NUMBER[6:14]}-{NUMBER[14:]}", "name": "周 秀兰 "})
    assert 'name="code"' in page.html
    assert records.outbox.latest(1)[0]["phone"] == PHONE


async def test_a_wrong_code_says_how_often_one_may_try_and_ends_after_five(
    bot: TestServer, browser: aiohttp.ClientSession, records: Records
) -> None:
    page = await (await Page.open(browser, bot.make_url("/sign-in"))).submit(WHO)
    wrong = f"{(int(newest_code(records)) + 1) % 10**6:06d}"
    page = await page.submit({"code": wrong})
    assert "4" in page.errors[0]
    for _ in range(3):
        page = await page.submit({"code": wrong})
    page = await page.submit({"code": wrong})
    assert "太多次" in page.errors[0]
    assert 'name="code"' not in page.html


async def test_a_code_expires(
    bot: TestServer, browser: aiohttp.ClientSession, records: Records, moving_clock: MovingClock
) -> None:
    page = await (await Page.open(browser, bot.make_url("/sign-in"))).submit(WHO)
    moving_clock.now += timedelta(minutes=6)
    page = await page.submit({"code": newest_code(records)})
    assert "过期" in page.errors[0]


async def test_a_used_link_says_so_and_offers_the_way_back(
    bot: TestServer, browser: aiohttp.ClientSession, chat: Chatter, records: Records
) -> None:
    link = link_of(bot, records, chat.frames[0]["conversation"])
    await sign_in(browser, link, records)
    page = await Page.open(browser, link)
    assert "用过" in page.html
    assert 'name="id_number"' not in page.html
    assert 'href="/chat"' in page.html


async def test_the_link_of_another_browsers_chat_warns_and_must_be_confirmed(
    bot: TestServer, browser: aiohttp.ClientSession, chat: Chatter, records: Records
) -> None:
    link = link_of(bot, records, chat.frames[0]["conversation"])
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as victim:
        page = await Page.open(victim, link)
        assert "另一处" in page.html
        page = await page.submit(WHO)
        assert "打勾" in page.errors[0]
        assert records.outbox.latest() == []
        page = await sign_in(victim, link, records, confirm="1")
        assert page.address.endswith("/signed-in")
    assert (await chat.next("signed_in"))["on"] is True


async def test_a_rest_callers_link_warns_but_needs_no_more(
    bot: TestServer, browser: aiohttp.ClientSession, records: Records, rasa: FakeRasa
) -> None:
    caller = bot.app[STORE].of_caller(hash_key("key-1", "s"), "zh")
    link = link_of(bot, records, caller.id)
    assert "另一处" in (await Page.open(browser, link)).html
    page = await sign_in(browser, link, records)
    assert page.address.endswith("/signed-in")
    assert records.identity.resident_for(caller.id) is not None
    assert rasa.asked == []  # the next message gets the answer


async def test_without_a_link_the_browsers_own_chat_is_signed_in(
    bot: TestServer, browser: aiohttp.ClientSession, chat: Chatter, records: Records
) -> None:
    await sign_in(browser, bot.make_url("/sign-in"), records)
    assert (await chat.next("signed_in"))["on"] is True


async def test_who_is_signed_in_already_goes_on_with_one_button(
    bot: TestServer, browser: aiohttp.ClientSession, chat: Chatter, records: Records, rasa: FakeRasa
) -> None:
    await sign_in(browser, bot.make_url("/sign-in"), records)
    await browser.post(bot.make_url("/chat/session/new"))
    fresh = await Chatter.open(bot, browser)
    assert fresh.frames[0]["signed_in"] is False
    page = await Page.open(browser, link_of(bot, records, fresh.frames[0]["conversation"]))
    assert "周**" in page.html
    page = await page.submit({}, form="continue")
    assert page.address.endswith("/signed-in")
    assert (await fresh.next("signed_in"))["on"] is True
    await fresh.close()


async def test_a_signed_in_browser_cannot_be_led_to_sign_in_anothers_chat(
    bot: TestServer, browser: aiohttp.ClientSession, chat: Chatter, records: Records
) -> None:
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as victim:
        own = await Chatter.open(bot, victim)
        await sign_in(victim, bot.make_url("/sign-in"), records)
        conversation = chat.frames[0]["conversation"]
        link = link_of(bot, records, conversation)
        page = await Page.open(victim, link)
        assert 'data-form="continue"' not in page.html
        token = re.search(r'name="token" value="([^"]+)"', page.html)
        assert token
        data = {"token": token.group(1), "t": link.rpartition("=")[2]}
        await victim.post(bot.make_url("/sign-in/continue"), data=data, headers={"Origin": "null"})
        assert records.identity.resident_for(conversation) is None
        await own.close()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "https://evil.example"},
        {"Origin": "null", "Sec-Fetch-Site": "cross-site"},
        {"Origin": "null"},
        {},
    ],
)
@pytest.mark.parametrize(
    "path", ["/sign-in", "/sign-in/code", "/sign-in/continue", "/sign-out", "/sign-out/everywhere"]
)
async def test_a_form_of_another_site_is_refused(
    bot: TestServer, browser: aiohttp.ClientSession, path: str, headers: dict[str, str]
) -> None:
    await browser.get(bot.make_url("/sign-in"))
    async with browser.post(bot.make_url(path), data=WHO, headers=headers) as response:
        assert response.status == 403


async def test_a_token_of_another_browser_is_refused(bot: TestServer, browser: aiohttp.ClientSession) -> None:
    page = await Page.open(browser, bot.make_url("/sign-in"))
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as other:
        await other.get(bot.make_url("/sign-in"))
        page.browser = other
        assert 'name="code"' not in (await page.submit(WHO)).html


async def test_signing_out_in_the_chat_is_shown_there(
    bot: TestServer, browser: aiohttp.ClientSession, chat: Chatter, records: Records, rasa: FakeRasa
) -> None:
    conversation = chat.frames[0]["conversation"]
    await sign_in(browser, link_of(bot, records, conversation), records)
    await chat.message("assistant")

    def leave(body: dict[str, Any]) -> Any:
        records.identity.sign_out_conversation(body["sender"])
        return [{"text": "已退出"}]

    rasa.answer = leave
    assert (await chat.ask("退出登录"))["text"] == "已退出"
    assert (await chat.next("signed_in"))["on"] is False


async def test_too_many_codes_are_refused_kindly(
    bot: TestServer, browser: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch, records: Records
) -> None:
    def refuse(*_: Any) -> str:
        raise TooManyTries("too_many_codes", retry_after=541)

    monkeypatch.setattr(records.identity, "start_sign_in", refuse)
    page = await (await Page.open(browser, bot.make_url("/sign-in"))).submit(WHO)
    assert "10分钟" in page.errors[0]
    assert f'value="{NUMBER}"' in page.html


async def test_an_answer_is_given_once_even_if_it_is_not_known_who_is_signed_in(
    bot: TestServer,
    browser: aiohttp.ClientSession,
    chat: Chatter,
    records: Records,
    rasa: FakeRasa,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    await sign_in(browser, link_of(bot, records, chat.frames[0]["conversation"]), records)
    await chat.message("assistant")

    def broken(*_: Any) -> Any:
        raise OSError("locked")

    monkeypatch.setattr(records.identity, "resident_for", broken)
    await chat.ask("你好")
    assert [frame for frame in await chat.silence(0.4) if frame["type"] == "message"] == []
    assert rasa.texts.count("你好") == 1
