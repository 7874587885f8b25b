"""A citizen's page by script: opens a chat, says things, and reads frames."""

import asyncio
import json
import uuid
from dataclasses import dataclass, field
from typing import Any

import aiohttp
from aiohttp.test_utils import TestServer

WITHIN = 5.0


@dataclass
class Chatter:
    """One open WebSocket."""

    socket: aiohttp.ClientWebSocketResponse
    frames: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    async def open(cls, bot: TestServer, browser: aiohttp.ClientSession, last_seq: int = 0, **hello: Any) -> "Chatter":
        async with browser.get(bot.make_url("/chat/session")) as response:
            assert response.status == 200
        origin = str(bot.make_url("/").origin())
        chatter = cls(await browser.ws_connect(bot.make_url("/ws/chat"), headers={"Origin": origin}))
        await chatter.send(type="hello", last_seq=last_seq, **hello)
        await chatter.next("welcome")
        return chatter

    async def send(self, **frame: Any) -> None:
        await self.socket.send_json(frame)

    async def receive(self) -> dict[str, Any]:
        async with asyncio.timeout(WITHIN):
            message = await self.socket.receive()
        assert message.type is aiohttp.WSMsgType.TEXT, message
        frame = dict(json.loads(message.data))
        self.frames.append(frame)
        return frame

    async def next(self, type_: str, **values: Any) -> dict[str, Any]:
        """Read on to the next frame of a type with these values."""
        while True:
            frame = await self.receive()
            if frame["type"] == type_ and all(frame.get(name) == value for name, value in values.items()):
                return frame

    async def message(self, sender: str) -> dict[str, Any]:
        return await self.next("message", **{"from": sender})

    async def say(self, text: str, client_id: str | None = None) -> str:
        client_id = client_id or str(uuid.uuid4())
        await self.send(type="say", client_id=client_id, text=text)
        return client_id

    async def ask(self, text: str) -> dict[str, Any]:
        """Say something and return the answer."""
        await self.say(text)
        return await self.message("assistant")

    async def silence(self, seconds: float = 0.15) -> list[dict[str, Any]]:
        """Return what else comes."""
        heard = []
        try:
            while True:
                async with asyncio.timeout(seconds):
                    message = await self.socket.receive()
                if message.type is not aiohttp.WSMsgType.TEXT:
                    return heard
                heard.append(json.loads(message.data))
        except TimeoutError:
            return heard

    async def close(self) -> None:
        await self.socket.close()
