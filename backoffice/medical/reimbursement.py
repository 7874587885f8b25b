"""How much of a bill the fund pays: exact decimals, every step shown."""

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from backoffice.db import CENT
from backoffice.errors import DomainError

ZERO = Decimal("0.00")
LARGEST = Decimal(10**10)
"""No single bill is larger, in yuan."""


@dataclass(frozen=True)
class BillCase:
    """A bill in yuan and what decides how much of it is paid; ``self_paid`` items are not covered at all."""

    amount: Decimal
    insurance_type: str
    hospital_level: int
    patient_kind: str
    retired: bool
    self_paid: Decimal = Decimal(0)


@dataclass(frozen=True)
class RuleSource:
    """The document that a rule comes from."""

    title: str
    number: str
    article: str
    valid_from: date


@dataclass(frozen=True)
class Rule:
    """Start line and ceiling in yuan, ratio in percent."""

    start_line: Decimal
    ratio_percent: Decimal
    ceiling: Decimal
    source: RuleSource


@dataclass(frozen=True)
class Step:
    """A line of the calculation: ``formula`` gives ``amount``; without a formula the amount stands alone.

    ``label_key`` is eligible, above_start_line, below_start_line, by_ratio, ceiling or own_share.
    """

    label_key: str
    formula: str
    amount: Decimal


@dataclass(frozen=True)
class Estimate:
    """What the fund pays of a bill and what is left; ``ratio`` is a fraction of 1."""

    case: BillCase
    eligible: Decimal
    start_line: Decimal
    ratio: Decimal
    ceiling: Decimal
    reimbursed: Decimal
    own_share: Decimal
    steps: list[Step]
    rule: RuleSource


def check(case: BillCase) -> None:
    """Refuse amounts that no bill can have.

    Raises:
        DomainError: ``bill_amount`` (not a number, negative or too large), ``bill_self_paid`` (more than the bill).
    """
    if not case.amount.is_finite() or not 0 <= case.amount <= LARGEST:
        raise DomainError("bill_amount")
    if not case.self_paid.is_finite() or not 0 <= case.self_paid <= case.amount:
        raise DomainError("bill_self_paid")


def estimate(case: BillCase, rule: Rule) -> Estimate:
    """Take off what is self-paid and the start line, pay the ratio of the rest, at most the ceiling.

    Raises:
        DomainError: see ``check``.
    """
    check(case)
    amount, self_paid = _cents(case.amount), _cents(case.self_paid)
    eligible = amount - self_paid
    above = max(eligible - rule.start_line, ZERO)
    paid = _cents(above * rule.ratio_percent / 100)
    reimbursed = min(paid, rule.ceiling)
    own_share = amount - reimbursed
    steps = [Step("eligible", f"{_plain(amount)} − {_plain(self_paid)}" if self_paid else "", eligible)]
    if above:
        steps += [
            Step("above_start_line", f"{_plain(eligible)} − {_plain(rule.start_line)}", above),
            Step("by_ratio", f"{_plain(above)} × {_plain(rule.ratio_percent)}%", paid),
        ]
    else:
        steps.append(Step("below_start_line", "", ZERO))
    if paid > rule.ceiling:
        steps.append(Step("ceiling", "", rule.ceiling))
    steps.append(Step("own_share", f"{_plain(amount)} − {_plain(reimbursed)}", own_share))
    return Estimate(
        case,
        eligible,
        rule.start_line,
        rule.ratio_percent / 100,
        rule.ceiling,
        reimbursed,
        own_share,
        steps,
        rule.source,
    )


def _cents(amount: Decimal) -> Decimal:
    return amount.quantize(CENT, ROUND_HALF_UP)


def _plain(amount: Decimal) -> str:
    """Write a number without needless zeros: 35000, 80.5."""
    return f"{amount.normalize():f}" if amount else "0"
