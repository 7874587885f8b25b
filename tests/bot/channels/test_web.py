"""The web chat over a real WebSocket."""

import asyncio
import json
import uuid
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from bot.channels.web import NO_SESSION
from bot.keys import HUB, SOCKETS, STORE
from tests.bot.chatter import Chatter
from tests.bot.fakes import NUMBER, FakeRasa

Wait = Callable[[Callable[[], bool]], Awaitable[None]]


async def test_a_question_is_acknowledged_shown_and_answered(chat: Chatter, rasa: FakeRasa) -> None:
    client_id = await chat.say("你好")
    reply = await chat.message("assistant")
    mine = next(frame for frame in chat.frames if frame["type"] == "message" and frame["from"] == "citizen")
    assert (mine["seq"], mine["text"], mine["client_id"]) == (1, "你好", client_id)
    assert {"type": "ack", "client_id": client_id, "seq": 1} in chat.frames
    assert (reply["seq"], reply["text"]) == (2, "答：你好")
    assert rasa.tokens == ["rasa-token"]
    assert rasa.asked[0]["metadata"] == {"language": "zh", "channel": "web", "message": 1}


async def test_typing_is_shown_and_always_ends(chat: Chatter, rasa: FakeRasa) -> None:
    await chat.ask("你好")
    rasa.fault = "status"
    await chat.ask("余额")
    await chat.silence()
    typing = [frame["on"] for frame in chat.frames if frame["type"] == "typing"]
    assert typing[:2] == [True, False]
    await chat.send(type="ping")
    await chat.next("pong")


async def test_every_part_of_a_reply_arrives(chat: Chatter, rasa: FakeRasa) -> None:
    custom = {"type": "cards", "lead": "找到2个", "items": [], "total": 2}
    buttons = [{"title": "换区", "payload": "换个区"}]
    rasa.answer = lambda body: [{"recipient_id": "x", "text": "找到2个：…", "custom": custom, "buttons": buttons}]
    reply = await chat.ask("电工")
    assert (reply["text"], reply["custom"], reply["buttons"]) == ("找到2个：…", custom, buttons)
    assert "feedback" not in reply


async def test_what_was_missed_is_sent_after_hello(bot: TestServer, browser: aiohttp.ClientSession) -> None:
    first = await Chatter.open(bot, browser)
    for text in ("一", "二", "三"):
        await first.ask(text)
    await first.close()
    second = await Chatter.open(bot, browser, last_seq=3)
    assert second.frames[0]["seq"] == 6
    assert [frame["seq"] for frame in await second.silence()] == [4, 5, 6]
    await second.close()


async def test_the_same_client_id_is_taken_once(chat: Chatter, rasa: FakeRasa) -> None:
    client_id = str(uuid.uuid4())
    for _ in range(3):
        await chat.say("你好", client_id)
    heard = await chat.silence(0.3)
    assert [frame["seq"] for frame in heard if frame["type"] == "ack"] == [1, 1, 1]
    assert len([frame for frame in heard if frame["type"] == "message"]) == 2
    assert rasa.texts == ["你好"]


async def test_two_tabs_stay_in_step(bot: TestServer, browser: aiohttp.ClientSession) -> None:
    one, two = await Chatter.open(bot, browser), await Chatter.open(bot, browser)
    await one.ask("你好")
    assert (await two.message("citizen"))["text"] == "你好"
    assert (await two.message("assistant"))["text"] == "答：你好"
    await two.send(type="feedback", seq=2, value="up")
    assert (await one.message("assistant"))["feedback"] == "up"
    await two.send(type="feedback", seq=2, value="none")
    assert "feedback" not in await one.message("assistant")
    await one.close()
    await two.close()


async def test_messages_go_to_rasa_one_at_a_time_and_in_order(chat: Chatter, rasa: FakeRasa) -> None:
    rasa.delay = 0.02
    texts = [f"第{number}句" for number in range(8)]
    for text in texts:
        await chat.say(text)
    answers = [(await chat.message("assistant"))["text"] for _ in texts]
    assert answers == [f"答：{text}" for text in texts]
    assert list(rasa.most_under_way.values()) == [1]


