"""The web chat over a real WebSocket."""

from typing import Any

import aiohttp
from aiohttp.test_utils import TestServer

from tests.bot.chatter import Chatter
from tests.bot.fakes import FakeRasa


async def test_a_question_is_acknowledged_shown_and_answered(chat: Chatter, rasa: FakeRasa) -> None:
    client_id = await chat.say("你好")
    reply = await chat.message("assistant")
    mine = next(frame for frame in chat.frames if frame["type"] == "message" and frame["from"] == "citizen")
    assert (mine["seq"], mine["text"], mine["client_id"]) == (1, "你好", client_id)
    assert {"type": "ack", "client_id": client_id, "seq": 1} in chat.frames
    assert (reply["seq"], reply["text"]) == (2, "答：你好")
    assert rasa.tokens == ["rasa-token"]
    assert rasa.asked[0]["metadata"] == {"language": "zh", "channel": "web", "message": 1}
