"""How figures, days and lists are shown: one function a shape, the text always complete without the page."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from actions._turn import Turn

_HUNDRED_MILLION = Decimal(10**8)
_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)


def number(turn: Turn, amount: Decimal | int) -> str:
    """Write a number: cents only where there are some; thousands apart in English."""
    value = Decimal(amount)
    shown = value.quantize(Decimal("0.01")) if value != value.to_integral_value() else value.quantize(Decimal(1))
    return turn.pick(f"{shown:f}", f"{shown:,f}")


def large(turn: Turn, amount: Decimal) -> str:
    """Write a large sum in round units: 12.34亿元, 9000万元, 1,234 million yuan."""
    if abs(amount) >= _HUNDRED_MILLION:
        return turn.pick(f"{amount / _HUNDRED_MILLION:.2f}亿元", f"{amount / 10**6:,.0f} million yuan")
    return turn.pick(f"{amount / 10**4:.0f}万元", f"{amount / 10**6:,.1f} million yuan")


def yuan(turn: Turn, amount: Decimal) -> str:
    """Write an amount: 35000元, 35,000 yuan."""
    return turn.pick(f"{number(turn, amount)}元", f"{number(turn, amount)} yuan")


def day(turn: Turn, when: date) -> str:
    """Write a day: 2026年11月3日, 3 November 2026."""
    return turn.pick(f"{when.year}年{when.month}月{when.day}日", f"{when.day} {_MONTHS[when.month - 1]} {when.year}")


def month(turn: Turn, when: date) -> str:
    """Write a month: 2026年11月, November 2026."""
    return turn.pick(f"{when.year}年{when.month}月", f"{_MONTHS[when.month - 1]} {when.year}")


def span(turn: Turn, first: date, last: date) -> str:
    """Write a period; a whole month by its name."""
    whole = first.day == 1 and (first.year, first.month) == (last.year, last.month) and (last.day >= 28)
    if whole and _is_month_end(last):
        return month(turn, first)
    if first == last:
        return day(turn, first)
    return f"{day(turn, first)}{turn.pick('至', ' to ')}{day(turn, last)}"


def _is_month_end(when: date) -> bool:
    return (date.fromordinal(when.toordinal() + 1)).day == 1


def quarter(turn: Turn, name: str) -> str:
    """Write a quarter such as 2026Q3: 2026年三季度, Q3 2026."""
    year, _, number_ = name.partition("Q")
    if number_ not in ("1", "2", "3", "4"):
        return name
    return turn.pick(f"{year}年{'一二三四'[int(number_) - 1]}季度", f"Q{number_} {year}")


def card(title: str, rows: Sequence[tuple[str, str]], subtitle: str = "", note: str = "") -> dict[str, Any]:
    """Make one card; rows without a value are left out."""
    made: dict[str, Any] = {
        "title": title,
        "rows": [{"label": label, "value": value} for label, value in rows if value],
    }
    if subtitle:
        made["subtitle"] = subtitle
    if note:
        made["note"] = note
    return made


def cards_text(turn: Turn, items: Sequence[dict[str, Any]], first: int = 1) -> str:
    """Write cards as text: one card line by line; several numbered, each in a few words."""
    return "\n".join(
        _card_text(turn, one, place, len(items) > 1 or first > 1) for place, one in enumerate(items, first)
    )


def _card_text(turn: Turn, one: dict[str, Any], place: int, in_list: bool) -> str:
    colon, stop = turn.pick("：", ": "), turn.pick("；", "; ")
    head = (
        one["title"] + turn.pick(f"（{one['subtitle']}）", f" ({one['subtitle']})")
        if one.get("subtitle")
        else one["title"]
    )
    rows = [f"{row['label']}{colon}{row['value']}" for row in one["rows"]]
    note = [one["note"]] if one.get("note") else []
    if in_list:
        return f"{place}. {head}\n{stop.join([*rows, *note])}"
    return "\n".join([head, *rows, *note])


def cards(lead: str, title: str, items: Sequence[dict[str, Any]], total: int, more: Any = None) -> dict[str, Any]:
    """Make the page's shape of a list of cards."""
    made = {"type": "cards", "lead": lead, "title": title, "items": list(items), "total": total}
    return {**made, "more": more} if more else made


def joined(turn: Turn, parts: Sequence[str]) -> str:
    """Join the parts of a list as one speaks it."""
    return turn.pick("、", ", ").join(parts)
