"""Keeps personal numbers that were typed in a chat, encrypted, and gives out opaque tokens for them."""

import base64
import hashlib
import hmac
import re
import secrets
from datetime import timedelta

from cryptography.fernet import Fernet, InvalidToken
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from backoffice.clock import Clock
from backoffice.db import Database
from backoffice.identity.tables import PrivateTokenRow

KEPT = timedelta(hours=24)
TOKEN = re.compile(r"〔([a-z_]+):[a-z0-9]{8}〕")
_ALPHABET = "23456789abcdefghjkmnpqrstuvwxyz"


class Vault:
    """Tokens such as ``〔id_number:k3f9x2ab〕`` stand for values that only the service in need resolves."""

    def __init__(self, db: Database, clock: Clock, secret: str) -> None:
        key = hashlib.sha256(b"vault:" + secret.encode()).digest()
        self._db = db
        self._clock = clock
        self._key = key
        self._cipher = Fernet(base64.urlsafe_b64encode(key))

    def keep(self, conversation_id: str, kind: str, value: str) -> str:
        """Keep ``value`` for 24 hours and return its token, the same for the same value in one conversation."""
        try:
            return self._keep(conversation_id, kind, value)
        except IntegrityError:  # the same value was kept by another process just now
            return self._keep(conversation_id, kind, value)

    def _keep(self, conversation_id: str, kind: str, value: str) -> str:
        fingerprint = hmac.new(self._key, f"{kind}:{value}".encode(), hashlib.sha256).hexdigest()
        now = self._clock()
        with self._db.write() as session:
            session.execute(delete(PrivateTokenRow).where(PrivateTokenRow.expires_at <= now))
            row = session.scalar(
                select(PrivateTokenRow).where(
                    PrivateTokenRow.conversation_id == conversation_id, PrivateTokenRow.fingerprint == fingerprint
                )
            )
            if row is None:
                name = "".join(secrets.choice(_ALPHABET) for _ in range(8))
                row = PrivateTokenRow(
                    token=f"〔{kind}:{name}〕",
                    conversation_id=conversation_id,
                    fingerprint=fingerprint,
                    sealed=self._cipher.encrypt(value.encode()),
                )
                session.add(row)
            row.expires_at = now + KEPT
            return row.token

    def resolve(self, conversation_id: str, token: str) -> str | None:
        """Return the value behind a token of this conversation, or ``None``."""
        with self._db.read() as session:
            row = session.get(PrivateTokenRow, token)
        if row is None or row.conversation_id != conversation_id or row.expires_at <= self._clock():
            return None
        try:
            return self._cipher.decrypt(row.sealed).decode()
        except InvalidToken:  # kept under an earlier secret
            return None