async def test_conversations_do_not_wait_for_each_other(bot: TestServer, rasa: FakeRasa) -> None:
    rasa.delay = 0.1
    began = asyncio.get_running_loop().time()

    async def one() -> None:
        async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session:
            chat = await Chatter.open(bot, session)
            await chat.ask("你好")
            await chat.close()

    await asyncio.gather(*(one() for _ in range(10)))
    assert asyncio.get_running_loop().time() - began < 0.8


async def test_a_resident_number_is_masked_for_eyes_and_a_token_for_rasa(chat: Chatter, rasa: FakeRasa) -> None:
    await chat.say(f"我是{NUMBER}，电话19900000001")
    mine = await chat.message("citizen")
    assert mine["text"] == "我是990101********0027，电话199****0001"
    await chat.message("assistant")
    assert rasa.texts[0].startswith("我是〔id_number:")
    assert "〔phone:" in rasa.texts[0]
    assert NUMBER not in json.dumps(chat.frames) + json.dumps(rasa.asked)


@pytest.mark.parametrize(
    ("text", "asked"), [("/restart", "／restart"), (" /signed_in{}", "／signed_in{}"), ("\u200b//x", "／／x")]
)
async def test_a_slash_is_never_a_command(chat: Chatter, rasa: FakeRasa, text: str, asked: str) -> None:
    await chat.ask(text)
    assert rasa.texts == [asked]


async def test_control_and_hidden_characters_are_taken_out(chat: Chatter, rasa: FakeRasa) -> None:
    await chat.ask(
        "\x00你\x1b好\u202e 👨‍👩‍👧\r\n再\t见\ud800".encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    )
    assert rasa.texts[0].startswith("你好 👨‍👩‍👧\n再\t见")


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ({"type": "say", "client_id": "a", "text": " \n "}, "empty"),
        ({"type": "say", "client_id": "a", "text": "长" * 2001}, "too_long"),
        ({"type": "say", "client_id": "a"}, "bad_frame"),
        ({"type": "say", "text": "x"}, "bad_frame"),
        ({"type": "say", "client_id": "a" * 65, "text": "x"}, "bad_frame"),
        ({"type": "hello", "last_seq": -1}, "bad_frame"),
        ({"type": "hello", "last_seq": "1"}, "bad_frame"),
        ({"type": "hello", "last_seq": True}, "bad_frame"),
        ({"type": "feedback", "seq": 1, "value": "great"}, "bad_frame"),
        ({"type": "feedback", "seq": 10**30, "value": "up"}, "bad_frame"),
        ({"type": "other"}, "bad_frame"),
        ([], "bad_frame"),
        ("text", "bad_frame"),
    ],
)
async def test_a_wrong_frame_is_refused_kindly(chat: Chatter, frame: Any, code: str) -> None:
    await chat.socket.send_json(frame)
    refusal = await chat.next("error")
    assert refusal["code"] == code
    assert refusal["text"]
    assert refusal.get("client_id") == ("a" if code in ("empty", "too_long") else None)
    assert (await chat.ask("你好"))["text"] == "答：你好"


async def test_no_json_at_all_is_refused_kindly(chat: Chatter) -> None:
    await chat.socket.send_str("{")
    assert (await chat.next("error"))["code"] == "bad_frame"
    await chat.socket.send_bytes(b"\x00")
    assert (await chat.ask("你好"))["text"] == "答：你好"


async def test_the_longest_text_is_taken(chat: Chatter) -> None:
    assert (await chat.ask("长" * 2000))["text"] == "答：" + "长" * 2000


async def test_too_many_messages_are_refused_and_the_chat_goes_on(start: Any, browser: aiohttp.ClientSession) -> None:
    chat = await Chatter.open(await start(messages_per_minute=3), browser)
    for number in range(3):
        await chat.ask(f"{number}")
    client_id = await chat.say("四")
    refusal = await chat.next("error")
    assert (refusal["code"], refusal["client_id"]) == ("too_many", client_id)
    await chat.send(type="ping")
    await chat.next("pong")
    await chat.close()


async def test_a_closed_conversation_takes_nothing(bot: TestServer, chat: Chatter) -> None:
    await bot.app[HUB].set_mode(chat.frames[0]["conversation"], "closed")
    client_id = await chat.say("还在吗")
    refusal = await chat.next("error")
    assert (refusal["code"], refusal["client_id"]) == ("closed", client_id)


