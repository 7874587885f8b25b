"""The citizen's own medical-insurance account: balance and transactions. Shown to nobody else."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from actions import identity, parse
from actions._dialogue import Topic, handler_of
from actions._show import day, span, yuan
from actions._turn import Reply, Turn, button
from actions._words import Mention

if TYPE_CHECKING:
    from backoffice.identity.service import Resident
    from backoffice.medical.service import Transaction

TOPIC = "medical_account"
PAGE = 5
_BALANCE = re.compile(r"余额|还剩|剩多少|还有多少钱|有多少钱|balance|how much (?:is )?left")
_SPENDING = re.compile(
    r"扣|花|消费|明细|流水|记录|支出|刷(?:了|过|的)|哪几笔|transactions?|deduct|spen[dt]|charges?|statement"
)
_BILL = re.compile(r"能?报(?:销)?(?:多少|几|得了)|能报|reimburs")


def reads(turn: Turn) -> list[Mention]:
    """Find what a message says to an open account: a period, the other question, another person, more."""
    words = [
        Mention(name, True, match.start(), match.end())
        for name, pattern in (("balance", _BALANCE), ("spending", _SPENDING))
        for match in pattern.finditer(turn.text)
    ]
    periods = [*turn.all("period"), *turn.all("date")]
    people = [*identity.other_person(turn), *identity.own_record(turn)]
    return [*periods, *words, *people, *parse.more(turn.text)]


def _goes_on(turn: Turn) -> Reply:
    wants_balance = _BALANCE.search(turn.text) and not _SPENDING.search(turn.text) and not turn.period()
    last = (turn.slots.get("pending") or {}).get("intent")
    person = identity.other_person(turn) or identity.own_record(turn)
    only_person = person and not turn.period() and not _SPENDING.search(turn.text)
    if wants_balance or (only_person and last == "medical_balance"):
        return balance(turn)
    return spending(turn)


def _is_bill(turn: Turn) -> bool:
    """Say whether this is about a bill to be reimbursed, which needs nobody's record."""
    hypothetical = re.search(r"能报|可以报|would be reimbursed", turn.text)
    return bool(turn.amounts() or hypothetical) and _BILL.search(turn.text) is not None


def balance(turn: Turn) -> Reply:
    """Tell the balance of the citizen's own account, and as of when."""
    return _personal(turn, "medical_balance", _balance)


def spending(turn: Turn) -> Reply:
    """List the citizen's own transactions of a period; without one, of the last calendar month."""
    return _personal(turn, "medical_spending", _spending)


def _personal(turn: Turn, intent: str, show: Any) -> Reply:
    estimate = handler_of("reimbursement_estimate")
    if _is_bill(turn) and estimate:
        return estimate(turn)
    if identity.other_person(turn):
        return identity.refuse_other_person(turn, intent, TOPIC)
    if turn.resident is None:
        return identity.ask_to_sign_in(turn, intent)
    reply: Reply = show(turn, turn.resident)
    return Reply(reply.text, reply.custom, reply.buttons, {**reply.slots, **identity.remembered(turn, intent)}, TOPIC)


def _balance(turn: Turn, resident: "Resident") -> Reply:
    medical = turn.services.backoffice.medical
    account = medical.account(resident.id, turn.asker(resident, "medical_balance"))
    if account is None:
        return Reply(turn.say("account.none", **_centre(turn)))
    kind = turn.say(f"account.kind.{account.insurance_type}")
    text = turn.say("account.balance", amount=yuan(turn, account.balance), day=day(turn, account.as_of), kind=kind)
    return Reply(text, buttons=(button(turn.say("account.spending_button"), turn.say("account.spending_said")),))


def _centre(turn: Turn) -> dict[str, str]:
    office = next((one for one in turn.city.offices if "medical" in one.services), turn.city.hall())
    return {"office": turn.pick(office.name, office.en), "phone": office.phone}


