"""The pooled medical fund's published months."""

from collections.abc import Sequence
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from actions import parse
from actions._dialogue import Topic
from actions._show import large, month
from actions._turn import Reply, Turn, button
from actions._words import Mention

if TYPE_CHECKING:
    from backoffice.medical.service import FundMonth

TOPIC = "pooled_fund"
_UNIT = Decimal(10**4)


def reads(turn: Turn) -> list[Mention]:
    """Find what a message says to an open look at the fund: a period, the other insurance."""
    return [*turn.all("period"), *parse.insurance_type(turn.text)]


def answer(turn: Turn) -> Reply:
    """Show the fund's months as a chart, and the newest one in words."""
    said = parse.said(parse.insurance_type(turn.text))
    kept = turn.slots.get("insurance_type") if turn.topic == TOPIC else None
    kind = said.value if said else kept or "employee"
    months = sorted(turn.services.backoffice.medical.pooled_fund(kind, 24), key=lambda one: one.month)
    period = turn.period()
    within = [one for one in months if period and period[0].replace(day=1) <= one.month <= period[1]]
    months = within if period else months[-12:]
    slots = {"insurance_type": kind}
    if not months:
        return Reply(turn.say("fund.none"), slots=slots, topic=TOPIC)
    return _shown(turn, kind, months, slots)


def _shown(turn: Turn, kind: str, months: "Sequence[FundMonth]", slots: dict[str, Any]) -> Reply:
    newest = months[-1]
    name = turn.say(f"account.kind.{kind}")
    change = newest.balance - months[0].balance
    trend = "fund.grew" if change > 0 else "fund.shrank" if change < 0 else "fund.same"
    lead = turn.say(
        "fund.newest",
        kind=name,
        month=month(turn, newest.month),
        income=large(turn, newest.income),
        spending=large(turn, newest.spending),
        balance=large(turn, newest.balance),
    )
    if len(months) > 1:
        change_said = turn.say(trend, since=month(turn, months[0].month), amount=large(turn, abs(change)))
        lead = turn.joined(lead, change_said)
    custom = {
        "type": "chart",
        "lead": lead,
        "title": turn.say("fund.title", kind=name),
        "kind": "line",
        "unit": turn.say("fund.unit"),
        "x": [month(turn, one.month) for one in months],
        "series": [
            {
                "name": turn.say(f"fund.series.{series}"),
                "values": [float((getattr(one, series) / _UNIT).quantize(Decimal("0.1"))) for one in months],
            }
            for series in ("income", "spending")  # the balance is some twenty times as high; it stands in words
        ],
        "summary": lead,
        "source": newest.source,
        "as_of": month(turn, newest.month),
    }
    lines = [
        turn.say(
            "fund.line",
            month=month(turn, one.month),
            income=large(turn, one.income),
            spending=large(turn, one.spending),
            balance=large(turn, one.balance),
        )
        for one in months[-6:]
    ]
    text = "\n".join([lead, *lines, turn.say("fund.source", source=newest.source)])
    other = "resident" if kind == "employee" else "employee"
    offer = button(turn.say(f"fund.other.{other}"), turn.say(f"fund.other.{other}"))
    return Reply(text, custom, (offer,), slots, TOPIC)


FUND = Topic(TOPIC, frozenset({"pooled_fund"}), reads, answer, fillers="医保基统筹况情")
