"""Asks Rasa, and looks whether Rasa and the action server are well."""

import asyncio
from typing import Any

import aiohttp
import orjson

from bot.chat.store import Reply

DEFAULT_TIMEOUT = 8.0  # seconds
_MOST_AT_ONCE = 64  # more at once only make each of them slower


class RasaFailed(Exception):
    """No usable answer; ``kind`` is timeout, connection, status, empty or shape."""

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class RasaClient:
    """Rasa's REST channel over a kept session."""

    def __init__(self, http: aiohttp.ClientSession, rasa: str, actions: str, token: str) -> None:
        self._http = http
        self._query = {"token": token} if token else {}
        self._webhook = f"{rasa}/webhooks/rest/webhook"
        self._status = f"{rasa}/status"
        self._actions = f"{actions}/health"
        self._places = asyncio.Semaphore(_MOST_AT_ONCE)

    async def ask(
        self, sender: str, text: str, metadata: dict[str, Any], within: float = DEFAULT_TIMEOUT, patient: bool = False
    ) -> list[Reply]:
        """Send one message and return the answer's messages, at least one.

        ``patient``: waiting for a free place does not count as time (nobody is looking at a clock any more).

        Raises:
            RasaFailed: no answer ``within`` so many seconds, an error, or an empty list.
        """
        body = orjson.dumps({"sender": sender, "message": text, "metadata": metadata})
        try:
            if patient:
                async with self._places, asyncio.timeout(within):
                    answer = await self._post(body)
            else:
                async with asyncio.timeout(within), self._places:
                    answer = await self._post(body)
        except TimeoutError as problem:
            raise RasaFailed("timeout") from problem
        except (aiohttp.ClientError, OSError) as problem:
            raise RasaFailed("connection") from problem
        return replies_of(answer)

    async def _post(self, body: bytes) -> Any:
        headers = {"Content-Type": "application/json"}
        async with self._http.post(self._webhook, params=self._query, data=body, headers=headers) as response:
            if response.status != 200:
                raise RasaFailed("status")
            try:
                return orjson.loads(await response.read())
            except orjson.JSONDecodeError as problem:
                raise RasaFailed("shape") from problem

    async def health(self) -> dict[str, bool]:
        """Say which of rasa (with a loaded model) and actions answer."""
        rasa, actions = await asyncio.gather(self._answers(self._status, self._query), self._answers(self._actions, {}))
        return {"rasa": rasa, "actions": actions}

    async def _answers(self, url: str, query: dict[str, str]) -> bool:
        try:
            async with asyncio.timeout(2), self._http.get(url, params=query) as response:
                return response.status == 200
        except (TimeoutError, aiohttp.ClientError, OSError):
            return False


def replies_of(answer: Any) -> list[Reply]:
    """Read Rasa's list of messages.

    Raises:
        RasaFailed: it is empty, or no such list.
    """
    if not isinstance(answer, list) or not all(isinstance(message, dict) for message in answer):
        raise RasaFailed("shape")
    replies = [_reply(message) for message in answer]
    kept = [reply for reply in replies if reply.text or reply.custom]
    if not kept:
        raise RasaFailed("empty")
    return kept


def _reply(message: dict[str, Any]) -> Reply:
    custom = message.get("custom")
    buttons = message.get("buttons")
    lead = custom.get("lead") if isinstance(custom, dict) else None
    return Reply(
        text=str(message.get("text") or lead or ""),
        buttons=buttons if isinstance(buttons, list) and buttons else None,
        custom=custom if isinstance(custom, dict) and custom else None,
    )
