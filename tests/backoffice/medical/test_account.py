"""One's own account: for its owner alone, and every look-up in the log."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy.exc import DBAPIError

from backoffice.errors import NotAllowed
from backoffice.identity.access import Asker
from backoffice.medical.service import Account, MedicalService
from tests.backoffice.medical.conftest import MINE, NONE, THEIRS, Records, asker

LOOKUPS: tuple[Callable[[MedicalService, int, Asker], Any], ...] = (
    MedicalService.account,
    MedicalService.last_transaction_day,
    lambda service, resident, who: service.transactions(resident, date(2026, 1, 1), date(2026, 12, 31), who),
)


def test_the_owner_sees_the_account_and_the_log_says_so(accounts: Records) -> None:
    service = accounts.service
    assert service.account(MINE, asker(MINE)) == Account(Decimal("100.10"), date(2026, 11, 22), "employee", True)
    assert service.account(NONE, asker(NONE)) is None
    assert service.last_transaction_day(MINE, asker(MINE, "medical_spending")) == date(2026, 10, 31)
    assert service.last_transaction_day(NONE, asker(NONE)) is None
    assert accounts.log() == [
        (MINE, MINE, "medical_account", "medical_balance", "chat-1"),
        (NONE, NONE, "medical_account", "medical_balance", "chat-1"),
        (MINE, MINE, "medical_transactions", "medical_spending", "chat-1"),
        (NONE, NONE, "medical_transactions", "medical_balance", "chat-1"),
    ]


def test_nobody_else_sees_it(accounts: Records) -> None:
    others = (asker(THEIRS), asker(None), Asker(None, 1, "console", "help"), Asker(THEIRS, 1, "console", "help"))
    for lookup in LOOKUPS:
        for other in others:
            with pytest.raises(NotAllowed, match="not_yours"):
                lookup(accounts.service, MINE, other)
    assert accounts.log() == []


def test_what_cannot_be_logged_is_not_shown(accounts: Records) -> None:
    with accounts.without("access_log"):
        for lookup in LOOKUPS:
            with pytest.raises(DBAPIError, match="access_log"):
                lookup(accounts.service, MINE, asker(MINE))


def test_a_failed_look_up_leaves_no_line_in_the_log(accounts: Records) -> None:
    with accounts.without("medical_transactions"):
        with pytest.raises(DBAPIError, match="medical_transactions"):
            accounts.service.last_transaction_day(MINE, asker(MINE))
        assert accounts.log() == []


def test_transactions_of_a_period_with_both_its_days_newest_first(accounts: Records) -> None:
    def amounts(start: date, end: date, resident: int = MINE) -> list[str]:
        return [str(one.amount) for one in accounts.service.transactions(resident, start, end, asker(resident))]

    assert amounts(date(2026, 10, 1), date(2026, 10, 31)) == ["-1.00", "-10.90", "-30.00"]
    assert amounts(date(2026, 10, 20), date(2026, 10, 20)) == ["-10.90", "-30.00"]
    assert amounts(date(2026, 9, 30), date(2026, 10, 19)) == ["112.00"]
    assert amounts(date(2026, 11, 1), date(2026, 11, 30)) == []
    assert amounts(date(2026, 10, 31), date(2026, 10, 1)) == []
    assert amounts(date(2026, 1, 1), date(2026, 12, 31), THEIRS) == ["-5.00"]
    one = accounts.service.transactions(MINE, date(2026, 9, 1), date(2026, 9, 30), asker(MINE))[0]
    assert (one.day, one.kind, one.place) == (date(2026, 9, 30), "credit", "东湖康宁大药房")
    assert one.balance_after == Decimal("142.00")
