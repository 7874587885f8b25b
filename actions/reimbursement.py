"""How much of a bill would be reimbursed: asks for what is missing and changes one condition at a time."""

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from actions import parse
from actions._dialogue import Topic
from actions._services import texts
from actions._show import yuan
from actions._turn import Reply, Turn, button, decimal_of
from actions._words import Mention

if TYPE_CHECKING:
    from backoffice.medical.service import BillCase, Estimate

TOPIC = "reimbursement_estimate"
_SLOTS = ("amount", "insurance_type", "hospital_level", "patient_kind", "retired", "self_paid")
_LEVELS = (1, 2, 3)


def reads(turn: Turn) -> list[Mention]:
    """Find what a message says to an open estimate."""
    text = turn.text
    return [
        *_amounts(turn),
        *turn.all("hospital"),
        *parse.hospital_level(text),
        *parse.insurance_type(text),
        *parse.patient_kind(text),
        *parse.retired(text),
        *parse.compare(text),
        *parse.self_paid_words(text),
    ]


def _amounts(turn: Turn) -> list[Mention]:
    """Return the amounts; in a message about a bill a plain number is one too."""
    about_bill = turn.intent == TOPIC or parse.self_paid_words(turn.text)
    return turn.amounts() or (parse.bare_numbers(turn.text) if about_bill else [])


def answer(turn: Turn) -> Reply:
    """Estimate with what is known; ask for exactly what is missing."""
    going_on = turn.topic == TOPIC
    known: dict[str, Any] = {name: turn.slots.get(name) if going_on else None for name in _SLOTS}
    notes: list[str] = []
    known.update(_said(turn, known, notes))
    missing = [name for name in ("amount", "hospital_level", "insurance_type") if known[name] is None]
    compares = bool(parse.compare(turn.text))
    if compares and missing == ["hospital_level"]:
        missing = []
    slots = {name: known[name] for name in _SLOTS}
    if missing:
        return _ask(turn, known, missing, slots)
    if decimal_of(known["self_paid"] or 0) >= (decimal_of(known["amount"]) or Decimal(0)):  # type: ignore[operator]
        slots["self_paid"] = None
        return Reply(turn.say("estimate.all_self_paid"), slots=slots, topic=TOPIC)
    if compares:
        return _comparison(turn, known, slots)
    return _estimate(turn, known, notes, slots)


def _said(turn: Turn, known: Mapping[str, Any], notes: list[str]) -> dict[str, Any]:
    """Return what this message says of the bill; ``notes`` takes the keys of what the citizen should know of it."""
    text, said = turn.text, {}
    for name, mentions in (
        ("hospital_level", parse.hospital_level(text)),
        ("insurance_type", parse.insurance_type(text)),
        ("patient_kind", parse.patient_kind(text)),
        ("retired", parse.retired(text)),
    ):
        wanted = parse.said(mentions)
        if wanted:
            said[name] = wanted.value
    if "hospital_level" not in said and turn.value("hospital"):
        hospital = turn.services.backoffice.medical.hospital(str(turn.value("hospital")))
        if hospital:
            said["hospital_level"] = level_of(hospital.level)
    money = _amounts(turn)
    apart = parse.self_paid_of(text, money)
    amounts = [one for one in money if one is not apart and not one.negated]
    if apart:
        said["self_paid"] = str(apart.value)
    elif parse.no_self_paid(text):
        said["self_paid"] = None
    if amounts:
        said["amount"] = str(amounts[-1].value)
        if not apart and known.get("self_paid"):
            said["self_paid"] = None
            notes.append("estimate.self_paid_dropped")
    return said


def level_of(level: object) -> int | None:
    """Return a hospital's level as 1, 2 or 3, however the record writes it."""
    written = str(level)
    return next((number for number, signs in ((3, "3三"), (2, "2二"), (1, "1一")) if written[:1] in signs), None)


def _ask(turn: Turn, known: Mapping[str, Any], missing: list[str], slots: Mapping[str, Any]) -> Reply:
    amount = decimal_of(known["amount"]) if known["amount"] else None
    start = turn.say("estimate.understood", amount=yuan(turn, amount)) if amount else ""
    question = turn.say("estimate.ask." + "_and_".join(missing))
    kinds = {"hospital_level": ("level3", "level2", "level1"), "insurance_type": ("employee", "resident")}
    offers = tuple(
        button(turn.say(f"estimate.choice.{choice}"), turn.say(f"estimate.choice.{choice}"))
        for name in missing
        for choice in kinds.get(name, ())
    )
    return Reply(turn.joined(start, question), buttons=offers, slots=slots, topic=TOPIC)


def _case(known: Mapping[str, Any], level: int) -> "BillCase":
    from backoffice.medical.service import BillCase

    return BillCase(
        amount=decimal_of(known["amount"]) or Decimal(0),
        insurance_type=known["insurance_type"],
        hospital_level=level,
        patient_kind=known["patient_kind"] or "inpatient",
        retired=bool(known["retired"]) and known["insurance_type"] == "employee",
        self_paid=decimal_of(known["self_paid"] or 0) or Decimal(0),
    )


