"""Sign-in as the chat sees it: why it is needed, the link, and the question that waits for it."""

import re
from typing import Any

from actions import _dialogue
from actions._base import CitizenAction
from actions._dialogue import SOFT, Topic
from actions._turn import Reply, Turn
from actions._words import Mention

TOPIC = "sign_in"
PERSONAL = frozenset({"medical_balance", "medical_spending"})
_KEPT = ("period", "date")
_NUMBER_INSTEAD = re.compile(
    r"(?<!\d)\d{17}[\dx](?![\dx])|"
    r"身份证(?:号码?)?\S{0,6}(?:报|给|发|告诉|念|输|打)|(?:报|给|发|告诉|念|输|打)\S{0,8}身份证(?:号|给|不|行|就)|"
    r"(?:id|identity)(?: card)? number|my id (?:is|here)|(?:give|type|send|tell) you my id"
)
_DONE = re.compile(
    r"(?:登|录|陆|入|验证|认证)\S{0,3}(?:好|完|成功|上|过)了?|已经?(?:登|验证)|(?:logged|signed) ?in|"
    r"i(?:'ve| have) (?:logged|signed)|^(?:done|好了|弄好了|可以了)[.!。！ ]*$"
)
_OTHER_PERSON = re.compile(
    r"老伴|老公|老婆|丈夫|妻子|媳妇|爱人|太太|先生的|爸|妈|爹|娘|父亲|母亲|父母|爷爷|奶奶|姥姥|姥爷|"
    r"外公|外婆|岳父|岳母|公公|婆婆|儿子|女儿|"
    r"闺女|孩子|小孩|娃|孙子|孙女|哥|姐|弟|妹|同事|朋友|邻居|别人|他人|其他人|人家的?|老人的|他的|她的|家里人|家人|"
    r"\b(?:husband|wife|spouse|partner|father|mother|dad|mum|mom|parents?|son|daughter|child|kid|"
    r"brother|sister|grand\w+|colleague|friend|"
    r"neighbou?r|someone else|somebody else|another person|his|her|hers|their)\b"
)
_OWN = re.compile(
    r"我(?:自己|本人)|我(?:的|那|这)?张?(?:医保)?卡|我的?(?:医保|账户|余额|个人账户)|\bmy (?:own|card|"
    r"account|balance|insurance|medical)"
)


_MYSELF = re.compile(r"我自己|我本人|我的(?!老|爸|妈)|\bmy own\b|\bmine\b|\bmyself\b")


def other_person(turn: Turn) -> list[Mention]:
    """Find words that say that the record is somebody else's."""
    if _OWN.search(turn.text):
        return []
    return [Mention("person", match.group(), match.start(), match.end()) for match in _OTHER_PERSON.finditer(turn.text)]


def own_record(turn: Turn) -> list[Mention]:
    """Find words that say that the record is the citizen's own."""
    return [Mention("person", "self", match.start(), match.end()) for match in _MYSELF.finditer(turn.text)]


def refuse_other_person(turn: Turn, intent: str, topic: str) -> Reply:
    """Say kindly that a record is shown only to the person it belongs to, and what that person can do."""
    slots = remembered(turn, intent)
    return Reply(turn.say("identity.other_person", **_counter(turn)), slots=slots, topic=topic)


def _counter(turn: Turn) -> dict[str, str]:
    office = next((one for one in turn.city.offices if "medical" in one.services), turn.city.hall())
    return {"office": turn.pick(office.name, office.en), "phone": office.phone}


def ask_to_sign_in(turn: Turn, intent: str | None, key: str = "identity.why") -> Reply:
    """Say why sign-in is needed, give the one-time link, and keep the question for afterwards."""
    if turn.all("id_number") or _NUMBER_INSTEAD.search(turn.text):
        key = "identity.no_number"
    services = turn.services
    url = f"{services.base_url}/sign-in?t={services.backoffice.identity.make_link(turn.conversation_id)}"
    why = turn.say(key)
    custom = {"type": "sign_in", "url": url, "title": turn.say("identity.button"), "why": why, "lead": why}
    pending = _pending(turn, intent) if intent else turn.slots.get("pending")
    text = "\n".join([why, turn.say("identity.link", url=url)])
    return Reply(text, custom, slots={"pending": pending}, topic=TOPIC)