def last_month(today: date) -> tuple[date, date]:
    """Return the first and last day of the calendar month before a day's."""
    last = today.replace(day=1) - timedelta(days=1)
    return last.replace(day=1), last


def _spending(turn: Turn, resident: "Resident") -> Reply:
    medical = turn.services.backoffice.medical
    asker = turn.asker(resident, "medical_spending")
    going_on = turn.topic == TOPIC and parse.more(turn.text) and turn.slots.get("account_period")
    period = _kept_period(turn) if going_on else turn.period()
    first, last = period or last_month(turn.today)
    last = max(first, min(last, turn.today))
    offset = int(turn.slots.get("page") or 0) + PAGE if going_on else 0
    found = sorted(medical.transactions(resident.id, first, last, asker), key=lambda one: one.day, reverse=True)
    slots = {"account_period": f"{first.isoformat()}/{last.isoformat()}", "page": offset}
    if not found:
        return Reply(_nothing(turn, resident, first, last), slots=slots)
    shown = found[offset : offset + PAGE]
    if not shown:
        return Reply(turn.say("account.no_more"), slots={**slots, "page": 0})
    return _list(turn, found, shown, (first, last), offset, slots)


def _kept_period(turn: Turn) -> tuple[date, date] | None:
    from actions._turn import period_of

    return period_of(turn.slots.get("account_period"))


def _nothing(turn: Turn, resident: "Resident", first: date, last: date) -> str:
    medical = turn.services.backoffice.medical
    if medical.account(resident.id, turn.asker(resident, "medical_spending")) is None:
        return turn.say("account.none", **_centre(turn))
    newest = medical.last_transaction_day(resident.id, turn.asker(resident, "medical_spending"))
    text = turn.say("account.no_transactions", period=span(turn, first, last))
    return turn.joined(text, turn.say("account.newest", day=day(turn, newest)) if newest else "")


def _list(
    turn: Turn,
    found: "Sequence[Transaction]",
    shown: "Sequence[Transaction]",
    period: tuple[date, date],
    offset: int,
    slots: dict[str, Any],
) -> Reply:
    paid = -sum((one.amount for one in found if one.amount < 0), Decimal(0))
    received = sum((one.amount for one in found if one.amount > 0), Decimal(0))
    lead = turn.say("account.transactions", period=span(turn, *period), count=len(found))
    if paid:
        lead += turn.say("account.paid", amount=yuan(turn, paid))
    if received:
        lead += turn.say("account.received", amount=yuan(turn, received))
    lead += turn.pick("。", ".")
    rows = [
        [
            day(turn, one.day),
            _kind(turn, one.kind),
            one.place,
            f"{'+' if one.amount > 0 else '-'}{yuan(turn, abs(one.amount))}",
            yuan(turn, one.balance_after),
        ]
        for one in shown
    ]
    lines = [
        turn.say("account.line", day=row[0], kind=row[1], place=row[2], amount=row[3], after=row[4]) for row in rows
    ]
    left = len(found) - offset - len(shown)
    more = button(turn.say("account.more", left=left), turn.say("jobs.more_said")) if left > 0 else None
    custom: dict[str, Any] = {
        "type": "table",
        "lead": lead,
        "title": turn.say("account.title"),
        "columns": [turn.say(f"account.column.{name}") for name in ("day", "kind", "place", "amount", "after")],
        "rows": rows,
        "source": turn.say("account.source"),
        "as_of": day(turn, turn.today),
    }
    if more:
        custom["more"] = more
    return Reply("\n".join([lead, *lines]), custom, (more,) if more else (), slots)


def _kind(turn: Turn, kind: str) -> str:
    from actions._services import texts

    key = f"account.transaction.{kind}"
    return turn.say(key) if key in texts() else kind


ACCOUNT = Topic(
    TOPIC, frozenset({"medical_balance", "medical_spending"}), reads, _goes_on, fillers="顺便账户查查笔啥卡"
)
