"""Who asks for a record and why, and the log of it that the resident can read."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from backoffice.clock import Clock
from backoffice.errors import NotAllowed
from backoffice.identity.tables import AccessRow


@dataclass(frozen=True)
class Asker:
    """Who asks: a resident or a member of staff, by which conversation or ``console``, and for which purpose.

    ``why`` is a key such as the intent ``medical_balance``.
    """

    resident_id: int | None
    staff_id: int | None
    via: str
    why: str


@dataclass(frozen=True)
class AccessEntry:
    """One line of the log as the resident sees it; ``who`` is ``self``, ``staff`` or ``other``."""

    at: datetime
    who: str
    record: str
    why: str


def require_owner(asker: Asker, resident_id: int) -> None:
    """Let only the owner of a record go on.

    Raises:
        NotAllowed: key ``not_yours``.
    """
    if asker.resident_id != resident_id:
        raise NotAllowed("not_yours")


class AccessLog:
    """Writes and reads the access log."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def note(self, session: Session, asker: Asker, resident_id: int, record: str) -> None:
        """Write down a look-up in the transaction that makes it."""
        session.add(
            AccessRow(
                at=self._clock(),
                resident_id=resident_id,
                asker_resident_id=asker.resident_id,
                asker_staff_id=asker.staff_id,
                via=asker.via,
                record=record,
                why=asker.why,
            )
        )

    def of(self, session: Session, resident_id: int, limit: int) -> list[AccessEntry]:
        """Return the newest entries about a resident, newest first."""
        rows = session.scalars(
            select(AccessRow).where(AccessRow.resident_id == resident_id).order_by(AccessRow.id.desc()).limit(limit)
        )
        return [AccessEntry(row.at, _who(row), row.record, row.why) for row in rows]


def _who(row: AccessRow) -> str:
    if row.asker_resident_id == row.resident_id:
        return "self"
    return "staff" if row.asker_staff_id is not None else "other"
