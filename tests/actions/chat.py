"""A conversation with the actions, without Rasa: slots are kept, rules choose, entities are marked in the text."""

import asyncio
import re
from pathlib import Path
from typing import Any

import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher

from actions._base import CitizenAction
from actions._services import Services

ROOT = Path(__file__).resolve().parents[2]
_MARK = re.compile(r"\[(?P<text>[^\]]*)\]\((?P<entity>\w+)(?::(?P<value>[^)]*))?\)")


def rules() -> dict[str, str]:
    """Return the action of each intent."""
    found = {}
    for file in sorted((ROOT / "data" / "rules").glob("*.yml")):
        for rule in yaml.safe_load(file.read_text(encoding="utf-8"))["rules"]:
            found[rule["steps"][0]["intent"]] = rule["steps"][1]["action"]
    return found


def action_classes() -> dict[str, type[CitizenAction]]:
    """Return the actions by name, as rasa-sdk finds them."""
    executor = ActionExecutor()
    executor.register_package("actions")
    return {name: type(function.__self__) for name, function in executor.actions.items()}


def slots() -> set[str]:
    """Return the slots that the domain declares."""
    files = sorted((ROOT / "domain").glob("*.yml"))
    return {name for file in files for name in yaml.safe_load(file.read_text(encoding="utf-8")).get("slots", {})}


RULES = rules()
SLOTS = slots()
ACTIONS = action_classes()


def marked(text: str) -> tuple[str, list[dict[str, Any]]]:
    """Take the marks out of ``[东湖](district:东湖区)那边的``; return the text and the entities with their spans."""
    plain, entities, last = "", [], 0
    for match in _MARK.finditer(text):
        plain += text[last : match.start()]
        entity = {"entity": match["entity"], "value": match["value"] or match["text"], "start": len(plain)}
        plain += match["text"]
        entities.append({**entity, "end": len(plain)})
        last = match.end()
    return plain + text[last:], entities


class Chat:
    """One conversation."""

    def __init__(self, services: Services, conversation_id: str = "chat-1") -> None:
        self.services = services
        self.id = conversation_id
        self.slots: dict[str, Any] = {}

    def say(
        self, text: str, intent: str, confidence: float = 0.95, ranking: tuple[str, ...] = (), **message: Any
    ) -> dict[str, Any]:
        """Say something that is classified as ``intent``; return the one message that comes back."""
        plain, entities = marked(text)
        latest = {
            "text": plain,
            "intent": {"name": intent, "confidence": confidence},
            "entities": entities,
            "intent_ranking": [{"name": name, "confidence": 0.1} for name in (intent, *ranking)],
            **message,
        }
        tracker = Tracker(self.id, dict(self.slots), latest, [], False, None, {}, None)
        dispatcher = CollectingDispatcher()
        action = ACTIONS[RULES[intent]](self.services)
        events = asyncio.run(action.run(dispatcher, tracker, {}))
        assert len(dispatcher.messages) == 1
        assert all(event["event"] == "slot" and event["name"] in SLOTS for event in events)
        self.slots.update({event["name"]: event["value"] for event in events})
        return dict(dispatcher.messages[0])