async def test_the_assistant_is_silent_while_staff_answers(bot: TestServer, chat: Chatter, rasa: FakeRasa) -> None:
    await bot.app[HUB].set_mode(chat.frames[0]["conversation"], "staff")
    await chat.say("在吗")
    assert [frame["type"] for frame in await chat.silence()] == ["message", "ack"]
    assert rasa.asked == []


async def test_staff_taking_over_in_the_middle_silences_the_answer(
    bot: TestServer, chat: Chatter, rasa: FakeRasa
) -> None:
    rasa.delay = 0.1
    await chat.say("转人工")
    await chat.next("typing", on=True)
    await bot.app[HUB].set_mode(chat.frames[0]["conversation"], "staff")
    heard = await chat.silence(0.3)
    assert [frame for frame in heard if frame.get("from") == "assistant"] == []
    assert heard[-1] == {"type": "typing", "on": False}


@pytest.mark.parametrize("origin", ["https://evil.example", "http://127.0.0.1", "null", ""])
async def test_another_sites_page_is_turned_away(bot: TestServer, browser: aiohttp.ClientSession, origin: str) -> None:
    with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
        await browser.ws_connect(bot.make_url("/ws/chat"), headers={"Origin": origin})
    assert refused.value.status == 403
    async with browser.post(bot.make_url("/chat/session"), headers={"Origin": origin}) as response:
        assert response.status == 403
    async with browser.get(bot.make_url("/chat/session"), headers={"Sec-Fetch-Site": "cross-site"}) as response:
        assert response.status == 403


async def test_our_own_page_and_a_program_are_let_in(start: Any, browser: aiohttp.ClientSession) -> None:
    bot = await start(public_url="https://wz.example")
    await browser.get(bot.make_url("/chat/session"))
    for headers in ({}, {"Origin": "https://wz.example"}, {"Origin": str(bot.make_url("/").origin())}):
        async with browser.ws_connect(bot.make_url("/ws/chat"), headers=headers) as socket:
            await socket.send_json({"type": "ping"})
            assert (await socket.receive_json())["type"] in ("pong", "error")


@pytest.mark.parametrize("cookie", [None, "wz_chat=unknown"])
async def test_a_browser_without_a_conversation_is_told(bot: TestServer, cookie: str | None) -> None:
    headers = {"Cookie": cookie} if cookie else {}
    async with aiohttp.ClientSession() as session, session.ws_connect(bot.make_url("/ws/chat"), headers=headers) as ws:
        assert (await ws.receive_json())["code"] == "no_session"
        await ws.receive()
        assert ws.close_code == NO_SESSION


async def test_the_cookie_is_out_of_scripts_reach_and_kept(bot: TestServer, browser: aiohttp.ClientSession) -> None:
    async with browser.get(bot.make_url("/chat/session")) as response:
        cookie = response.headers["Set-Cookie"]
        assert "wz_chat=" in cookie
        assert "HttpOnly" in cookie
        assert "SameSite=Lax" in cookie
        assert "Secure" not in cookie
        assert await response.json() == {}
    async with browser.post(bot.make_url("/chat/session")) as response:
        assert "Set-Cookie" not in response.headers


async def test_behind_https_the_cookie_is_secure_and_partitioned_in_a_frame(
    start: Any, browser: aiohttp.ClientSession
) -> None:
    bot = await start(public_url="https://wz.example")
    async with browser.get(bot.make_url("/chat/session")) as response:
        assert "Secure" in response.headers["Set-Cookie"]
    async with aiohttp.ClientSession() as framed:
        headers = {"Sec-Fetch-Site": "same-origin"}
        async with framed.get(bot.make_url("/chat/session?embed=1"), headers=headers) as response:
            cookie = response.headers["Set-Cookie"]
            assert all(part in cookie for part in ("SameSite=None", "Secure", "Partitioned", "HttpOnly"))


async def test_a_new_conversation_is_empty_and_the_old_one_out_of_reach(
    bot: TestServer, browser: aiohttp.ClientSession, chat: Chatter
) -> None:
    await chat.ask("你好")
    async with browser.post(bot.make_url("/chat/session/new")) as response:
        assert response.status == 200
    fresh = await Chatter.open(bot, browser)
    assert fresh.frames[0]["seq"] == 0
    assert fresh.frames[0]["conversation"] != chat.frames[0]["conversation"]
    await fresh.close()


