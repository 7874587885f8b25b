"""Tables of the identity area."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backoffice.db import Model


class HouseholdRow(Model):
    """Residents registered together (户)."""

    __tablename__ = "households"

    id: Mapped[int] = mapped_column(primary_key=True)
    district: Mapped[str] = mapped_column(String(40))
    address: Mapped[str] = mapped_column(String(120))


class ResidentRow(Model):
    """A person on record with the city."""

    __tablename__ = "residents"

    id: Mapped[int] = mapped_column(primary_key=True)
    id_number: Mapped[str] = mapped_column(String(18), unique=True)
    name: Mapped[str] = mapped_column(String(40))
    birth_date: Mapped[date]
    sex: Mapped[str] = mapped_column(String(1), info={"choices": ("f", "m")})
    district: Mapped[str] = mapped_column(String(40), index=True)
    phone: Mapped[str | None] = mapped_column(String(20))
    household_id: Mapped[int] = mapped_column(ForeignKey("households.id"), index=True)
    household_role: Mapped[str] = mapped_column(String(10), info={"choices": ("head", "spouse", "child", "parent")})


class SessionRow(Model):
    """A signed-in session; only the hash of its token is kept."""

    __tablename__ = "sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"), index=True)
    created_at: Mapped[datetime]
    seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    resident: Mapped[ResidentRow] = relationship(lazy="joined", innerjoin=True)


class ChatBindingRow(Model):
    """The session that a conversation speaks with."""

    __tablename__ = "chat_bindings"

    conversation_id: Mapped[str] = mapped_column(String(40), primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("sessions.id"), index=True)
    bound_at: Mapped[datetime]


class SignInLinkRow(Model):
    """A one-time link from a conversation to the sign-in page."""

    __tablename__ = "sign_in_links"

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(40))
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ChallengeRow(Model):
    """A sign-in under way: a code was sent (or, for somebody unknown, was not) and is awaited."""

    __tablename__ = "sign_in_challenges"
    __table_args__ = (
        Index("ix_sign_in_challenges_who", "who_hash", "created_at"),
        Index("ix_sign_in_challenges_address", "address_hash", "created_at"),
    )

    token_hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    who_hash: Mapped[str] = mapped_column(String(64))
    address_hash: Mapped[str] = mapped_column(String(64))
    resident_id: Mapped[int | None] = mapped_column(ForeignKey("residents.id"))
    link_hash: Mapped[str | None] = mapped_column(String(64))
    code_hash: Mapped[str] = mapped_column(String(64))
    tries: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class AccessRow(Model):
    """One look-up or change of a resident's record: who, whose, which, why. Append-only."""

    __tablename__ = "access_log"
    __table_args__ = (Index("ix_access_log_resident", "resident_id", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime]
    resident_id: Mapped[int] = mapped_column(ForeignKey("residents.id"))
    asker_resident_id: Mapped[int | None]
    asker_staff_id: Mapped[int | None]
    via: Mapped[str] = mapped_column(String(40))
    record: Mapped[str] = mapped_column(String(60))
    why: Mapped[str] = mapped_column(String(60))


class PrivateTokenRow(Model):
    """A personal number that was typed in a conversation, encrypted, under its opaque token."""

    __tablename__ = "private_tokens"
    __table_args__ = (UniqueConstraint("conversation_id", "fingerprint"),)

    token: Mapped[str] = mapped_column(String(60), primary_key=True)
    conversation_id: Mapped[str] = mapped_column(String(40))
    fingerprint: Mapped[str] = mapped_column(String(64))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    expires_at: Mapped[datetime] = mapped_column(index=True)


class SmsRow(Model):
    """A text message of the demo's outbox; outside demo mode nothing is written here."""

    __tablename__ = "sms_outbox"

    id: Mapped[int] = mapped_column(primary_key=True)
    phone: Mapped[str] = mapped_column(String(20))
    text: Mapped[str] = mapped_column(String(200))
    sent_at: Mapped[datetime]
