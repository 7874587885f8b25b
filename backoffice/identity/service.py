"""Sign-in by resident number, name and a one-time code, and the sessions that follow from it."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from backoffice.clock import Clock
from backoffice.db import Database
from backoffice.errors import DomainError, TooManyTries
from backoffice.identity.access import AccessEntry, AccessLog, Asker
from backoffice.identity.numbers import is_id_number, mask_name, mask_phone
from backoffice.identity.sms import SmsPort
from backoffice.identity.tables import ChallengeRow, ChatBindingRow, ResidentRow, SessionRow, SignInLinkRow

LINK_LIVES = timedelta(minutes=15)
CODE_LIVES = timedelta(minutes=5)
CODE_TRIES = 5
IDLE = timedelta(minutes=30)
ABSOLUTE = timedelta(hours=12)
SEEN_EVERY = timedelta(minutes=1)  # activity is written at most this often


@dataclass(frozen=True)
class Limits:
    """How many codes may be asked for: per resident number in ten minutes and a day, per address in ten minutes."""

    per_resident: int = 3
    per_resident_a_day: int = 10
    per_address: int = 10


DEMO_LIMITS = Limits(per_resident=300, per_resident_a_day=10_000, per_address=1000)
"""In the demo many people share three residents and one address."""


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


@dataclass(frozen=True)
class SignedIn:
    """A fresh session: its token for the cookie, whose it is, and the chat that it was opened for."""

    session_token: str
    resident: Resident
    conversation_id: str | None


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _resident(row: ResidentRow) -> Resident:
    return Resident(
        id=row.id,
        id_number=row.id_number,
        name=row.name,
        birth_date=row.birth_date,
        sex=row.sex,
        district=row.district,
        phone_masked=mask_phone(row.phone or ""),
        household_id=row.household_id,
    )


class IdentityService:
    """Answers who is asking, from stored sessions only."""

    def __init__(
        self,
        db: Database,
        clock: Clock,
        secret: str,
        sms: SmsPort,
        sms_text: Callable[[str], str],
        limits: Limits | None = None,
    ) -> None:
        self._db = db
        self._clock = clock
        self._key = hashlib.sha256(b"identity:" + secret.encode()).digest()
        self._sms = sms
        self._sms_text = sms_text
        self._limits = limits or Limits()
        self._log = AccessLog(clock)

    # -- who is asking

    def resident_for(self, conversation_id: str) -> Resident | None:
        """Return who is signed in in this conversation; the question counts as activity."""
        query = (
            select(SessionRow)
            .join(ChatBindingRow, ChatBindingRow.session_id == SessionRow.id)
            .where(ChatBindingRow.conversation_id == conversation_id)
        )
        with self._db.read() as session:
            return self._live(session.scalar(query))

    def session(self, session_token: str) -> Resident | None:
        """Return who is signed in with this cookie; the question counts as activity."""
        with self._db.read() as session:
            return self._live(self._by_token(session, session_token))

    def session_ends(self, session_token: str) -> datetime | None:
        """Return when the session ends if nothing more happens, or ``None``."""
        with self._db.read() as session:
            row = self._by_token(session, session_token)
        if row is None or not self._is_live(row):
            return None
        return min(row.seen_at + IDLE, row.created_at + ABSOLUTE)

    def _by_token(self, session: Session, session_token: str) -> SessionRow | None:
        return session.scalar(select(SessionRow).where(SessionRow.token_hash == _hash(session_token)))

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
        return _resident(row.resident)

    # -- signing in

    def make_link(self, conversation_id: str) -> str:
        """Return a one-time token that leads from this conversation to the sign-in page, for 15 minutes."""
        token = secrets.token_urlsafe(24)
        expires = self._clock() + LINK_LIVES
        with self._db.write() as session:
            session.execute(delete(SignInLinkRow).where(SignInLinkRow.expires_at < self._clock() - ABSOLUTE))
            session.add(SignInLinkRow(token_hash=_hash(token), conversation_id=conversation_id, expires_at=expires))
        return token

    def open_link(self, token: str) -> str | None:
        """Return the conversation of an unused, unexpired link, or ``None``."""
        with self._db.read() as session:
            row = session.get(SignInLinkRow, _hash(token))
        if row is None or row.used_at is not None or row.expires_at <= self._clock():
            return None
        return row.conversation_id

    def start_sign_in(self, id_number: str, name: str, address: str, link: str | None = None) -> str:
        """Begin a sign-in and return its challenge token.

        Known and unknown people get the same answer for the same work; only the phone on record gets a code.

        Raises:
            DomainError: ``id_number_form``, the number cannot be right.
            TooManyTries: ``too_many_codes``.
        """
        number = id_number.strip().upper()
        if not is_id_number(number):
            raise DomainError("id_number_form")
        challenge, code = secrets.token_urlsafe(24), f"{secrets.randbelow(10**6):06d}"
        now = self._clock()
        with self._db.write() as session:
            self._check_limits(session, number, address, now)
            person = session.scalar(select(ResidentRow).where(ResidentRow.id_number == number))
            same_name = hmac.compare_digest((person.name if person else "").encode(), name.strip().encode())
            phone = person.phone if person and same_name else None
            session.add(
                ChallengeRow(
                    token_hash=_hash(challenge),
                    who_hash=self._sealed("who", number),
                    address_hash=self._sealed("address", address),
                    resident_id=person.id if person and phone else None,
                    link_hash=_hash(link) if link else None,
                    code_hash=self._sealed(challenge, code),
                    created_at=now,
                )
            )
        if phone:
            self._sms.send(phone, self._sms_text(code))
        return challenge

    def finish_sign_in(self, challenge: str, code: str, address: str) -> SignedIn:
        """Check the code and open a session, bound to the conversation of the link if there was one.

        Raises:
            DomainError: ``code_expired``; ``code_wrong`` with ``tries_left``.
            TooManyTries: ``too_many_tries``, the fifth wrong code ended this challenge.
        """
        key, now = _hash(challenge), self._clock()
        with self._db.write() as session:
            row = session.get(ChallengeRow, key)
            if row is None or row.used_at is not None or now >= row.created_at + CODE_LIVES:
                raise DomainError("code_expired")
            # Counted before the comparison and in the database, so that guesses made at once count each.
            counted = session.execute(
                update(ChallengeRow)
                .where(ChallengeRow.token_hash == key, ChallengeRow.tries < CODE_TRIES)
                .values(tries=ChallengeRow.tries + 1)
                .returning(ChallengeRow.tries)
            ).scalar()
        if counted is None:
            raise TooManyTries("too_many_tries", retry_after=0)
        right = hmac.compare_digest(row.code_hash, self._sealed(challenge, code.strip()))
        if not right or row.resident_id is None:
            if counted >= CODE_TRIES:
                raise TooManyTries("too_many_tries", retry_after=0)
            raise DomainError("code_wrong", tries_left=CODE_TRIES - counted)
        return self._open_session(key, row.resident_id, row.link_hash, now)

    def _open_session(self, challenge_key: str, resident_id: int, link_hash: str | None, now: datetime) -> SignedIn:
        token = secrets.token_urlsafe(32)
        with self._db.write() as session:
            used = session.execute(
                update(ChallengeRow)
                .where(ChallengeRow.token_hash == challenge_key, ChallengeRow.used_at.is_(None))
                .values(used_at=now)
                .returning(ChallengeRow.token_hash)
            ).scalar()
            if used is None:
                raise DomainError("code_expired")
            opened = SessionRow(token_hash=_hash(token), resident_id=resident_id, created_at=now, seen_at=now)
            session.add(opened)
            session.flush()
            conversation_id = self._use_link(session, link_hash, now) if link_hash else None
            if conversation_id:
                session.merge(ChatBindingRow(conversation_id=conversation_id, session_id=opened.id, bound_at=now))
            person = session.get_one(ResidentRow, resident_id)
            return SignedIn(token, _resident(person), conversation_id)

    @staticmethod
    def _use_link(session: Session, link_hash: str, now: datetime) -> str | None:
        return session.execute(
            update(SignInLinkRow)
            .where(
                SignInLinkRow.token_hash == link_hash,
                SignInLinkRow.used_at.is_(None),
                SignInLinkRow.expires_at > now - CODE_LIVES,  # the link was good when the code was asked for
            )
            .values(used_at=now)
            .returning(SignInLinkRow.conversation_id)
        ).scalar()

    def _check_limits(self, session: Session, number: str, address: str, now: datetime) -> None:
        who, where = self._sealed("who", number), self._sealed("address", address)
        ten_minutes, day = timedelta(minutes=10), timedelta(days=1)
        checks = (
            (ChallengeRow.who_hash == who, ten_minutes, self._limits.per_resident),
            (ChallengeRow.who_hash == who, day, self._limits.per_resident_a_day),
            (ChallengeRow.address_hash == where, ten_minutes, self._limits.per_address),
        )
        for condition, window, most in checks:
            since = now - window
            query = select(func.count(), func.min(ChallengeRow.created_at)).where(
                condition, ChallengeRow.created_at > since
            )
            count, oldest = session.execute(query).one()
            if count >= most:
                wait = int((oldest + window - now).total_seconds()) + 1
                raise TooManyTries("too_many_codes", retry_after=max(wait, 1))

    def _sealed(self, purpose: str, value: str) -> str:
        return hmac.new(self._key, f"{purpose}:{value}".encode(), hashlib.sha256).hexdigest()

    # -- binding and leaving

    def bind(self, session_token: str, conversation_id: str) -> None:
        """Let a conversation speak with this session, if the session is live."""
        with self._db.write() as session:
            row = self._by_token(session, session_token)
            if row is not None and self._is_live(row):
                binding = ChatBindingRow(conversation_id=conversation_id, session_id=row.id, bound_at=self._clock())
                session.merge(binding)

    def sign_out(self, session_token: str) -> list[str]:
        """End the session; return the conversations that were bound to it."""
        with self._db.write() as session:
            row = self._by_token(session, session_token)
            return [] if row is None else self._end(session, [row.id])

    def sign_out_conversation(self, conversation_id: str) -> None:
        """End the session that this conversation speaks with."""
        with self._db.write() as session:
            binding = session.get(ChatBindingRow, conversation_id)
            if binding is not None:
                self._end(session, [binding.session_id])

    def sign_out_everywhere(self, resident_id: int) -> list[str]:
        """End every session of a resident; return the conversations that were bound to them."""
        with self._db.write() as session:
            live = select(SessionRow.id).where(SessionRow.resident_id == resident_id, SessionRow.ended_at.is_(None))
            return self._end(session, list(session.scalars(live)))

    def _end(self, session: Session, session_ids: list[int]) -> list[str]:
        session.execute(update(SessionRow).where(SessionRow.id.in_(session_ids)).values(ended_at=self._clock()))
        bound = list(
            session.scalars(select(ChatBindingRow.conversation_id).where(ChatBindingRow.session_id.in_(session_ids)))
        )
        session.execute(delete(ChatBindingRow).where(ChatBindingRow.session_id.in_(session_ids)))
        return bound

    # -- the access log

    def note_access(self, session: Session, asker: Asker, resident_id: int, record: str) -> None:
        """Write down a look-up in the transaction that makes it."""
        self._log.note(session, asker, resident_id, record)

    def access_log(self, resident_id: int, limit: int = 50) -> list[AccessEntry]:
        """Return the newest entries about a resident, newest first."""
        with self._db.read() as session:
            return self._log.of(session, resident_id, limit)
