"""Actions of the conversation itself: greetings, help, what goes on, what was not understood."""

from collections.abc import Iterable

from actions import identity, later
from actions._base import CitizenAction
from actions._dialogue import SOFT, handler_of
from actions._turn import Reply, Turn, button

_HELP = ("job_search", "medical_balance", "reimbursement_estimate", "office_info")
_TALK = frozenset({"greet", "goodbye", "thank", "help", "bot_challenge"})


def _suggestions(turn: Turn, intents: Iterable[str]) -> tuple[dict[str, str], ...]:
    """Make buttons that ask for these intents in plain words."""
    return tuple(button(turn.say(f"ask.{intent}"), turn.say(f"ask.{intent}")) for intent in intents)


def _likely(turn: Turn) -> list[str]:
    """Return the two likeliest requests of the ranking that name something to do."""
    asked = [name for name in turn.ranking if name not in SOFT and name not in _TALK and name != "signed_in"]
    known = [name for name in asked if handler_of(name)]
    return sorted(known[:4], key=lambda name: name in later.AREA_OF)[:2]  # what can be answered now comes first


def _office(turn: Turn) -> dict[str, str]:
    hall = turn.city.hall()
    return {
        "hotline": turn.city.hotline,
        "office": turn.pick(hall.name, hall.en),
        "phone": hall.phone,
        "hours": turn.pick(hall.hours, hall.hours_en),
    }


def small_talk(turn: Turn) -> Reply:
    """Greet, take leave, take thanks, say what can be asked, and say what this is."""
    kind = turn.intent if turn.intent in _TALK else "help"
    text = turn.say(f"general.{kind}", city=turn.pick(turn.city.name, turn.city.en))
    offers = _suggestions(turn, _HELP) if kind in ("greet", "help", "bot_challenge") else ()
    return Reply(text, buttons=offers)


def continue_(turn: Turn) -> Reply:
    """Answer a yes, a no, a stop, a complaint or a bare piece of information that no open topic has taken."""
    if turn.topic == identity.TOPIC and turn.intent in ("inform", "affirm", "dissatisfied") and turn.resident is None:
        key = "identity.why" if turn.intent == "dissatisfied" else "identity.offer"
        return identity.ask_to_sign_in(turn, None, key)
    if turn.intent == "dissatisfied":
        return dissatisfied(turn)
    if turn.intent == "cancel":
        if turn.topic:
            return Reply(turn.say("general.left"), topic="")
        return Reply(turn.say("general.nothing_open"), buttons=_suggestions(turn, _HELP))
    key = "general.inform" if turn.intent == "inform" else f"general.{turn.intent}"
    known = key if key in ("general.affirm", "general.deny") else "general.inform"
    likely = _likely(turn) if turn.intent == "inform" else []
    return Reply(turn.say(known), buttons=_suggestions(turn, likely or _HELP))


def dissatisfied(turn: Turn) -> Reply:
    """Ask what was meant, offer what it may have been, and a person."""
    offers = _suggestions(turn, [*_likely(turn), "human_handoff"])
    return Reply(turn.say("general.dissatisfied", **_office(turn)), buttons=offers)


def human_handoff(turn: Turn) -> Reply:
    """Say honestly how a person is reached now."""
    return Reply(turn.say("general.human_handoff", **_office(turn)))


def out_of_scope(turn: Turn) -> Reply:
    """Say kindly what this service does not do, and what it does."""
    return Reply(turn.say("general.out_of_scope"), buttons=_suggestions(turn, _HELP))


def not_understood(turn: Turn) -> Reply:
    """Ask to say it in other words, with guesses; the second time in a row offer a person."""
    misses = int(turn.slots.get("misses") or 0) + 1
    if not turn.text.strip():
        return Reply(turn.say("general.empty"), buttons=_suggestions(turn, _HELP))
    if misses >= 2:
        return Reply(
            turn.say("general.not_understood_again", **_office(turn)),
            buttons=_suggestions(turn, [*_likely(turn), "human_handoff"]),
            slots={"misses": misses},
        )
    likely = _likely(turn)
    key = "general.not_understood_guess" if likely else "general.not_understood"
    return Reply(turn.say(key), buttons=_suggestions(turn, likely or _HELP), slots={"misses": misses})


TOPICS = ()
HANDLERS = {
    **dict.fromkeys(_TALK, small_talk),
    "human_handoff": human_handoff,
    "out_of_scope": out_of_scope,
    "nlu_fallback": not_understood,
    **dict.fromkeys(("affirm", "deny", "cancel", "inform", "dissatisfied"), continue_),
}


class ActionSmallTalk(CitizenAction):
    """Greetings, thanks, help."""

    def name(self) -> str:
        return "action_small_talk"

    def answer(self, turn: Turn) -> Reply:
        return small_talk(turn)


class ActionContinue(CitizenAction):
    """A yes, a no, a stop or a bare value."""

    def name(self) -> str:
        return "action_continue"

    def answer(self, turn: Turn) -> Reply:
        return continue_(turn)


class ActionHumanHandoff(CitizenAction):
    """The way to a person."""

    def name(self) -> str:
        return "action_human_handoff"

    def answer(self, turn: Turn) -> Reply:
        return human_handoff(turn)


class ActionOutOfScope(CitizenAction):
    """What a service desk does not do."""

    def name(self) -> str:
        return "action_out_of_scope"

    def answer(self, turn: Turn) -> Reply:
        return out_of_scope(turn)


class ActionNotUnderstood(CitizenAction):
    """A message that the classifier gave up on."""

    def name(self) -> str:
        return "action_not_understood"

    def answer(self, turn: Turn) -> Reply:
        return not_understood(turn)
