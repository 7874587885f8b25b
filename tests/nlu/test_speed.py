"""Rasa must do the same with the patches as without them."""

import asyncio
import copy
import itertools
import json
from collections.abc import Iterator
from typing import Any

import pytest
import rasa.core.processor
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import ValidationError
from rasa.core.actions.action import RemoteAction
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import ClientResponseError, EndpointConfig

from nlu import speed


@pytest.fixture(autouse=True)
def patched() -> Iterator[None]:
    """Every patch in place during a test, Rasa's own functions afterwards."""
    speed.remove()
    speed.install()
    yield
    speed.remove()


def test_rasa_is_the_version_that_the_patches_were_written_for() -> None:
    assert rasa.version.__version__ == speed.RASA
    assert speed.installed() == list(speed.PATCHES)


def test_another_version_is_left_alone(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    speed.remove()
    monkeypatch.setattr(rasa.version, "__version__", "3.7.0")
    speed.install()
    assert speed.installed() == []
    assert "left out" in caplog.text


def test_removing_gives_rasa_its_own_functions_back() -> None:
    ours = RemoteAction._validate_action_result
    speed.remove()
    assert RemoteAction._validate_action_result is not ours
    assert rasa.core.processor.copy is copy


SLOT = {"event": "slot", "timestamp": None, "name": "page", "value": 1}
ANSWERS: list[Any] = [
    {"events": [SLOT], "responses": [{"text": "a"}]},
    {"events": [], "responses": []},
    {"events": [{"event": "slot", "timestamp": "x", "name": "page", "value": 1}], "responses": []},
    {"events": [{"event": "slot", "timestamp": None, "value": 1}], "responses": []},
    {"events": [{"event": "slot", "timestamp": None, "name": "page"}], "responses": []},
    {"events": [{"event": "unheard of"}], "responses": []},
    {
        "events": [{"event": "action", "timestamp": None, "name": "x", "policy": None, "confidence": 1.0}],
        "responses": [],
    },
    {"events": "none", "responses": []},
    {"events": [], "responses": ["a"]},
    {"events": [1], "responses": []},
    {"responses": []},
    [],
    None,
]


@pytest.mark.parametrize("answer", ANSWERS)
def test_answers_of_the_action_server_are_judged_as_by_rasa(answer: Any) -> None:
    action = RemoteAction("action_x", None)
    judged = _verdict(action, answer)
    speed.remove()
    assert judged == _verdict(action, answer)


def _verdict(action: RemoteAction, answer: Any) -> bool:
    try:
        return action._validate_action_result(copy.deepcopy(answer))
    except ValidationError:
        return False


DOMAIN = Domain.from_dict(
    {
        "intents": ["greet"],
        "slots": {"district": {"type": "any", "mappings": [{"type": "custom"}]}},
        "actions": ["action_x"],
    }
)


def test_an_action_call_has_what_rasa_sends_but_history_and_domain() -> None:
    tracker = DialogueStateTracker("c1", DOMAIN.slots)
    parsed = {"text": "你好", "intent": {"name": "greet"}, "entities": [{"entity": "district", "value": "东湖区"}]}
    message = UserUttered("你好", parsed["intent"], parsed["entities"], parsed, input_channel="rest", metadata={"a": 1})
    tracker.update_with_events([ActionExecuted("action_listen"), SlotSet("district", "东湖区"), message], DOMAIN)
    action = RemoteAction("action_x", None)
    ours = action._action_call_format(tracker, DOMAIN)
    speed.remove()
    stock = action._action_call_format(tracker, DOMAIN)
    json.dumps(ours)
    assert ours.keys() == stock.keys()
    assert ours["domain"] == {}
    assert ours["tracker"].keys() == stock["tracker"].keys()
    different = {key for key in stock["tracker"] if ours["tracker"][key] != stock["tracker"][key]}
    assert different <= {"events", "latest_event_time"}
    assert [event["event"] for event in ours["tracker"]["events"]] == ["user"]
    assert ours["tracker"]["events"][0].items() <= stock["tracker"]["events"][-1].items()


class Add(GraphComponent):
    """A node that joins what it is given."""

    @classmethod
    def create(cls, config: Any, model_storage: Any, resource: Any, execution_context: Any) -> "Add":
        return cls()

    def run(self, **given: Any) -> str:
        return "(" + "+".join(str(given[name]) for name in sorted(given)) + ")"

    def join(self, one: Any, two: Any) -> str:
        return f"({one}+{two})"


def _node(**needs: str) -> SchemaNode:
    return SchemaNode(needs=needs, uses=Add, fn="join", constructor_name="create", config={}, eager=True)


def test_a_graph_gives_the_same_as_with_dask() -> None:
    schema = GraphSchema(
        {
            "last": _node(one="middle", two="first"),
            "first": _node(one="__message__", two="__tracker__"),
            "middle": _node(one="first", two="__message__"),
            "unneeded": _node(one="last", two="first"),
        }
    )
    runner = DaskGraphRunner.create(schema, None, ExecutionContext(schema))  # type: ignore[arg-type]
    inputs = {"__message__": "m", "__tracker__": "t"}
    for targets in (["last"], ["middle", "first"], ["unneeded"], ["first"]):
        ours = [runner.run(inputs=inputs, targets=targets) for _ in range(2)]
        speed.remove()
        stock = runner.run(inputs=inputs, targets=targets)
        speed.install()
        assert ours == [stock, stock]


def _rules() -> dict[str, str]:
    rules = {}
    for intent, last, slot in itertools.product(
        ("greet", "bye", None), ("action_listen", "action_x", None), ("None", None)
    ):
        state: dict[str, Any] = {}
        if intent:
            state["user"] = {"intent": intent}
        if last:
            state["prev_action"] = {"action_name": last}
        if slot:
            state["slots"] = {"district": "None"}
        rules[json.dumps([state])] = "a"
        rules[json.dumps([{"prev_action": {"action_name": "action_listen"}}, state])] = "b"
        rules[json.dumps([{}, state])] = "c"
    return rules


STATES: list[dict[str, Any]] = [
    {},
    {"prev_action": {"action_name": "action_listen"}},
    {"prev_action": {"action_name": "action_x"}, "user": {"intent": "greet"}},
    {"prev_action": {"action_name": "action_listen"}, "user": {"intent": "bye"}},
    {"prev_action": {"action_name": "action_listen"}, "user": {"text": "bye"}},
    {"prev_action": {"action_name": "action_y"}, "user": {"intent": "greet"}, "slots": {"district": (1.0,)}},
    {"user": {"intent": "greet"}},
]


def test_the_same_rules_apply_as_without_the_index() -> None:
    policy, rules = RulePolicy.__new__(RulePolicy), _rules()
    applied = 0
    for length in (1, 2, 3):
        for states in itertools.product(STATES, repeat=length):
            speed.install()
            ours = policy._get_possible_keys(rules, list(states))
            speed.remove()
            stock = policy._get_possible_keys(rules, list(states))
            assert ours == stock
            applied += len(stock)
    assert applied > 1000


async def test_calls_to_the_action_server_share_one_connection() -> None:
    peers = []

    async def answer(request: web.Request) -> web.Response:
        peers.append(request.transport.get_extra_info("peername"))  # type: ignore[union-attr]
        status = int(request.query.get("status", "200"))
        return web.json_response({"got": await request.json(), "token": request.query.get("token")}, status=status)

    app = web.Application()
    app.router.add_post("/webhook", answer)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
    endpoint = EndpointConfig(f"http://127.0.0.1:{port}", token="t")
    for number in range(3):
        reply = await endpoint.request("post", "webhook", json={"n": number}, timeout=5, compress=number == 1)
        assert reply == {"got": {"n": number}, "token": "t"}
    assert len(set(peers)) == 1
    with pytest.raises(ClientResponseError) as caught:
        await endpoint.request("post", "webhook", json={}, params={"status": "500"})
    assert caught.value.status == 500
    await runner.cleanup()
    with pytest.raises(OSError, match="Cannot connect"):
        await endpoint.request("post", "webhook", json={})
    await endpoint._kept_session[1].close()  # type: ignore[attr-defined]


async def test_two_quick_messages_do_not_wait_a_second() -> None:
    store = InMemoryLockStore()

    async def turn() -> None:
        async with store.lock("c1"):
            await asyncio.sleep(0.02)

    await asyncio.wait_for(asyncio.gather(turn(), turn(), turn()), timeout=0.5)


@given(
    st.recursive(
        st.none() | st.integers() | st.text(max_size=5),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["event", "name", "value", "timestamp", "events", "responses"]), inner, max_size=4
            )
        ),
        max_leaves=8,
    )
)
def test_no_answer_is_taken_that_rasa_would_refuse(answer: Any) -> None:
    action = RemoteAction("action_x", None)
    speed.install()
    ours = _verdict(action, answer)
    speed.remove()
    assert ours == _verdict(action, answer)