def _estimate(turn: Turn, known: Mapping[str, Any], notes: list[str], slots: Mapping[str, Any]) -> Reply:
    found = turn.services.backoffice.medical.estimate(_case(known, int(known["hospital_level"])))
    lead = turn.say(
        "estimate.result",
        reimbursed=yuan(turn, found.reimbursed),
        own=yuan(turn, found.own_share),
        case=_spoken(turn, known),
    )
    notes = [turn.say(key) for key in [*notes, *_assumptions(known)]]
    steps = [
        {"label": _label(turn, step.label_key), "formula": step.formula, "amount": yuan(turn, step.amount)}
        for step in found.steps
    ]
    note = turn.say("estimate.note")
    rule = found.rule
    custom = {
        "type": "calculation",
        "lead": "\n".join([lead, *notes]),
        "title": turn.say("estimate.title"),
        "steps": steps,
        "result": {"label": turn.say("estimate.reimbursed"), "amount": yuan(turn, found.reimbursed)},
        "source": {"title": rule.title, "number": rule.number, "article": rule.article},
        "note": note,
    }
    lines = [
        f"- {step['label']}: {step['formula']} = {step['amount']}"
        if step["formula"]
        else f"- {step['label']}: {step['amount']}"
        for step in steps
    ]
    source = turn.say("estimate.source", title=rule.title, number=rule.number, article=rule.article)
    text = "\n".join([lead, *notes, turn.say("estimate.how"), *lines, source, note])
    return Reply(text, custom, _offers(turn, known, found), slots, TOPIC)


def _label(turn: Turn, key: str) -> str:
    full = f"estimate.step.{key}"
    return turn.say(full) if full in texts() else key


def _spoken(turn: Turn, known: Mapping[str, Any]) -> str:
    """Say the case that was computed, all of its conditions."""
    retired = bool(known["retired"]) and known["insurance_type"] == "employee"
    parts = [
        turn.say("estimate.case.amount", amount=yuan(turn, decimal_of(known["amount"]) or Decimal(0))),
        turn.say(f"estimate.case.{known['patient_kind'] or 'inpatient'}"),
        turn.say(f"estimate.case.level{known['hospital_level']}") if known["hospital_level"] else "",
        turn.say(f"estimate.case.{known['insurance_type']}"),
        turn.say("estimate.case.retired") if retired else "",
    ]
    own = decimal_of(known["self_paid"] or 0)
    if own:
        parts.append(turn.say("estimate.case.self_paid", amount=yuan(turn, own)))
    return turn.pick("，", ", ").join(part for part in parts if part)


def _assumptions(known: Mapping[str, Any]) -> list[str]:
    keys = []
    if known["patient_kind"] is None:
        keys.append("estimate.assumed_inpatient")
    if known["retired"] is None and known["insurance_type"] == "employee":
        keys.append("estimate.assumed_working")
    if known["retired"] and known["insurance_type"] == "resident":
        keys.append("estimate.retired_means_nothing")
    return keys


def _offers(turn: Turn, known: Mapping[str, Any], found: "Estimate") -> tuple[dict[str, str], ...]:
    choices = [f"level{level}" for level in _LEVELS if level != known["hospital_level"]][::-1]
    if known["retired"] is None and known["insurance_type"] == "employee":
        choices.append("retired")
    offers = [button(turn.say(f"estimate.try.{choice}"), turn.say(f"estimate.try.{choice}")) for choice in choices]
    return (*offers, button(turn.say("estimate.compare"), turn.say("estimate.compare")))


def _comparison(turn: Turn, known: Mapping[str, Any], slots: Mapping[str, Any]) -> Reply:
    medical = turn.services.backoffice.medical
    found = [(level, medical.estimate(_case(known, level))) for level in _LEVELS]
    rows = [
        [turn.say(f"estimate.case.level{level}"), yuan(turn, one.reimbursed), yuan(turn, one.own_share)]
        for level, one in found
    ]
    lead = turn.say("estimate.compared", case=_spoken(turn, {**known, "hospital_level": None}))
    notes = [turn.say(key) for key in _assumptions(known)]
    rule = found[-1][1].rule
    source = turn.say("estimate.source", title=rule.title, number=rule.number, article=rule.article)
    note = turn.say("estimate.note")
    custom = {
        "type": "table",
        "lead": "\n".join([lead, *notes, note]),
        "title": turn.say("estimate.compare_title"),
        "columns": [turn.say(f"estimate.column.{name}") for name in ("level", "reimbursed", "own")],
        "rows": rows,
        "source": source,
    }
    lines = [turn.say("estimate.compare_line", level=row[0], reimbursed=row[1], own=row[2]) for row in rows]
    text = "\n".join([lead, *notes, *lines, source, note])
    return Reply(text, custom, slots=slots, topic=TOPIC)


ESTIMATE = Topic(
    TOPIC, frozenset({"reimbursement_estimate"}), reads, answer, fillers="医院里面头其中药费元花了报保院级人多少共总"
)
