"""Patches of what Rasa does inside a turn."""

from typing import Any, Dict, List, Optional, Set, Text, Tuple

import rasa.core.policies.rule_policy
import rasa.core.processor
from rasa.core.lock import TicketLock
from rasa.core.lock_store import LockStore
from rasa.core.policies.rule_policy import RulePolicy
from rasa.engine.constants import PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER
from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import GraphNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.constants import PREVIOUS_ACTION, SHOULD_NOT_BE_SET, USER
from rasa.shared.core.domain import State
from rasa.shared.nlu.constants import ACTION_NAME, INTENT

Replacements = List[Tuple[Any, str, Any]]
Plan = List[Tuple[Text, GraphNode, Tuple[Text, ...]]]


def fixed_plan() -> Replacements:
    """Run the graph's nodes in an order that is worked out once; dask works it out, and locks, at every run."""
    stock = DaskGraphRunner.run

    def run(
        self: DaskGraphRunner, inputs: Optional[Dict[Text, Any]] = None, targets: Optional[List[Text]] = None
    ) -> Dict[Text, Any]:
        if not inputs or not targets or not inputs.keys() <= {PLACEHOLDER_MESSAGE, PLACEHOLDER_TRACKER}:
            return stock(self, inputs, targets)  # training
        plans = self.__dict__.setdefault("_plans", {})
        wanted = (tuple(targets), tuple(inputs))
        if wanted not in plans:
            plans[wanted] = _plan(self, targets, inputs)
        results: Dict[Text, Tuple[Text, Any]] = {name: (name, value) for name, value in inputs.items()}
        try:
            for name, node, needs in plans[wanted]:
                results[name] = node(*[results.get(need, need) for need in needs])
        except RuntimeError as problem:
            raise GraphRunError("Error running runner.") from problem
        return {target: results[target][1] for target in targets}

    return [(DaskGraphRunner, "run", run)]


def _plan(runner: DaskGraphRunner, targets: List[Text], inputs: Dict[Text, Any]) -> Plan:
    """Return the nodes that the targets need, each after those it needs itself."""
    nodes = runner._graph_schema.minimal_graph_schema(targets).nodes
    plan: Plan = []
    done = set(inputs)

    def add(name: Text) -> None:
        if name in done or name not in nodes:
            return
        done.add(name)
        needs = tuple(nodes[name].needs.values())
        for need in needs:
            add(need)
        plan.append((name, runner._instantiated_nodes[name], needs))

    for target in targets:
        add(target)
    return plan


class _NoCopy:
    """Stands for the module ``copy`` where Rasa copies values only to log them."""

    @staticmethod
    def deepcopy(value: Any) -> Any:
        return value


def no_debug_copies() -> Replacements:
    """Log without deep copies: Rasa copies events, entities and states for debug lines that are not even written."""
    return [(rasa.core.processor, "copy", _NoCopy), (rasa.core.policies.rule_policy, "copy", _NoCopy)]


def indexed_rules() -> Replacements:
    """Try only the rules for the message's intent and the last action; Rasa tries each rule, twice per prediction."""
    stock = RulePolicy._get_possible_keys

    def _get_possible_keys(self: RulePolicy, lookup: Dict[Text, Text], states: List[State]) -> Set[Text]:
        if not states or not states[-1].get(PREVIOUS_ACTION) or not lookup:
            return stock(self, lookup, states)
        indexes = self.__dict__.setdefault("_rule_indexes", {})
        if id(lookup) not in indexes:
            indexes[id(lookup)] = _index_of_rules(self, lookup)
        index = indexes[id(lookup)]
        intent, action = _intent_and_action(states[-1])
        candidates = {
            key: "" for wanted in {intent, None} for does in {action, None} for key in index.get((wanted, does), ())
        }
        return stock(self, candidates, states)

    return [(RulePolicy, "_get_possible_keys", _get_possible_keys)]


def _index_of_rules(policy: RulePolicy, lookup: Dict[Text, Text]) -> Dict[Tuple[Any, Any], List[Text]]:
    index: Dict[Tuple[Any, Any], List[Text]] = {}
    for key in lookup:
        index.setdefault(_intent_and_action(policy._rule_key_to_state(key)[-1]), []).append(key)
    return index


def _intent_and_action(state: State) -> Tuple[Any, Any]:
    """Return what of a state must be equal in rule and conversation; None where the rule does not ask for it."""
    intent = state.get(USER, {}).get(INTENT) or None
    action = state.get(PREVIOUS_ACTION, {}).get(ACTION_NAME) or None
    return (None if intent == SHOULD_NOT_BE_SET else intent), (None if action == SHOULD_NOT_BE_SET else action)


def quick_locks() -> Replacements:
    """Look every 10 ms whether the conversation is free; Rasa looks once a second."""
    stock = LockStore._acquire_lock

    async def _acquire_lock(
        self: LockStore, conversation_id: Text, ticket: int, wait_time_in_seconds: float
    ) -> TicketLock:
        return await stock(self, conversation_id, ticket, min(wait_time_in_seconds, 0.01))

    return [(LockStore, "_acquire_lock", _acquire_lock)]
