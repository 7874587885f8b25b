"""The public pages, in both languages, with and without a built front end."""

import json
import re
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from tests.bot.chatter import Chatter
from tests.bot.fakes import NAME, NUMBER, PHONE, Records
from tests.bot.portal.test_sign_in import Page, sign_in

PAGES = ("/", "/chat", "/chat?embed=1", "/sign-in", "/me", "/demo/outbox", "/conversation/print", "/nowhere")


async def text_of(browser: aiohttp.ClientSession, url: Any, **headers: str) -> str:
    async with browser.get(url, headers=headers) as response:
        return await response.text()


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize(("language", "attribute"), [("zh", "zh-CN"), ("en", "en")])
async def test_a_page_speaks_its_language(
    bot: TestServer, browser: aiohttp.ClientSession, path: str, language: str, attribute: str
) -> None:
    join = "&" if "?" in path else "?"
    html = await text_of(browser, bot.make_url(f"{path}{join}lang={language}"))
    assert f'<html lang="{attribute}"' in html
    body = html.split("<body")[1].replace("中文", "").replace("English", "")
    if language == "en":
        assert re.findall(r"[\u4e00-\u9fff]+", body) == []
    assert ("fictional" if language == "en" else "虚构") in html or "embed" in path
    remembered = await text_of(browser, bot.make_url(path))
    assert f'<html lang="{attribute}"' in remembered


async def test_the_browsers_language_is_taken_first(bot: TestServer, browser: aiohttp.ClientSession) -> None:
    assert '<html lang="en"' in await text_of(browser, bot.make_url("/"), **{"Accept-Language": "en-GB,zh;q=0.5"})
    assert '<html lang="zh-CN"' in await text_of(browser, bot.make_url("/"), **{"Accept-Language": "fr"})


async def test_type_and_colours_are_chosen_without_a_script(bot: TestServer, browser: aiohttp.ClientSession) -> None:
    html = await text_of(browser, bot.make_url("/"))
    assert "data-large" not in html
    assert "data-theme" not in html
    await text_of(browser, bot.make_url("/?large=1"))
    html = await text_of(browser, bot.make_url("/?theme=dark"))
    assert '<html lang="zh-CN" data-theme="dark" data-large>' in html
    assert "data-large" not in await text_of(browser, bot.make_url("/?large=0"))


async def test_switching_the_language_keeps_the_one_time_link(bot: TestServer, browser: aiohttp.ClientSession) -> None:
    html = await text_of(browser, bot.make_url("/sign-in?t=abc&x=1"))
    assert 'href="/sign-in?t=abc&amp;lang=en"' in html


async def test_without_a_built_front_end_pages_are_plain(bot: TestServer, browser: aiohttp.ClientSession) -> None:
    html = await text_of(browser, bot.make_url("/chat"))
    assert '<div id="chat" data-page="chat">' in html
    assert "<script" not in html
    assert "stylesheet" not in html
    async with browser.get(bot.make_url("/widget.js")) as response:
        assert response.status == 404


@pytest.fixture
def dist(tmp_path: Path) -> Path:
    folder = tmp_path / "dist"
    (folder / ".vite").mkdir(parents=True)
    (folder / "assets").mkdir()
    manifest = {
        "src/chat.tsx": {"file": "assets/chat-1.js", "css": ["assets/chat-2.css"], "imports": ["_shared.js"]},
        "src/pages.ts": {"file": "assets/pages-3.js", "imports": ["_shared.js"]},
        "_shared.js": {"file": "assets/shared-4.js", "css": ["assets/shared-5.css"], "imports": ["_shared.js"]},
    }
    (folder / ".vite" / "manifest.json").write_text(json.dumps(manifest))
    (folder / "assets" / "chat-1.js").write_text("1")
    (folder / "widget.js").write_text("widget")
    return folder


async def test_built_files_are_named_by_the_manifest_and_kept_for_ever(
    start: Any, browser: aiohttp.ClientSession, dist: Path
) -> None:
    bot = await start(dist=dist)
    html = await text_of(browser, bot.make_url("/chat"))
    assert '<script type="module" src="/static/assets/chat-1.js">' in html
    for style in ("chat-2", "shared-5"):
        assert f'<link rel="stylesheet" href="/static/assets/{style}.css">' in html
    assert "chat-1.js" not in await text_of(browser, bot.make_url("/me"))
    async with browser.get(bot.make_url("/static/assets/chat-1.js")) as response:
        assert "immutable" in response.headers["Cache-Control"]
    async with browser.get(bot.make_url("/widget.js")) as response:
        assert await response.text() == "widget"
        assert "immutable" not in response.headers["Cache-Control"]
    async with browser.get(bot.make_url("/static/none.js")) as response:
        assert response.status == 404
        assert "immutable" not in response.headers["Cache-Control"]


async def test_a_missing_page_and_a_wrong_method_have_pages(bot: TestServer, browser: aiohttp.ClientSession) -> None:
    async with browser.get(bot.make_url("/nowhere")) as response:
        assert response.status == 404
        assert "没有找到" in await response.text()
    async with browser.post(bot.make_url("/")) as response:
        assert response.status == 405
        assert "GET" in response.headers["Allow"]
        assert 'href="/"' in await response.text()


