"""What holds for every action: one message, no exception out, slots alone as events, and no state inside."""

import logging
import pickle
from types import SimpleNamespace
from typing import Any

import pytest
import structlog
from hypothesis import given, settings
from hypothesis import strategies as st

from actions import _base
from actions._services import Services
from actions._turn import Turn, decimal_of, period_of
from tests.actions import fakes
from tests.actions.chat import ACTIONS, RULES, Chat

TOPICS = (
    "job_search",
    "labour_market",
    "medical_account",
    "reimbursement_estimate",
    "hospital_info",
    "drug_info",
    "sign_in",
)


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_actions_are_made_without_arguments_and_pickled(name: str) -> None:
    action = pickle.loads(pickle.dumps(ACTIONS[name]()))  # noqa: S301
    assert action.name() == name


def test_every_rule_has_its_action_and_every_action_its_rule() -> None:
    assert set(RULES.values()) == set(ACTIONS)


@pytest.mark.parametrize("text", ["", "嗯", "hello there", "/signed_in", "x" * 5000, "😀" * 300, "{name} {0} %s"])
def test_every_intent_gets_one_message(chat: Chat, text: str) -> None:
    assert all(chat.say(text, intent)["text"].strip() for intent in sorted(RULES))


@given(
    text=st.text(max_size=40),
    intent=st.sampled_from(sorted(RULES)),
    topic=st.sampled_from(TOPICS),
    slots=st.dictionaries(
        st.sampled_from(
            ["district", "salary_min", "schooling", "page", "amount", "pending", "language", "retired", "misses"]
        ),
        st.one_of(st.none(), st.integers(0, 20), st.sampled_from(["bachelor", "35000", "en"])),
    ),
)
@settings(max_examples=150, deadline=None)
def test_odd_slots_never_break_a_turn(text: str, intent: str, topic: str, slots: dict[str, Any]) -> None:
    chat = Chat(fakes.services())
    chat.slots = {**slots, "topic": topic}
    assert chat.say(text.replace("[", ""), intent)["text"].strip()


def test_a_broken_record_gets_an_apology_and_a_log_without_words(
    chat: Chat, services: Services, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: Any) -> None:
        raise RuntimeError("secret words of the citizen")

    services.backoffice.employment.search = broken  # type: ignore[method-assign,assignment]
    with structlog.testing.capture_logs() as logs:
        reply = chat.say("找个[电工](occupation)的活", "job_search")
    assert "12345" in reply["text"]
    assert [(entry["error"], entry["conversation"]) for entry in logs] == [("RuntimeError", chat.id)]
    assert "secret" not in str(logs) + caplog.text
    assert "secret" not in reply["text"]
    assert (
        "Sorry" in chat.say("find me a job", "job_search")["text"]
        or "sorry" in chat.say("find me a job", "job_search")["text"]
    )


def test_the_reply_is_in_the_language_of_the_words(chat: Chat) -> None:
    assert "您好" in chat.say("你好", "greet")["text"]
    assert "Hello" in chat.say("hello there", "greet")["text"]
    assert chat.slots["language"] == "en"
    assert "Hello" in chat.say("👋", "greet")["text"]
    assert "Hello" in Chat(chat.services, "chat-2").say("👋", "greet", metadata={"language": "en"})["text"]


def test_only_slots_that_changed_are_returned(chat: Chat) -> None:
    chat.say("你好", "greet")
    before = dict(chat.slots)
    chat.say("你好", "greet")
    assert chat.slots == before == {"language": "zh"}


def test_a_turn_without_its_parts_is_read() -> None:
    turn = Turn(
        {"latest_message": {"entities": [{"entity": "money", "value": "abc", "start": 0, "end": 3}, {}]}},
        fakes.services(),
    )
    assert (turn.text, turn.intent, turn.confidence, turn.amounts(), turn.period()) == (
        "",
        "nlu_fallback",
        0.0,
        [],
        None,
    )


@pytest.mark.parametrize("value", ["NaN", "Infinity", "abc", None, {}, "1e999"])
def test_what_is_no_amount(value: Any) -> None:
    assert decimal_of(value) is None


@pytest.mark.parametrize("value", ["2026-13-01/2026-10-01", "x", None, "2026-10-31/2026-10-01"])
def test_what_is_no_period(value: Any) -> None:
    assert period_of(value) is None


def test_the_apology_needs_no_database(monkeypatch: pytest.MonkeyPatch) -> None:
    def closed() -> Services:
        raise OSError("no database")

    monkeypatch.setattr(_base, "provided", closed)
    chat = Chat(SimpleNamespace())  # type: ignore[arg-type]
    chat.services = None  # type: ignore[assignment]
    logging.getLogger().setLevel(logging.INFO)
    assert "12345" in chat.say("我医保卡里还剩多少钱", "medical_balance")["text"]
