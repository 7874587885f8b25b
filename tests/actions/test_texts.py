"""The catalogue of sentences: complete, filled and used."""

import re
import string
from pathlib import Path

import pytest
import yaml

from actions import _services, later
from actions._dialogue import handler_of
from tests.actions.chat import ROOT, RULES

FOLDER = ROOT / "actions"
ENTRIES = {
    key: sentences
    for file in sorted((FOLDER / "texts").glob("*.yml"))
    for key, sentences in yaml.safe_load(file.read_text(encoding="utf-8")).items()
}
SOURCE = "\n".join(file.read_text(encoding="utf-8") for file in sorted(FOLDER.glob("*.py")))
NOT_ASKED = {
    "greet",
    "goodbye",
    "thank",
    "affirm",
    "deny",
    "cancel",
    "help",
    "bot_challenge",
    "dissatisfied",
    "inform",
} | {
    "out_of_scope",
    "nlu_fallback",
    "signed_in",
}


def fields(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("key", sorted(ENTRIES))
def test_both_languages_say_the_same(key: str) -> None:
    zh, en = ENTRIES[key]["zh"], ENTRIES[key]["en"]
    assert fields(zh) == fields(en)
    assert not re.search(r"[\u4e00-\u9fff]", en)
    assert re.search(r"[\u4e00-\u9fff]", zh) or not re.search(r"[a-z]{3}", re.sub(r"\{\w+\}", "", zh))


def test_every_sentence_is_used_and_every_used_one_is_there() -> None:
    written = set(re.findall(r"[\"']([a-z_]+(?:\.[a-z0-9_]+)+)[\"']", SOURCE))
    prefixes = set(re.findall(r"f[\"']([a-z_]+(?:\.[a-z_]+)*(?:\.|_|level))\{", SOURCE))
    prefixes |= set(re.findall(r'"(estimate\.ask\.)"', SOURCE))
    assert len(prefixes) > 10
    unused = [key for key in ENTRIES if key not in written and not any(key.startswith(prefix) for prefix in prefixes)]
    assert unused == []
    named = set(re.findall(r'(?:say|sentence)\(\s*"([a-z_]+(?:\.[a-z0-9_]+)+)"', SOURCE))
    assert named - ENTRIES.keys() == set()


def test_every_request_has_a_sentence_that_asks_for_it() -> None:
    requests = {intent for intent in RULES if intent not in NOT_ASKED}
    assert {f"ask.{intent}" for intent in requests} - ENTRIES.keys() == set()
    assert all(handler_of(intent) for intent in requests)


def test_every_intent_that_opens_later_is_ruled_to_the_action_that_says_so() -> None:
    assert {intent for intent, action in RULES.items() if action == "action_later"} == set(later.AREA_OF)
    assert {f"later.{area}" for area in later.AREAS} <= ENTRIES.keys()


def test_sentences_are_read_once() -> None:
    assert _services.texts() is _services.texts()
    assert Path(_services.TEXTS).is_dir()
