"""A second request in the same message ("…，还有东湖的大厅周六开门吗"): answered too, so that none is lost.

The classifier names one intent a message. The parts that a connecting word sets apart are looked at for plain words of
another kind of request; what they ask for is answered after the first.
"""

import re
from copy import copy
from dataclasses import replace
from itertools import pairwise

from actions._turn import Reply, Turn
from actions._words import Mention

_CONNECTOR = re.compile(
    r"(?<=[，,。；;、\s])还有(?!没有|没|吗|多少)|"
    r"顺便|另外|以及|再(?:帮我|问)|同时|\band also\b|\balso\b|\bby the way\b|"
    r"\bbtw\b|\bplus\b|[。！？!?；;](?=.)"
)
_REQUESTS = (
    ("licence_materials", "licences", r"证\S{0,8}材料|材料\S{0,8}证|documents? .{0,20}(?:licen[cs]e|permit)"),
    ("licence_apply", "licences", r"办\S{0,4}证|什么证|营业执照|许可证|(?:licen[cs]e|permit)\b"),
    ("tax_estimate", "tax", r"多少税|交税|缴税|报税|增值税|个税|\btax(?:es)?\b"),
    ("office_info", "office", r"大厅|几点(?:上班|下班|开门|关门)|周六\S{0,4}开|opening hours|service hall"),
    ("social_overview", "social", r"社保(?!卡)|养老金|失业金|工伤|pension"),
    ("medical_balance", "account", r"医保\S{0,6}(?:余额|还剩|多少钱)|medical (?:account|balance)"),
    ("reimbursement_estimate", "estimate", r"能报|报销多少|报多少|reimburs"),
    ("job_search", "jobs", r"找\S{0,8}(?:工作|的活)|招聘|有没有招|\bjobs?\b"),
    ("letter_write", "letters", r"写信|投诉|complain"),
)
_RULES = tuple((intent, group, re.compile(words)) for intent, group, words in _REQUESTS)
_GROUPS = {
    "office_info": "office",
    "department_info": "office",
    "medical_balance": "account",
    "medical_spending": "account",
    "reimbursement_estimate": "estimate",
    "job_search": "jobs",
    "labour_market": "jobs",
}
_PREFIXES = {
    "licence_": "licences",
    "tax_": "tax",
    "letter_": "letters",
    "pension_": "social",
    "unemployment_": "social",
}


def _group(intent: str) -> str | None:
    by_prefix = next((group for prefix, group in _PREFIXES.items() if intent.startswith(prefix)), None)
    return _GROUPS.get(intent, by_prefix)


def second_request(turn: Turn) -> Turn | None:
    """Return the part of the message that asks for something of another kind, as a turn of its own."""
    first = _group(turn.intent)
    if first is None:
        return None
    stops = [0, *(match.end() for match in _CONNECTOR.finditer(turn.text)), len(turn.text)]
    for start, end in pairwise(stops):
        part = turn.text[start:end]
        asked = next(((intent, group) for intent, group, words in _RULES if words.search(part)), None)
        if asked and len(stops) > 2 and asked[1] != first:
            return _part(turn, start, end, asked[0])
    return None


def _part(turn: Turn, start: int, end: int, intent: str) -> Turn:
    part = copy(turn)
    part.raw, part.text, part.intent = turn.raw[start:end], turn.text[start:end], intent
    part.slots = {**turn.slots, "topic": None}
    part.entities = [
        Mention(one.kind, one.value, one.start - start, one.end - start, one.negated)
        for one in turn.entities
        if start <= one.start and one.end <= end
    ]
    return part


def both(turn: Turn, first: Reply, second: Reply) -> Reply:
    """Return one message with both answers; what goes on is the first one's topic, or else the second's."""
    added = turn.say("general.also", answer=second.text)
    custom = first.custom and {**first.custom, "lead": f"{first.custom['lead']}\n\n{added}"}
    going_on = first if first.topic else second
    return replace(
        first,
        text=f"{first.text}\n\n{added}",
        custom=custom,
        buttons=(*first.buttons, *second.buttons)[:6],
        slots={**second.slots, **first.slots},
        topic=going_on.topic,
    )
