"""Who answers a message: danger first, then the open topic if the message goes on with it, then the intent."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from actions import _emergency, _second
from actions._turn import Reply, Turn
from actions._words import Mention, size_of_rest

Handler = Callable[[Turn], Reply]

SOFT = frozenset(
    {
        "inform",
        "affirm",
        "deny",
        "cancel",
        "nlu_fallback",
        "dissatisfied",
        "out_of_scope",
        "greet",
        "goodbye",
        "thank",
    }
)
"""Intents that name no request of their own: with a value in the message they go on with what is open."""
WEAK = frozenset({"balance", "spending", "detail"})
"""Kinds of mentions that are mere words, not values; they do not make a message of another kind a continuation."""
NAMES = frozenset({"hospital", "doctor", "drug", "occupation", "department", "leader", "licence_kind", "tax_kind"})
SOFT_FOR_WORDS = frozenset({"inform", "nlu_fallback"})
UNSURE = 0.5
IMPLIED = (
    ("doctor", "doctor_info"),
    ("drug", "drug_info"),
    ("hospital", "hospital_info"),
    ("occupation", "job_search"),
)
NOTHING_ELSE, LITTLE_ELSE = 1, 5
"""Chinese characters or English words beside the values and the fillers."""
_AREAS = ("employment", "medical", "identity", "general", "policies", "later")


@dataclass(frozen=True)
class Topic:
    """What can be talked about over several turns.

    ``reads`` finds what a message says to this topic (nothing: it is not meant); ``fillers`` are characters that say
    nothing new within it. A topic that ``claims`` takes every message in which it reads something;
    words of ``unless`` ask for something else that the same values belong to.
    """

    name: str
    intents: frozenset[str]
    reads: Callable[[Turn], list[Mention]]
    answer: Handler
    fillers: str = ""
    claims: bool = False
    unless: re.Pattern[str] | None = None

    def takes(self, turn: Turn) -> bool:
        """Say whether the message goes on with this topic.

        It does when it holds values for it and asks for nothing else: by its intent; or because little is left of it
        beside those values, whatever the classifier says; or because the classifier is unsure, or heard no request, and
        not much is left.
        """
        mentions = self.reads(turn)
        if not mentions:
            return False
        if self.claims or turn.intent in self.intents:
            return True
        if self.unless and self.unless.search(turn.text):
            return False
        if any(one.kind in NAMES and one not in mentions for one in turn.entities):
            return False  # it speaks of something that this topic knows nothing of
        weak = all(one.kind in WEAK for one in mentions)
        rest = size_of_rest(turn.text, mentions, self.fillers)
        if rest <= NOTHING_ELSE:
            return True
        unsure = turn.intent in SOFT or turn.confidence < UNSURE
        soft = turn.intent in SOFT_FOR_WORDS if weak else unsure
        return soft and (rest <= LITTLE_ELSE or self._likeliest(turn))

    def _likeliest(self, turn: Turn) -> bool:
        """Say whether the likeliest request of the ranking is one of this topic's."""
        return next((name for name in turn.ranking if name not in SOFT), None) in self.intents


@cache
def _topics() -> dict[str, Topic]:
    return {topic.name: topic for area in _AREAS for topic in getattr(import_module(f"actions.{area}"), "TOPICS", ())}


@cache
def _handlers() -> dict[str, Handler]:
    """Return the handlers by intent, for questions that are answered later or again."""
    return {
        intent: handler
        for area in _AREAS
        for intent, handler in getattr(import_module(f"actions.{area}"), "HANDLERS", {}).items()
    }


def handler_of(intent: str) -> Handler | None:
    """Return what answers an intent, or ``None``."""
    return _handlers().get(intent)


def respond(turn: Turn, own: Handler) -> Reply:
    """Answer a message; ``own`` is the handler of the action that Rasa's rule chose."""
    danger = _emergency.answer(turn)
    if danger:
        return danger
    topic = _topics().get(turn.topic or "")
    if topic and not turn.raw.startswith("/") and topic.takes(turn):
        return topic.answer(turn)
    if turn.all("id_number") and turn.intent in SOFT:
        return _handlers()["sign_in"](turn)  # a number alone: it is meant for signing in
    reply = (_implied(turn) or own)(turn)
    further = _second.second_request(turn)
    handler = handler_of(further.intent) if further else None
    return _second.both(turn, reply, handler(further)) if further and handler else reply


def _implied(turn: Turn) -> Handler | None:
    """Return what a bare name asks for: a drug, a hospital, a doctor or a job alone is a question about it."""
    unsure = turn.intent == "out_of_scope" and turn.confidence < UNSURE
    if turn.intent not in ("inform", "nlu_fallback") and not unsure:
        return None
    return next((_handlers()[intent] for kind, intent in IMPLIED if turn.value(kind) is not None), None)