async def test_an_error_of_ours_says_sorry_and_nothing_else(
    bot: TestServer, browser: aiohttp.ClientSession, records: Records, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        raise RuntimeError("secret detail")

    monkeypatch.setattr(records.outbox, "latest", broken)
    async with browser.get(bot.make_url("/demo/outbox")) as response:
        html = await response.text()
        assert response.status == 500
        assert "抱歉" in html
        assert "secret" not in html
    async with browser.get(bot.make_url("/demo/outbox.json")) as response:
        assert response.status == 500
        assert "secret" not in json.dumps(await response.json())


async def test_the_outbox_says_loudly_that_it_is_a_demo(
    bot: TestServer, browser: aiohttp.ClientSession, records: Records
) -> None:
    records.outbox.send(PHONE, "验证码 123456")
    html = await text_of(browser, bot.make_url("/demo/outbox"))
    assert "演示用的页面" in html
    assert "验证码 123456" in html
    async with browser.get(bot.make_url("/demo/outbox.json")) as response:
        sent = await response.json()
    assert sent == [{"phone": PHONE, "text": "验证码 123456", "sent_at": "2026-11-23T09:30:00+08:00"}]


async def test_outside_demo_mode_there_is_no_outbox_and_no_fiction(start: Any, browser: aiohttp.ClientSession) -> None:
    bot = await start(demo=False)
    for path in ("/demo/outbox", "/demo/outbox.json"):
        async with browser.get(bot.make_url(path)) as response:
            assert response.status == 404
    assert "虚构" not in await text_of(browser, bot.make_url("/"))


async def test_the_conversation_can_be_printed_and_downloaded(
    bot: TestServer, browser: aiohttp.ClientSession, chat: Chatter
) -> None:
    await chat.ask(f"<b>我是</b>{NUMBER}")
    html = await text_of(browser, bot.make_url("/conversation/print"))
    assert "&lt;b&gt;我是&lt;/b&gt;990101********0027" in html
    assert NUMBER not in html
    async with browser.get(bot.make_url("/conversation.txt")) as response:
        assert response.headers["Content-Disposition"] == 'attachment; filename="wenzheng-20261123.txt"'
        text = await response.text(encoding="utf-8")
    assert "2026-11-23 09:30  您\n<b>我是</b>990101********0027" in text
    assert "问政助手\n答：" in text


async def test_another_browser_has_nothing_to_print(bot: TestServer, chat: Chatter) -> None:
    await chat.ask("我的秘密")
    async with aiohttp.ClientSession() as other:
        for path in ("/conversation/print", "/conversation.txt"):
            text = await text_of(other, bot.make_url(path))
            assert "还没有对话" in text
            assert "秘密" not in text


async def test_the_page_about_oneself_shows_who_until_when_and_who_looked(
    bot: TestServer, browser: aiohttp.ClientSession, records: Records
) -> None:
    from backoffice.identity.access import Asker

    assert "没有登录" in await text_of(browser, bot.make_url("/me"))
    await sign_in(browser, bot.make_url("/sign-in"), records)
    with records.db.write() as session:
        records.identity.note_access(session, Asker(1, None, "c", "medical_balance"), 1, "medical_account")
        records.identity.note_access(session, Asker(None, 3, "console", "audit"), 1, "unheard_of")
    html = await text_of(browser, bot.make_url("/me"))
    assert "周**" in html
    assert "990101********0027" in html
    assert "199****0001" in html
    assert "10:00" in html
    assert re.search(r"您本人</td><td>医保个人账户</td><td>查医保余额", html)
    assert re.search(r"工作人员</td><td>个人记录</td><td>办理业务", html)
    assert NUMBER not in html
    assert NAME not in html


@pytest.mark.parametrize("path", ["/sign-out", "/sign-out/everywhere"])
async def test_signing_out_ends_the_session_and_tells_the_chat(
    bot: TestServer, browser: aiohttp.ClientSession, chat: Chatter, records: Records, path: str
) -> None:
    await sign_in(browser, bot.make_url("/sign-in"), records)
    await chat.next("signed_in", on=True)
    session = next(cookie.value for cookie in browser.cookie_jar if cookie.key == "wz_session")
    page = await Page.open(browser, bot.make_url("/me"))
    token = re.search(r'name="token" value="([^"]+)"', page.html)
    assert token
    headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    async with browser.post(bot.make_url(path), data={"token": token.group(1)}, headers=headers) as response:
        assert "没有登录" in await response.text()
    assert (await chat.next("signed_in"))["on"] is False
    assert records.identity.session(session) is None
    assert "wz_session" not in {cookie.key for cookie in browser.cookie_jar}


async def test_signing_out_of_a_shared_computer_clears_the_chat(
    bot: TestServer, browser: aiohttp.ClientSession, chat: Chatter, records: Records
) -> None:
    await chat.ask("我的余额")
    await sign_in(browser, bot.make_url("/sign-in"), records)
    page = await Page.open(browser, bot.make_url("/me"))
    token = re.search(r'name="token" value="([^"]+)"', page.html)
    assert token
    headers = {"Origin": "null", "Sec-Fetch-Site": "same-origin"}
    await browser.post(bot.make_url("/sign-out"), data={"token": token.group(1), "clear": "1"}, headers=headers)
    assert "余额" not in await text_of(browser, bot.make_url("/conversation/print"))
    await chat.silence()
    assert chat.socket.closed
    again = await Chatter.open(bot, browser)
    assert again.frames[0]["seq"] == 0
    await again.close()
