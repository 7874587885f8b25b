"""The base of every action: one message out for every message in, whatever happens."""

import asyncio
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions._dialogue import respond
from actions._services import Services, provided, texts
from actions._turn import Reply, Turn
from actions._words import language_of

log = structlog.get_logger()


class CitizenAction(Action, ABC):  # type: ignore[misc]
    """An action of an area.

    rasa-sdk makes it without arguments and pickles it, so it holds no connection; tests pass services in.
    """

    def __init__(self, services: Services | None = None) -> None:
        """Use these services, or those of the process."""
        self._services = services

    @abstractmethod
    def name(self) -> str:
        """Return the name that the rules use."""

    @abstractmethod
    def answer(self, turn: Turn) -> Reply:
        """Answer a message that goes on with nothing that is open."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: Mapping[str, Any]
    ) -> list[dict[str, Any]]:
        """Answer the last message with exactly one message, and return the slots that changed."""
        state = {
            "sender_id": tracker.sender_id,
            "slots": tracker.slots,
            "latest_message": tracker.latest_message,
        }
        reply, changed = await asyncio.to_thread(self._reply, state)
        dispatcher.utter_message(
            text=reply.text, buttons=[dict(one) for one in reply.buttons], json_message=dict(reply.custom or {})
        )
        return [SlotSet(name, value) for name, value in changed.items()]

    def _reply(self, state: Mapping[str, Any]) -> tuple[Reply, dict[str, Any]]:
        try:
            turn = Turn(state, self._services or provided())
            reply = respond(turn, self.answer)
        except Exception as problem:  # the server's own error answer would echo what the citizen wrote
            log.error(
                "action failed",
                action=self.name(),
                error=type(problem).__name__,
                conversation=state.get("sender_id"),
            )
            return _apology(state), {}
        changed = {"language": turn.language, **reply.slots}
        if reply.topic is not None:
            changed["topic"] = reply.topic or None
        changed["misses"] = reply.slots.get("misses")
        return reply, {name: value for name, value in changed.items() if turn.slots.get(name) != value}


def _apology(state: Mapping[str, Any]) -> Reply:
    text = str((state.get("latest_message") or {}).get("text") or "")
    language = language_of(text) or (state.get("slots") or {}).get("language")
    return Reply(texts()("general.failure", "en" if language == "en" else "zh"))
