"""How many sign-in codes may be asked for, counted in the database so that all processes count together."""

import zlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from backoffice.errors import TooManyTries
from backoffice.identity.tables import ChallengeRow

TEN_MINUTES = timedelta(minutes=10)
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Limits:
    """The most codes per resident number in ten minutes and in a day, and per address in ten minutes."""

    per_resident: int = 3
    per_resident_a_day: int = 10
    per_address: int = 10


DEMO_LIMITS = Limits(per_resident=300, per_resident_a_day=10_000, per_address=1000)
"""In the demo many people share three residents and one address."""


def check_limits(session: Session, limits: Limits, who_hash: str, address_hash: str, now: datetime) -> None:
    """Refuse a code that would be one too many; the transaction goes on to write the challenge that counts.

    Raises:
        TooManyTries: ``too_many_codes``.
    """
    _one_at_a_time(session, who_hash, address_hash)
    of_who, of_address = ChallengeRow.who_hash == who_hash, ChallengeRow.address_hash == address_hash
    waits = (
        _wait(session, of_who, TEN_MINUTES, limits.per_resident, now),
        _wait(session, of_who, DAY, limits.per_resident_a_day, now),
        _wait(session, of_address, TEN_MINUTES, limits.per_address, now),
    )
    if any(waits):
        raise TooManyTries("too_many_codes", retry_after=max(waits))


def _wait(session: Session, whose: ColumnElement[bool], window: timedelta, most: int, now: datetime) -> int:
    """Return the whole seconds until there is room again for one more, 0 if there is."""
    times = session.scalars(
        select(ChallengeRow.created_at)
        .where(whose, ChallengeRow.created_at > now - window)
        .order_by(ChallengeRow.created_at.desc())
        .limit(most)
    ).all()
    if len(times) < most:
        return 0
    return max(1, int((times[-1] + window - now).total_seconds()) + 1)


def _one_at_a_time(session: Session, *keys: str) -> None:
    """Let nobody else count the same person or address before this transaction ends.

    SQLite has a single writer anyway.
    """
    if session.get_bind().dialect.name == "postgresql":
        for number in sorted(zlib.crc32(key.encode()) for key in keys):  # in one order, against deadlocks
            session.execute(select(func.pg_advisory_xact_lock(number)))
