"""The load: conversations that speak one after the other, over our WebSocket or over Rasa's REST channel."""

import argparse
import asyncio
import json
import statistics
import time
import uuid
from collections.abc import Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any

import aiohttp

CITIZEN = (
    "你好",
    "找个电工的活",
    "东湖那边的",
    "不是东湖，是南港",
    "工资七千往上的有没有",
    "安澜市第一人民医院是几级",
    "阿莫西林能报销吗",
    "我爸住院花了三万五能报多少",
    "三级医院，职工医保，已经退休了",
    "医保统筹基金还剩多少",
    "今天天气怎么样",
    "谢谢",
)
STOCK_INIT = ("hello", "I am sad", "yes", "are you a bot?", "great", "bye")

Say = Callable[[str], Awaitable[None]]


@asynccontextmanager
async def over_websocket(url: str) -> Any:
    """Open one chat as the page does; the ``say`` it yields returns when the assistant's message has come."""
    async with aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True), headers={"Origin": url}) as http:
        async with http.get(f"{url}/chat/session") as response:
            response.raise_for_status()
        async with http.ws_connect(f"{url}/ws/chat") as socket:
            await socket.send_json({"type": "hello", "last_seq": 0, "language": "zh"})

            async def say(text: str) -> None:
                await socket.send_json({"type": "say", "client_id": str(uuid.uuid4()), "text": text})
                async for frame in socket:
                    message = json.loads(frame.data)
                    if message["type"] == "error":
                        raise RuntimeError(message["text"])
                    if message["type"] == "message" and message["from"] == "assistant":
                        return

            yield say


@asynccontextmanager
async def over_rest(url: str) -> Any:
    """Speak to Rasa's own REST channel as one sender."""
    sender = uuid.uuid4().hex
    async with aiohttp.ClientSession() as http:

        async def say(text: str) -> None:
            async with http.post(f"{url}/webhooks/rest/webhook", json={"sender": sender, "message": text}) as response:
                if not await response.json():
                    raise RuntimeError("an empty reply")

        yield say


async def run(channel: Any, url: str, texts: tuple[str, ...], conversations: int, seconds: float) -> dict[str, float]:
    """Let so many conversations speak for so long; return milliseconds per turn by percentile, and turns a second."""
    turns: list[float] = []
    until = 0.0

    async def converse(start: int, ready: asyncio.Barrier) -> None:
        nonlocal until
        async with channel(url) as say:
            for text in texts[:2]:
                await say(text)
            await ready.wait()
            until = until or time.perf_counter() + seconds
            number = start
            while time.perf_counter() < until:
                began = time.perf_counter()
                await say(texts[number % len(texts)])
                turns.append(1000 * (time.perf_counter() - began))
                number += 1

    barrier = asyncio.Barrier(conversations)
    await asyncio.gather(*(converse(number, barrier) for number in range(conversations)))
    cuts = statistics.quantiles(turns, n=100)
    return {
        "conversations": conversations,
        "turns": len(turns),
        "p50": round(cuts[49], 1),
        "p95": round(cuts[94], 1),
        "p99": round(cuts[98], 1),
        "per_second": round(len(turns) / seconds, 1),
    }


def main() -> None:
    """Print the figures of one load as JSON."""
    parser = argparse.ArgumentParser()
    parser.add_argument("channel", choices=["websocket", "rest"])
    parser.add_argument("url")
    parser.add_argument("--texts", choices=["citizen", "init"], default="citizen")
    parser.add_argument("--conversations", type=int, nargs="+", default=[1, 8, 32])
    parser.add_argument("--seconds", type=float, default=15)
    chosen = parser.parse_args()
    channel = over_websocket if chosen.channel == "websocket" else over_rest
    texts = CITIZEN if chosen.texts == "citizen" else STOCK_INIT
    for conversations in chosen.conversations:
        print(json.dumps(asyncio.run(run(channel, chosen.url, texts, conversations, chosen.seconds))), flush=True)


if __name__ == "__main__":
    main()
