"""Plays every dialogue of this folder through the real three processes and looks for the expected facts."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.live import Citizen, Stack

FILES = sorted(Path(__file__).parent.glob("*.yml"))
DIALOGUES = [dialogue for file in FILES for dialogue in yaml.safe_load(file.read_text(encoding="utf-8"))["dialogues"]]


def look_up(facts: Any, path: str) -> str:
    """Return the fact at a dotted path such as ``residents.A.name``; a list of residents is keyed by ``key``."""
    for part in path.split("."):
        by_key = {item["key"]: item for item in facts} if isinstance(facts, list) else facts
        facts = by_key[part]
    return str(facts)


def fill(text: str, facts: dict[str, Any]) -> str:
    """Replace each ``${path}`` with its demo fact."""
    return re.sub(r"\$\{([\w.]+)\}", lambda found: look_up(facts, found.group(1)), text)


def holds(expected: Any, said: str, facts: dict[str, Any]) -> bool:
    """Say whether a reply holds what is expected: a text, ``{re: pattern}``, or ``{any: [texts]}``."""
    if isinstance(expected, dict) and "re" in expected:
        return re.search(fill(expected["re"], facts), said) is not None
    if isinstance(expected, dict):
        return any(holds(one, said, facts) for one in expected["any"])
    return fill(str(expected), facts) in said


@pytest.mark.e2e
@pytest.mark.parametrize("dialogue", DIALOGUES, ids=[dialogue["name"] for dialogue in DIALOGUES])
def test_dialogue(dialogue: dict[str, Any], stack: Stack, facts: dict[str, Any]) -> None:
    citizen = Citizen(stack)
    residents = {resident["key"]: resident for resident in facts["residents"]}
    if dialogue.get("signed_in"):
        citizen.sign_in(residents[dialogue["signed_in"]])
    for turn in dialogue["turns"]:
        if turn.get("sign_in"):
            citizen.sign_in(residents[turn["sign_in"]])
        replies = citizen.say(fill(turn["user"], facts))
        said = "\n".join(reply.get("text") or "" for reply in replies)
        assert said, f"no reply to {turn['user']!r}"
        for expected in turn.get("expect", []):
            assert holds(expected, said, facts), f"{turn['user']!r} → {said!r} lacks {expected!r}"
        for rejected in turn.get("reject", []):
            assert not holds(rejected, said, facts), f"{turn['user']!r} → {said!r} must not hold {rejected!r}"


def test_there_are_dialogues() -> None:
    assert len(DIALOGUES) >= 10
