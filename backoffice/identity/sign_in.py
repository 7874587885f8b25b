"""Sign-in: a one-time link from the chat, resident number and name, then a one-time code to the phone on record."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from backoffice.clock import Clock
from backoffice.db import Database
from backoffice.errors import DomainError, TooManyTries
from backoffice.identity.limits import DAY, Limits, check_limits
from backoffice.identity.numbers import is_id_number
from backoffice.identity.sessions import Resident, Sessions, token_hash
from backoffice.identity.sms import SmsPort
from backoffice.identity.tables import ChallengeRow, ResidentRow, SignInLinkRow

LINK_LIVES = timedelta(minutes=15)
CODE_LIVES = timedelta(minutes=5)
CODE_TRIES = 5


@dataclass(frozen=True)
class SignedIn:
    """A fresh session: its token for the cookie, whose it is, and the chat that it was opened for."""

    session_token: str
    resident: Resident
    conversation_id: str | None


class SignIn:
    """Keeps links and challenges. Stored are hashes only; people not on record get the same answers."""

    def __init__(
        self, db: Database, clock: Clock, secret: str, sms: SmsPort, sms_text: Callable[[str], str], limits: Limits
    ) -> None:
        self._db = db
        self._clock = clock
        self._key = hashlib.sha256(b"identity:" + secret.encode()).digest()
        self._sms = sms
        self._sms_text = sms_text
        self._limits = limits
        self._sessions = Sessions(db, clock)

    def make_link(self, conversation_id: str) -> str:
        """Return a one-time token that leads from this conversation to the sign-in page, for 15 minutes."""
        token, now = secrets.token_urlsafe(24), self._clock()
        with self._db.write() as session:
            session.execute(delete(SignInLinkRow).where(SignInLinkRow.expires_at < now - DAY))
            session.add(
                SignInLinkRow(
                    token_hash=token_hash(token), conversation_id=conversation_id, expires_at=now + LINK_LIVES
                )
            )
        return token

    def open_link(self, token: str) -> str | None:
        """Return the conversation of an unused, unexpired link, or ``None``."""
        with self._db.read() as session:
            row = self._good_link(session, token)
            return row.conversation_id if row else None

    def start(self, id_number: str, name: str, address: str, link: str | None) -> str:
        """Begin a sign-in and return its challenge token, to known and unknown people alike."""
        number = id_number.strip().upper()
        if not is_id_number(number):
            raise DomainError("id_number_form")
        challenge, code = secrets.token_urlsafe(24), f"{secrets.randbelow(10**6):06d}"
        who, where, now = self._sealed("who", number), self._sealed("address", address), self._clock()
        with self._db.write() as session:
            check_limits(session, self._limits, who, where, now)
            session.execute(delete(ChallengeRow).where(ChallengeRow.created_at < now - 2 * DAY))
            good_link = self._good_link(session, link) if link else None
            person = session.scalar(select(ResidentRow).where(ResidentRow.id_number == number))
            on_record = self._sealed("name", person.name if person else "")
            same_name = hmac.compare_digest(on_record, self._sealed("name", name.strip()))
            phone = (person.phone or "") if person and same_name else ""
            session.add(
                ChallengeRow(
                    token_hash=token_hash(challenge),
                    who_hash=who,
                    address_hash=where,
                    resident_id=person.id if person and phone else None,
                    link_hash=good_link.token_hash if good_link else None,
                    code_hash=self._sealed(challenge, code),
                    created_at=now,
                )
            )
        self._sms.send(phone, self._sms_text(code))  # to nobody if nobody matches: the same work
        return challenge

    def finish(self, challenge: str, code: str) -> SignedIn:
        """Check the code and open a session, bound to the conversation of the link if there was one."""
        key, now = token_hash(challenge), self._clock()
        with self._db.write() as session:
            row = session.get(ChallengeRow, key)
            if row is None or row.used_at is not None or now >= row.created_at + CODE_LIVES:
                raise DomainError("code_expired")
            # Counted before the comparison and in the database, so that guesses made at once each count.
            tries = session.execute(
                update(ChallengeRow)
                .where(ChallengeRow.token_hash == key, ChallengeRow.tries < CODE_TRIES)
                .values(tries=ChallengeRow.tries + 1)
                .returning(ChallengeRow.tries)
            ).scalar()
        if tries is None:
            raise TooManyTries("too_many_tries", retry_after=0)
        right = hmac.compare_digest(row.code_hash, self._sealed(challenge, code.strip()))
        if right and row.resident_id is not None:
            return self._open(row, now)
        if tries >= CODE_TRIES:
            raise TooManyTries("too_many_tries", retry_after=0)
        raise DomainError("code_wrong", tries_left=CODE_TRIES - tries)

    def _open(self, challenge: ChallengeRow, now: datetime) -> SignedIn:
        with self._db.write() as session:
            used = session.execute(
                update(ChallengeRow)
                .where(ChallengeRow.token_hash == challenge.token_hash, ChallengeRow.used_at.is_(None))
                .values(used_at=now)
                .returning(ChallengeRow.resident_id)
            ).scalar()
            if used is None:
                raise DomainError("code_expired")
            conversation_id = self._use_link(session, challenge.link_hash, now) if challenge.link_hash else None
            token = self._sessions.open(session, used, conversation_id)
            return SignedIn(token, Resident.of(session.get_one(ResidentRow, used)), conversation_id)

    def _good_link(self, session: Session, token: str) -> SignInLinkRow | None:
        row = session.get(SignInLinkRow, token_hash(token))
        return row if row and row.used_at is None and self._clock() < row.expires_at else None

    @staticmethod
    def _use_link(session: Session, link_hash: str, now: datetime) -> str | None:
        """Use the link up. It was good when the code was asked for, so its expiry no longer counts."""
        return session.execute(
            update(SignInLinkRow)
            .where(SignInLinkRow.token_hash == link_hash, SignInLinkRow.used_at.is_(None))
            .values(used_at=now)
            .returning(SignInLinkRow.conversation_id)
        ).scalar()

    def _sealed(self, purpose: str, value: str) -> str:
        return hmac.new(self._key, f"{purpose}:{value}".encode(), hashlib.sha256).hexdigest()
