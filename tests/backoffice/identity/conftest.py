"""Two residents on record, a clock that can be moved, and text messages that are caught."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest

from backoffice.clock import CITY_ZONE
from backoffice.db import Database
from backoffice.identity.numbers import id_check_digit
from backoffice.identity.service import IdentityService, Limits, SignedIn
from backoffice.identity.tables import HouseholdRow, ResidentRow


def number(sequence: int) -> str:
    """A made-up resident number with a right check digit."""
    first17 = f"99010119580312{sequence:03d}"
    return first17 + id_check_digit(first17)


KNOWN, OTHER, UNKNOWN = number(2), number(4), number(6)


@dataclass
class MovingClock:
    now: datetime = datetime(2026, 11, 23, 9, 30, tzinfo=CITY_ZONE)

    def __call__(self) -> datetime:
        return self.now

    def pass_by(self, **time: float) -> None:
        self.now += timedelta(**time)


@dataclass
class CaughtSms:
    sent: list[tuple[str, str]] = field(default_factory=list)

    def send(self, phone: str, text: str) -> None:
        if phone:
            self.sent.append((phone, text))


@dataclass
class Desk:
    """The service with what a test needs to play a citizen at it."""

    identity: IdentityService
    clock: MovingClock
    sms: CaughtSms
    db: Database

    def sign_in(self, conversation: str | None = None, id_number: str = KNOWN, name: str = "周秀兰") -> SignedIn:
        link = self.identity.make_link(conversation) if conversation else None
        challenge = self.identity.start_sign_in(id_number, name, "192.0.2.1", link)
        return self.identity.finish_sign_in(challenge, self.sms.sent[-1][1], "192.0.2.1")


@pytest.fixture
def clock() -> MovingClock:
    return MovingClock()


def make_desk(database: Database, clock: MovingClock, limits: Limits | None = None) -> Desk:
    sms = CaughtSms()
    return Desk(IdentityService(database, clock, "secret", sms, lambda code: code, limits), clock, sms, database)


@pytest.fixture
def desk(database: Database, clock: MovingClock) -> Desk:
    """A desk with two residents of one household on record and generous limits."""
    with database.write() as session:
        session.add(HouseholdRow(id=1, district="东湖区", address="东湖区学府路1号"))
        session.flush()
        for key, (id_number, name, phone) in enumerate(
            ((KNOWN, "周秀兰", "19900000001"), (OTHER, "赵明", "19900000009")), 1
        ):
            session.add(
                ResidentRow(
                    id=key,
                    id_number=id_number,
                    name=name,
                    birth_date=date(1958, 3, 12),
                    sex="f",
                    district="东湖区",
                    phone=phone,
                    household_id=1,
                    household_role="head",
                )
            )
    return make_desk(database, clock, Limits(per_resident=100, per_resident_a_day=1000, per_address=1000))
