"""Rasa or the actions down: an apology, nothing lost, and the answer when they are back."""

import asyncio
import uuid
from collections.abc import Awaitable, Callable
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from bot.keys import STORE
from tests.bot.chatter import Chatter
from tests.bot.fakes import FakeRasa, MovingClock

Wait = Callable[[Callable[[], bool]], Awaitable[None]]
FAULTS = ["hang", "empty", "status", "garbage", "drop"]


@pytest.fixture
async def bot(start: Any) -> TestServer:
    server: TestServer = await start(within=0.3)
    return server


@pytest.mark.parametrize("fault", FAULTS)
async def test_an_apology_then_the_answer_when_rasa_is_back(chat: Chatter, rasa: FakeRasa, fault: str) -> None:
    rasa.fault, rasa.healthy = fault, False
    apology = await chat.ask("南港那边的")
    assert apology["text"].startswith("抱歉")
    assert [frame for frame in await chat.silence(0.4) if frame["type"] == "message"] == []
    rasa.fault, rasa.healthy = None, True
    late = await chat.message("assistant")
    assert late["text"] == "现在答复您刚才问的“南港那边的”：\n答：南港那边的"
    assert (await chat.ask("你好"))["text"] == "答：你好"


async def test_the_apology_is_in_the_language_of_the_question(chat: Chatter, rasa: FakeRasa) -> None:
    rasa.fault = "status"
    assert (await chat.ask("looking for a job"))["text"].startswith("Sorry")


async def test_every_message_gets_one_apology_and_its_answer_in_order(chat: Chatter, rasa: FakeRasa) -> None:
    rasa.fault = "status"
    first, second = await chat.ask("一"), await chat.ask("二")
    assert first["text"] != second["text"]
    await chat.silence(0.5)
    apologies = [frame for frame in chat.frames if frame.get("from") == "assistant"]
    assert len(apologies) == 2
    rasa.fault = None
    late = [(await chat.message("assistant"))["text"].split("\n")[1] for _ in range(2)]
    assert late == ["答：一", "答：二"]


async def test_a_short_failure_is_passed_over_in_silence(
    start: Any, browser: aiohttp.ClientSession, rasa: FakeRasa
) -> None:
    chat = await Chatter.open(await start(patience=3.0), browser)
    rasa.fault = "drop"
    await chat.say("你好")
    await chat.next("typing", on=True)
    await asyncio.sleep(0.1)
    rasa.fault = None
    assert (await chat.message("assistant"))["text"] == "答：你好"
    await chat.close()


async def test_the_lead_of_a_delayed_answer_says_it_too(chat: Chatter, rasa: FakeRasa) -> None:
    rasa.answer = lambda body: [{"recipient_id": "x", "text": "有2个", "custom": {"type": "cards", "lead": "有2个"}}]
    rasa.fault = "status"
    await chat.ask("电工" * 40)
    rasa.fault = None
    late = await chat.message("assistant")
    quote = "电工" * 14 + "电…"
    assert late["custom"]["lead"] == late["text"] == f"现在答复您刚才问的“{quote}”：\n有2个"


async def test_a_message_that_breaks_a_healthy_rasa_is_given_up(chat: Chatter, rasa: FakeRasa) -> None:
    rasa.healthy = True
    rasa.answer = lambda body: [] if body["message"] == "毒" else [{"recipient_id": "x", "text": "好"}]
    await chat.say("毒")
    await chat.say("你好")
    texts = [(await chat.message("assistant"))["text"] for _ in range(4)]
    assert sum(text.startswith("抱歉") for text in texts) == 3
    assert "毒" in texts[2]
    assert texts[3].endswith("好")
    assert rasa.texts.count("毒") == 3


@pytest.mark.parametrize("apologised", [False, True])
async def test_a_restart_of_the_bot_loses_nothing(
    start: Any, browser: aiohttp.ClientSession, rasa: FakeRasa, wait_until: Wait, apologised: bool
) -> None:
    first = await start(patience=0.0 if apologised else 60.0)
    chat = await Chatter.open(first, browser)
    rasa.fault = "status"
    await chat.say("余额")
    await chat.message("assistant" if apologised else "citizen")
    await wait_until(lambda: bool(rasa.asked))
    await first.close()
    rasa.fault = None
    second = await start()
    await wait_until(lambda: rasa.texts[-1] == "余额" and len(rasa.asked) > 1)
    again = await Chatter.open(second, browser)
    said = [frame for frame in again.frames + await again.silence(0.3) if frame["type"] == "message"]
    answers = [frame["text"].split("\n")[-1] for frame in said if frame["from"] == "assistant"]
    assert answers[-1] == "答：余额"
    assert len(answers) == 1 + apologised
    assert [frame["seq"] for frame in said] == list(range(1, len(said) + 1))
    await again.close()


async def test_an_answer_that_is_late_but_comes_is_not_asked_twice(chat: Chatter, rasa: FakeRasa) -> None:
    rasa.delay = 0.2
    client_id = str(uuid.uuid4())
    await chat.say("你好", client_id)
    assert (await chat.message("assistant"))["text"] == "答：你好"
    assert rasa.texts == ["你好"]


async def test_a_database_that_fails_during_an_outage_does_not_end_the_worker(
    bot: TestServer, chat: Chatter, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    store, failures = bot.app[STORE], [OSError("locked"), OSError("locked")]
    add = store.add_replies

    def flaky(*given: Any) -> Any:
        if failures:
            raise failures.pop()
        return add(*given)

    monkeypatch.setattr(store, "add_replies", flaky)
    rasa.fault = "status"
    assert (await chat.ask("余额"))["text"].startswith("抱歉")
    rasa.fault = None
    assert (await chat.message("assistant"))["text"].endswith("答：余额")


async def test_an_answer_after_a_long_rest_says_what_it_answers(
    start: Any, browser: aiohttp.ClientSession, rasa: FakeRasa, wait_until: Wait, moving_clock: MovingClock
) -> None:
    first = await start(patience=60.0)
    chat = await Chatter.open(first, browser)
    rasa.fault = "status"
    await chat.say("余额")
    await wait_until(lambda: bool(rasa.asked))
    await first.close()
    rasa.fault = None
    moving_clock.now += timedelta(minutes=5)
    again = await Chatter.open(await start(), browser)
    frames = again.frames + await again.silence(0.2)
    answers = [frame["text"] for frame in frames if frame.get("from") == "assistant"]
    assert answers == ["现在答复您刚才问的“余额”：\n答：余额"]
    await again.close()


async def test_when_the_database_fails_readyz_says_so(
    bot: TestServer, browser: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise OSError("gone")

    monkeypatch.setattr(bot.app[STORE], "ping", broken)
    async with browser.get(bot.make_url("/readyz")) as response:
        assert response.status == 503
        assert (await response.json())["database"] == "down"
