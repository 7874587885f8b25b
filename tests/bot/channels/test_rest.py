"""The REST webhook: Rasa's shape for a right request, a clear refusal for a wrong one, never a 500."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer
from hypothesis import given
from hypothesis import strategies as st

from bot.channels import rest
from bot.chat.store import hash_key
from bot.keys import HUB, STORE
from tests.bot.fakes import NUMBER, FakeRasa

KEY = {"Authorization": "Bearer key-1"}


async def post(bot: TestServer, browser: aiohttp.ClientSession, body: Any, **headers: str) -> tuple[int, Any]:
    data = body if isinstance(body, bytes) else json.dumps(body).encode()
    url = bot.make_url("/webhooks/rest/webhook")
    async with browser.post(url, data=data, headers={**KEY, **headers}) as response:
        return response.status, await response.json()


async def ask(bot: TestServer, browser: aiohttp.ClientSession, text: str, sender: str = "s") -> list[dict[str, Any]]:
    status, replies = await post(bot, browser, {"sender": sender, "message": text})
    assert status == 200, replies
    return list(replies)


async def test_the_answer_has_rasas_shape(bot: TestServer, browser: aiohttp.ClientSession, rasa: FakeRasa) -> None:
    assert await ask(bot, browser, "你好") == [{"recipient_id": "s", "text": "答：你好"}]
    custom, buttons = {"type": "sign_in", "url": "http://x", "lead": "请登录"}, [{"title": "是", "payload": "是"}]
    rasa.answer = lambda body: [{"text": "请登录", "custom": custom, "buttons": buttons}, {"custom": custom}]
    assert await ask(bot, browser, "余额") == [
        {"recipient_id": "s", "text": "请登录", "buttons": buttons, "custom": custom},
        {"recipient_id": "s", "text": "请登录", "custom": custom},
    ]


@pytest.mark.parametrize(
    "header", ["", "Bearer", "Bearer ", "Bearer wrong", "Basic key-1", "key-1", "Bearer key-1,key-2", "Bearer ключ"]
)
async def test_without_a_right_key_nothing_is_answered(
    bot: TestServer, browser: aiohttp.ClientSession, rasa: FakeRasa, header: str
) -> None:
    status, refusal = await post(bot, browser, {"sender": "s", "message": "你好"}, Authorization=header)
    assert status == 401
    assert refusal["error"]
    assert rasa.asked == []


async def test_every_key_is_taken(bot: TestServer, browser: aiohttp.ClientSession) -> None:
    for header in ("Bearer key-2", "bearer  key-1"):
        assert (await post(bot, browser, {"sender": "s", "message": "你好"}, Authorization=header))[0] == 200


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 400),
        (b"{", 400),
        (b"[]", 400),
        (b'"text"', 400),
        (b"\xff\xfe", 400),
        ({}, 400),
        ({"sender": "s"}, 400),
        ({"message": "x"}, 400),
        ({"sender": "s", "message": ""}, 400),
        ({"sender": "s", "message": " \n\u200b"}, 400),
        ({"sender": "s", "message": None}, 400),
        ({"sender": "s", "message": 7}, 400),
        ({"sender": "s", "message": ["x"]}, 400),
        ({"sender": "", "message": "x"}, 400),
        ({"sender": 5, "message": "x"}, 400),
        ({"sender": "s" * 201, "message": "x"}, 400),
        ({"sender": "s", "message": "x", "metadata": "m"}, 400),
        ({"sender": "s", "message": "x", "metadata": [1]}, 400),
        ({"sender": "s", "message": "长" * 2001}, 413),
        ({"sender": "s", "message": "x" * 100_000}, 413),
        (b'{"sender": "s", "message": "\\ud800"}', 400),
        (b"[" * 60_000, 400),
    ],
)
async def test_a_wrong_request_gets_a_clear_refusal(
    bot: TestServer, browser: aiohttp.ClientSession, rasa: FakeRasa, body: Any, status: int
) -> None:
    got, refusal = await post(bot, browser, body)
    assert (got, bool(refusal["error"])) == (status, True)
    assert rasa.asked == []


@pytest.mark.parametrize(
    "text", ["😀" * 1000, "\u0000\u202e你好", "/restart", "🏳️‍🌈", "a" * 2000, "'; DROP TABLE messages;--"]
)
async def test_an_odd_text_gets_a_normal_reply(bot: TestServer, browser: aiohttp.ClientSession, text: str) -> None:
    assert (await ask(bot, browser, text))[0]["text"].startswith("答：")


async def test_a_sender_is_one_conversation_of_one_key(
    bot: TestServer, browser: aiohttp.ClientSession, rasa: FakeRasa
) -> None:
    await ask(bot, browser, "一", "张三")
    await ask(bot, browser, "二", "张三")
    await ask(bot, browser, "三", "李四")
    await post(bot, browser, {"sender": "张三", "message": "四"}, Authorization="Bearer key-2")
    senders = [body["sender"] for body in rasa.asked]
    assert senders[0] == senders[1]
    assert len(set(senders)) == 3
    assert "张三" not in json.dumps(rasa.asked, ensure_ascii=False)
    assert rasa.asked[0]["metadata"]["channel"] == "rest"


async def test_posts_at_once_are_answered_in_order_and_each_gets_its_own_answer(
    bot: TestServer, browser: aiohttp.ClientSession, rasa: FakeRasa
) -> None:
    rasa.delay = 0.02
    answers = await asyncio.gather(*(ask(bot, browser, f"{n}") for n in range(10)))
    assert [answer[0]["text"] for answer in answers] == [f"答：{n}" for n in range(10)]
    assert list(rasa.most_under_way.values()) == [1]


@pytest.mark.parametrize("fault", ["hang", "empty", "status", "garbage", "drop"])
async def test_when_rasa_is_down_the_caller_is_told_and_the_next_turn_works(
    start: Any, browser: aiohttp.ClientSession, rasa: FakeRasa, fault: str
) -> None:
    bot = await start(within=0.2)
    rasa.fault = fault
    assert (await ask(bot, browser, "余额"))[0]["text"].startswith("抱歉")
    assert (await ask(bot, browser, "my balance"))[0]["text"].startswith("Sorry")
    rasa.fault = None
    asked = len(rasa.asked)
    assert await ask(bot, browser, "你好") == [{"recipient_id": "s", "text": "答：你好"}]
    assert rasa.texts[asked:] == ["你好"]


async def test_too_many_messages_are_refused(start: Any, browser: aiohttp.ClientSession) -> None:
    bot = await start(messages_per_minute=2)
    answers = [await post(bot, browser, {"sender": "s", "message": "你好"}) for _ in range(3)]
    assert [status for status, _ in answers] == [200, 200, 429]
    assert (await post(bot, browser, {"sender": "other", "message": "你好"}))[0] == 200


async def test_numbers_are_tokens_for_rasa(bot: TestServer, browser: aiohttp.ClientSession, rasa: FakeRasa) -> None:
    await ask(bot, browser, f"我是{NUMBER}")
    assert rasa.texts[0].startswith("我是〔id_number:")


async def test_metadata_may_say_the_language(bot: TestServer, browser: aiohttp.ClientSession, rasa: FakeRasa) -> None:
    await post(bot, browser, {"sender": "s", "message": "12", "metadata": {"language": "en"}})
    await post(bot, browser, {"sender": "s", "message": "looking for a job", "metadata": {"language": "fr"}})
    await post(bot, browser, {"sender": "s", "message": "12", "metadata": None})
    assert [body["metadata"]["language"] for body in rasa.asked] == ["en", "en", "zh"]


async def test_while_staff_answers_the_list_is_empty(
    bot: TestServer, browser: aiohttp.ClientSession, rasa: FakeRasa
) -> None:
    await ask(bot, browser, "转人工")
    conversation = bot.app[STORE].of_caller(hash_key("key-1", "s"), "zh")
    await bot.app[HUB].set_mode(conversation.id, "staff")
    assert await ask(bot, browser, "在吗") == []
    await bot.app[HUB].set_mode(conversation.id, "closed")
    assert "结束" in (await ask(bot, browser, "在吗"))[0]["text"]


async def test_staff_taking_over_in_the_middle_empties_the_list(
    bot: TestServer, browser: aiohttp.ClientSession, rasa: FakeRasa
) -> None:
    await ask(bot, browser, "你好")
    conversation = bot.app[STORE].of_caller(hash_key("key-1", "s"), "zh")
    rasa.delay = 0.1
    asking = asyncio.create_task(ask(bot, browser, "转人工"))
    await asyncio.sleep(0.05)
    await bot.app[HUB].set_mode(conversation.id, "staff")
    assert await asking == []


async def test_a_get_is_refused_in_json(bot: TestServer, browser: aiohttp.ClientSession) -> None:
    async with browser.get(bot.make_url("/webhooks/rest/webhook")) as response:
        assert response.status == 405
        assert response.headers["Allow"] == "POST"
        assert (await response.json())["error"]


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
BODIES = st.binary(max_size=60) | st.fixed_dictionaries(
    {"sender": JSON | st.just("s"), "message": JSON}, optional={"metadata": JSON}
).map(lambda body: json.dumps(body).encode())


@given(body=BODIES)
def test_whatever_is_posted_is_read_or_refused(body: bytes) -> None:
    read = rest._checked(body)
    assert isinstance(read, dict) or read.status == 400