async def test_the_language_of_the_page_is_kept_and_told_to_rasa(
    bot: TestServer, browser: aiohttp.ClientSession, rasa: FakeRasa
) -> None:
    chat = await Chatter.open(bot, browser, language="en")
    await chat.ask("1")
    assert rasa.asked[0]["metadata"]["language"] == "en"
    await chat.send(type="say", client_id="a", text="")
    assert (await chat.next("error"))["text"].startswith("Please")
    await chat.close()


async def test_a_database_that_fails_leaves_the_chat_alive(
    bot: TestServer, chat: Chatter, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any) -> Any:
        raise OSError("disk full")

    with monkeypatch.context() as patch:
        patch.setattr(bot.app[STORE], "add_citizen", broken)
        client_id = await chat.say("你好")
        refusal = await chat.next("error")
        assert (refusal["code"], refusal["client_id"]) == ("unavailable", client_id)
    assert (await chat.ask("你好"))["text"] == "答：你好"


async def test_a_reply_that_could_not_be_stored_is_stored_later_and_not_asked_again(
    bot: TestServer, chat: Chatter, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, failures = bot.app[STORE], [OSError("locked")]
    add = store.add_replies

    def flaky(*given: Any) -> Any:
        if failures:
            raise failures.pop()
        return add(*given)

    monkeypatch.setattr(store, "add_replies", flaky)
    assert (await chat.ask("你好"))["text"] == "答：你好"
    assert rasa.texts == ["你好"]


async def test_a_tab_that_reads_nothing_is_dropped_and_holds_up_nobody(
    bot: TestServer, browser: aiohttp.ClientSession, wait_until: Wait, rasa: FakeRasa
) -> None:
    rasa.answer = lambda body: [{"recipient_id": "x", "text": "长" * 400_000}]
    reading = await Chatter.open(bot, browser)
    idle = await Chatter.open(bot, browser)
    transport = idle.socket._response.connection.transport  # type: ignore[union-attr]
    transport.pause_reading()  # type: ignore[union-attr]
    for connection in bot.app[HUB]._live[reading.frames[0]["conversation"]]._connections:
        connection._most = 12  # type: ignore[attr-defined]
    for _ in range(12):
        await reading.ask("你好")
    await wait_until(lambda: len(bot.app[SOCKETS]) == 1)
    await reading.close()


async def test_closed_sockets_are_forgotten(bot: TestServer, browser: aiohttp.ClientSession, wait_until: Wait) -> None:
    chats = [await Chatter.open(bot, browser) for _ in range(3)]
    assert len(bot.app[SOCKETS]) == 3
    for chat in chats:
        await chat.close()
    await wait_until(lambda: not bot.app[SOCKETS])


async def test_stopping_says_goodbye(start: Any, browser: aiohttp.ClientSession) -> None:
    bot = await start()
    chat = await Chatter.open(bot, browser)
    closing = asyncio.create_task(bot.close())
    message = await chat.socket.receive(timeout=5)
    assert message.type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSING)
    assert chat.socket.close_code == aiohttp.WSCloseCode.GOING_AWAY
    await closing


@pytest.mark.parametrize("public", ["", "https://wz.example"])
async def test_sign_in_links_lead_to_the_address_that_the_citizen_uses(
    start: Any, browser: aiohttp.ClientSession, rasa: FakeRasa, public: str
) -> None:
    bot = await start(public_url=public)
    base = public or "http://localhost:8280"
    url = f"{base}/sign-in?t=abc"
    rasa.answer = lambda body: [{"text": f"请登录：{url}", "custom": {"type": "sign_in", "url": url}}]
    key = {"Cookie": "wz_chat=" + (await browser.get(bot.make_url("/chat/session"))).cookies["wz_chat"].value}
    async with browser.ws_connect(bot.make_url("/ws/chat"), headers=key) as socket:
        chat = Chatter(socket)
        await chat.send(type="hello", last_seq=0)
        reply = await chat.ask("余额")
    there = url if public else str(bot.make_url("/sign-in?t=abc"))
    assert reply["custom"]["url"] == there
    assert reply["text"] == f"请登录：{there}"


async def test_one_address_cannot_begin_conversations_without_end(start: Any, browser: aiohttp.ClientSession) -> None:
    bot = await start(messages_per_minute=1)
    statuses = []
    for _ in range(21):
        async with browser.post(bot.make_url("/chat/session/new")) as response:
            statuses.append(response.status)
    assert statuses == [200] * 20 + [429]
