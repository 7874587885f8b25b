"""Sessions of signed-in residents, and the conversations that speak with them."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from backoffice.clock import Clock
from backoffice.db import Database
from backoffice.identity.numbers import mask_name, mask_phone
from backoffice.identity.tables import ChatBindingRow, ResidentRow, SessionRow

IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)  # activity is written at most this often
KEPT = timedelta(days=30)  # how long an ended session's row stays, for whoever has to look into it


@dataclass(frozen=True)
class Resident:
    """A resident as other parts see one; the phone is masked."""

    id: int
    id_number: str
    name: str
    birth_date: date
    sex: str
    district: str
    phone_masked: str
    household_id: int

    @property
    def name_masked(self) -> str:
        """Surname only."""
        return mask_name(self.name)

    @classmethod
    def of(cls, row: ResidentRow) -> "Resident":
        """Take what may be seen from a resident's row."""
        return cls(
            id=row.id,
            id_number=row.id_number,
            name=row.name,
            birth_date=row.birth_date,
            sex=row.sex,
            district=row.district,
            phone_masked=mask_phone(row.phone or ""),
            household_id=row.household_id,
        )


def token_hash(token: str) -> str:
    """Return what is stored of a token; a token is random enough for a plain hash."""
    return hashlib.sha256(token.encode()).hexdigest()


class Sessions:
    """Opens, finds and ends sessions. A session ends after 30 idle minutes, and after 12 hours in any case."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    def of_conversation(self, conversation_id: str) -> Resident | None:
        """Return whose live session this conversation speaks with; counts as activity."""
        query = (
            select(SessionRow)
            .join(ChatBindingRow, ChatBindingRow.session_id == SessionRow.id)
            .where(ChatBindingRow.conversation_id == conversation_id)
        )
        with self._db.read() as session:
            return self._live(session.scalar(query))

    def of_token(self, token: str) -> Resident | None:
        """Return whose live session this token is of; counts as activity."""
        with self._db.read() as session:
            return self._live(self._find(session, token))

    def ends(self, token: str) -> datetime | None:
        """Return when the session ends if nothing more happens, or ``None`` if it is not live."""
        with self._db.read() as session:
            row = self._find(session, token)
        if row is None or not self._is_live(row):
            return None
        return min(row.seen_at + IDLE, row.created_at + ABSOLUTE)

    def open(self, session: Session, resident_id: int, conversation_id: str | None) -> str:
        """Open a session in this transaction, bind a conversation to it, and return its token."""
        token, now = secrets.token_urlsafe(32), self._clock()
        self._forget_old(session, now)
        row = SessionRow(token_hash=token_hash(token), resident_id=resident_id, created_at=now, seen_at=now)
        session.add(row)
        session.flush()
        if conversation_id:
            self._bind(session, conversation_id, row.id, now)
        return token

    def bind(self, token: str, conversation_id: str) -> None:
        """Let a conversation speak with this session, if the session is live."""
        with self._db.write() as session:
            row = self._find(session, token)
            if row is not None and self._is_live(row):
                self._bind(session, conversation_id, row.id, self._clock())

    def end(self, token: str) -> list[str]:
        """End the session of this token; return the conversations that spoke with it."""
        with self._db.write() as session:
            row = self._find(session, token)
            return [] if row is None else self._end(session, [row.id])

    def end_of_conversation(self, conversation_id: str) -> None:
        """End the session that this conversation speaks with."""
        with self._db.write() as session:
            binding = session.get(ChatBindingRow, conversation_id)
            if binding is not None:
                self._end(session, [binding.session_id])

    def end_all(self, resident_id: int) -> list[str]:
        """End every session of a resident; return the conversations that spoke with them."""
        with self._db.write() as session:
            live = select(SessionRow.id).where(SessionRow.resident_id == resident_id, SessionRow.ended_at.is_(None))
            return self._end(session, list(session.scalars(live)))

    @staticmethod
    def _find(session: Session, token: str) -> SessionRow | None:
        return session.scalar(select(SessionRow).where(SessionRow.token_hash == token_hash(token)))

    def _is_live(self, row: SessionRow) -> bool:
        now = self._clock()
        return row.ended_at is None and now < row.seen_at + IDLE and now < row.created_at + ABSOLUTE

    def _live(self, row: SessionRow | None) -> Resident | None:
        if row is None or not self._is_live(row):
            return None
        now = self._clock()
        if now >= row.seen_at + SEEN_EVERY:
            with self._db.write() as session:
                # Two requests at once may both write; the later instant stays.
                session.execute(
                    update(SessionRow).where(SessionRow.id == row.id, SessionRow.seen_at < now).values(seen_at=now)
                )
        return Resident.of(row.resident)

    @staticmethod
    def _bind(session: Session, conversation_id: str, session_id: int, now: datetime) -> None:
        session.merge(ChatBindingRow(conversation_id=conversation_id, session_id=session_id, bound_at=now))

    def _end(self, session: Session, session_ids: list[int]) -> list[str]:
        ours = ChatBindingRow.session_id.in_(session_ids)
        session.execute(
            update(SessionRow)
            .where(SessionRow.id.in_(session_ids), SessionRow.ended_at.is_(None))
            .values(ended_at=self._clock())
        )
        bound = list(session.scalars(select(ChatBindingRow.conversation_id).where(ours)))
        session.execute(delete(ChatBindingRow).where(ours))
        return bound

    @staticmethod
    def _forget_old(session: Session, now: datetime) -> None:
        old = select(SessionRow.id).where(SessionRow.created_at < now - KEPT)
        session.execute(delete(ChatBindingRow).where(ChatBindingRow.session_id.in_(old)))
        session.execute(delete(SessionRow).where(SessionRow.created_at < now - KEPT))
