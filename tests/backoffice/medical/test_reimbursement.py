"""The arithmetic of a bill: exact, within bounds, and each step adds up."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backoffice.db import CENT
from backoffice.errors import DomainError
from backoffice.medical import catalogue
from backoffice.medical.reimbursement import LARGEST, BillCase, Rule, RuleSource, estimate

SOURCE = RuleSource("t", "n", "a", date(2025, 1, 1))
RULES = {
    (one["insurance_type"], one["patient_kind"], one["hospital_level"], one["retired"]): Rule(
        one["start_line"], one["ratio_percent"], one["ceiling"], SOURCE
    )
    for one in catalogue.rules()
}
YUAN = st.decimals(Decimal(0), Decimal("999999.99"), places=2)
FINE = st.decimals(Decimal(0), Decimal(99999), places=4)
ANY_RULE = st.builds(Rule, YUAN, st.decimals(Decimal(0), Decimal(100), places=2), YUAN, st.just(SOURCE))


def bill(amount: Decimal, self_paid: Decimal = Decimal(0), level: int = 1) -> BillCase:
    return BillCase(amount, "resident", level, "inpatient", retired=False, self_paid=self_paid)


@given(FINE, FINE, ANY_RULE)
@settings(deadline=None)
def test_never_more_than_what_is_eligible_and_nothing_is_lost(one: Decimal, other: Decimal, rule: Rule) -> None:
    found = estimate(bill(max(one, other), min(one, other)), rule)
    amount = found.reimbursed + found.own_share
    assert 0 <= found.reimbursed <= found.eligible <= amount
    assert found.reimbursed <= rule.ceiling
    assert abs(amount - max(one, other)) <= CENT / 2
    for money in (found.eligible, found.reimbursed, found.own_share, *(step.amount for step in found.steps)):
        assert money == money.quantize(CENT)
    assert found.steps[0].amount == found.eligible
    assert found.steps[-1].amount == found.own_share


@given(FINE, FINE, ANY_RULE)
@settings(deadline=None)
def test_each_formula_gives_its_amount(one: Decimal, other: Decimal, rule: Rule) -> None:
    for step in estimate(bill(max(one, other), min(one, other)), rule).steps:
        if "−" in step.formula:
            left, right = step.formula.split(" − ")
            assert Decimal(left) - Decimal(right) == step.amount
        elif "×" in step.formula:
            left, right = step.formula.removesuffix("%").split(" × ")
            assert abs(Decimal(left) * Decimal(right) / 100 - step.amount) <= CENT / 2
        else:
            assert not step.formula


@given(YUAN, YUAN, ANY_RULE)
@settings(deadline=None)
def test_a_larger_bill_is_never_paid_less(one: Decimal, other: Decimal, rule: Rule) -> None:
    assert estimate(bill(min(one, other)), rule).reimbursed <= estimate(bill(max(one, other)), rule).reimbursed


@given(YUAN, st.sampled_from(sorted(RULES)))
@settings(deadline=None)
def test_a_lower_level_and_the_retired_are_never_paid_less(amount: Decimal, key: tuple[str, str, int, bool]) -> None:
    insurance, kind, level, retired = key
    paid = estimate(bill(amount), RULES[key]).reimbursed
    if level > 1:
        assert estimate(bill(amount), RULES[insurance, kind, level - 1, retired]).reimbursed >= paid
    if (insurance, kind, level, True) in RULES:
        assert estimate(bill(amount), RULES[insurance, kind, level, True]).reimbursed >= paid


def steps(amount: str, self_paid: str = "0", **changed: Decimal) -> list[tuple[str, str, str]]:
    rule = replace(Rule(Decimal(500), Decimal("75.00"), Decimal(150_000), SOURCE), **changed)  # type: ignore[arg-type]
    found = estimate(bill(Decimal(amount), Decimal(self_paid)), rule)
    return [(step.label_key, step.formula, str(step.amount)) for step in found.steps]


def test_the_steps_are_those_that_apply() -> None:
    assert steps("35000") == [
        ("eligible", "", "35000.00"),
        ("above_start_line", "35000 − 500", "34500.00"),
        ("by_ratio", "34500 × 75%", "25875.00"),
        ("own_share", "35000 − 25875", "9125.00"),
    ]
    assert steps("1000.5", "200")[:2] == [
        ("eligible", "1000.5 − 200", "800.50"),
        ("above_start_line", "800.5 − 500", "300.50"),
    ]
    assert steps("400") == [
        ("eligible", "", "400.00"),
        ("below_start_line", "", "0.00"),
        ("own_share", "400 − 0", "400.00"),
    ]
    assert [step[0] for step in steps("35000", ceiling=Decimal(20000))][2:] == ["by_ratio", "ceiling", "own_share"]
    # reached exactly, the ceiling takes nothing away
    assert [step[0] for step in steps("35000", ceiling=Decimal(25875))][2:] == ["by_ratio", "own_share"]


@pytest.mark.parametrize("amount", ["-0.01", "NaN", "sNaN", "Infinity", str(LARGEST + 1)])
def test_an_impossible_bill_is_refused(amount: str) -> None:
    with pytest.raises(DomainError, match=r"^bill_amount$"):
        estimate(bill(Decimal(amount)), RULES["resident", "inpatient", 1, False])


@pytest.mark.parametrize("self_paid", ["-1", "100.01", "NaN", "Infinity"])
def test_impossible_self_paid_items_are_refused(self_paid: str) -> None:
    with pytest.raises(DomainError, match=r"^bill_self_paid$"):
        estimate(bill(Decimal(100), Decimal(self_paid)), RULES["resident", "inpatient", 1, False])