def _pending(turn: Turn, intent: str) -> dict[str, Any]:
    entities = [{"entity": one.kind, "value": one.value} for one in turn.entities if one.kind in _KEPT]
    return {"intent": intent, "entities": entities}


def remembered(turn: Turn, intent: str) -> dict[str, Any]:
    """Return the slots that keep a personal question, so that it can be answered again after sign-in."""
    return {"pending": _pending(turn, intent)}


def signed_in(turn: Turn) -> Reply:
    """Right after sign-in: answer the question that waits, or greet."""
    if turn.resident is None:
        return ask_to_sign_in(turn, None, "identity.not_yet")
    pending = turn.slots.get("pending") or {}
    handler = _dialogue.handler_of(str(pending.get("intent"))) if pending.get("intent") in PERSONAL else None
    if handler is None:
        return Reply(turn.say("identity.welcome", name=_masked(turn)), topic="")
    entities = [one for one in pending.get("entities") or [] if isinstance(one, dict)]
    kept = [Mention(str(one.get("entity")), one.get("value"), 0, 0) for one in entities]
    return handler(turn.asking_again(str(pending["intent"]), kept))


def _masked(turn: Turn) -> str:
    from backoffice.identity.numbers import mask_name

    return mask_name(turn.resident.name) if turn.resident else ""


def sign_in(turn: Turn) -> Reply:
    """Offer sign-in, or for one who is signed in answer the last personal question again."""
    if turn.resident is None:
        key = "identity.not_yet" if _DONE.search(turn.text) else "identity.offer"
        return ask_to_sign_in(turn, None, key)
    if turn.slots.get("pending"):
        return signed_in(turn)
    return Reply(turn.say("identity.already", name=_masked(turn)))


def sign_out(turn: Turn) -> Reply:
    """End the session that this chat speaks with."""
    if turn.resident is None:
        return Reply(turn.say("identity.not_signed_in"))
    turn.services.backoffice.identity.sign_out_conversation(turn.conversation_id)
    return Reply(turn.say("identity.signed_out"), slots={"pending": None}, topic="")


def my_matters(turn: Turn) -> Reply:
    """Say honestly that nothing in progress can be listed yet, and what can."""
    return Reply(turn.say("identity.my_matters", hotline=turn.city.hotline))


def reads(turn: Turn) -> list[Mention]:
    """Find what a message says to an open sign-in: it is done, or a number is offered instead."""
    if turn.all("id_number"):
        return turn.all("id_number")
    if _NUMBER_INSTEAD.search(turn.text):
        return [Mention("number_instead", True, 0, len(turn.text))]
    if _DONE.search(turn.text) and (turn.intent in SOFT or turn.intent in PERSONAL or turn.intent == "signed_in"):
        return [Mention("done", True, 0, len(turn.text))]
    return []


TOPICS = (Topic(TOPIC, frozenset({"sign_in"}), reads, sign_in, claims=True),)
HANDLERS = {"sign_in": sign_in, "sign_out": sign_out, "my_matters": my_matters, "signed_in": signed_in}


class ActionSignIn(CitizenAction):
    """The way to sign in."""

    def name(self) -> str:
        return "action_sign_in"

    def answer(self, turn: Turn) -> Reply:
        return sign_in(turn)


class ActionSignOut(CitizenAction):
    """The end of a session."""

    def name(self) -> str:
        return "action_sign_out"

    def answer(self, turn: Turn) -> Reply:
        return sign_out(turn)


class ActionMyMatters(CitizenAction):
    """Everything of the citizen's in progress."""

    def name(self) -> str:
        return "action_my_matters"

    def answer(self, turn: Turn) -> Reply:
        return my_matters(turn)


class ActionSignedIn(CitizenAction):
    """What the bot asks for right after sign-in."""

    def name(self) -> str:
        return "action_signed_in"

    def answer(self, turn: Turn) -> Reply:
        return signed_in(turn)
