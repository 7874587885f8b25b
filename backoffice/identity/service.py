"""The identity area's one door: sign-in by resident number, name and one-time code; sessions; the access log."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy.orm import Session

from backoffice.clock import Clock
from backoffice.db import Database
from backoffice.identity.access import AccessEntry, AccessLog, Asker
from backoffice.identity.limits import DEMO_LIMITS, Limits
from backoffice.identity.sessions import Resident, Sessions
from backoffice.identity.sign_in import SignedIn, SignIn
from backoffice.identity.sms import SmsPort

__all__ = ["DEMO_LIMITS", "IdentityService", "Limits", "Resident", "SignedIn"]


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
        self._sessions = Sessions(db, clock)
        self._sign_in = SignIn(db, clock, secret, sms, sms_text, limits or Limits())
        self._log = AccessLog(clock)

    # -- who is asking

    def resident_for(self, conversation_id: str) -> Resident | None:
        """Return who is signed in in this conversation; the question counts as activity."""
        return self._sessions.of_conversation(conversation_id)

    def session(self, session_token: str) -> Resident | None:
        """Return who is signed in with this cookie; the question counts as activity."""
        return self._sessions.of_token(session_token)

    def session_ends(self, session_token: str) -> datetime | None:
        """Return when the session ends if nothing more happens, or ``None``."""
        return self._sessions.ends(session_token)

    # -- signing in

    def make_link(self, conversation_id: str) -> str:
        """Return a one-time token that leads from this conversation to the sign-in page, for 15 minutes."""
        return self._sign_in.make_link(conversation_id)

    def open_link(self, token: str) -> str | None:
        """Return the conversation of an unused, unexpired link, or ``None``."""
        return self._sign_in.open_link(token)

    def start_sign_in(self, id_number: str, name: str, address: str, link: str | None = None) -> str:
        """Begin a sign-in and return its challenge token.

        Known and unknown people get the same answer for the same work; only the phone on record gets a code.

        Raises:
            DomainError: ``id_number_form``, the number cannot be right.
            TooManyTries: ``too_many_codes``.
        """
        return self._sign_in.start(id_number, name, address, link)

    def finish_sign_in(self, challenge: str, code: str, address: str) -> SignedIn:
        """Check the code and open a session, bound to the conversation of the link if there was one.

        The address is not compared: a phone may change networks while its owner waits for the code.

        Raises:
            DomainError: ``code_expired``; ``code_wrong`` with ``tries_left``.
            TooManyTries: ``too_many_tries``, the fifth wrong code ended this challenge.
        """
        return self._sign_in.finish(challenge, code)

    # -- binding and leaving

    def bind(self, session_token: str, conversation_id: str) -> None:
        """Let a conversation speak with this session, if the session is live."""
        self._sessions.bind(session_token, conversation_id)

    def sign_out(self, session_token: str) -> list[str]:
        """End the session; return the conversations that were bound to it."""
        return self._sessions.end(session_token)

    def sign_out_conversation(self, conversation_id: str) -> None:
        """End the session that this conversation speaks with."""
        self._sessions.end_of_conversation(conversation_id)

    def sign_out_everywhere(self, resident_id: int) -> list[str]:
        """End every session of a resident; return the conversations that were bound to them."""
        return self._sessions.end_all(resident_id)

    # -- the access log

    def note_access(self, session: Session, asker: Asker, resident_id: int, record: str) -> None:
        """Write down a look-up in the transaction that makes it."""
        self._log.note(session, asker, resident_id, record)

    def access_log(self, resident_id: int, limit: int = 50) -> list[AccessEntry]:
        """Return the newest entries about a resident, newest first."""
        with self._db.read() as session:
            return self._log.of(session, resident_id, limit)
