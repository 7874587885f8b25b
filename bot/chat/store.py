"""Keeps conversations and gives their messages numbers; the only module of the bot that speaks SQL.

All calls are synchronous and short; the bot makes them from a small pool of threads (``bot.chat.threads``).
"""

import hashlib
import uuid
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, cast

from sqlalchemy import Table, bindparam, insert, select, text, update
from sqlalchemy.exc import IntegrityError

from backoffice.clock import Clock
from backoffice.db import Database
from bot.chat.tables import ConversationRow, MessageRow
from wenzheng.texts import Language

Channel = Literal["web", "widget", "rest"]
Mode = Literal["bot", "waiting", "staff", "closed"]
Sender = Literal["citizen", "assistant", "staff", "system"]
Status = Literal["pending", "apologised", "answered", "failed"]


@dataclass(frozen=True, slots=True)
class Conversation:
    """One chat as the rest of the bot sees it."""

    id: str
    channel: Channel
    language: Language
    mode: Mode
    last_seq: int
    signed_in_owed: bool


@dataclass(frozen=True, slots=True)
class Message:
    """A stored message; ``text`` is masked, ``for_rasa`` holds opaque tokens instead of the masked numbers."""

    conversation_id: str
    seq: int
    sender: Sender
    text: str
    at: datetime
    buttons: list[dict[str, Any]] | None = None
    custom: dict[str, Any] | None = None
    client_id: str | None = None
    feedback: str | None = None
    status: Status | None = None
    reply_to: int | None = None
    tokenised: str | None = None

    @property
    def for_rasa(self) -> str:
        """What Rasa is asked."""
        return self.text if self.tokenised is None else self.tokenised


@dataclass(frozen=True, slots=True)
class Reply:
    """One message of an answer, not stored yet."""

    text: str
    buttons: list[dict[str, Any]] | None = None
    custom: dict[str, Any] | None = None


class Closed(Exception):
    """The conversation was closed; nothing can be added to it."""


def hash_key(*parts: str) -> str:
    """Return the hash under which a cookie's key, or a REST caller, is known."""
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


# Made once: building an SQL expression costs more than running it.
_CONVERSATIONS, _MESSAGES = cast(Table, ConversationRow.__table__), cast(Table, MessageRow.__table__)
_C, _M = _CONVERSATIONS.c, _MESSAGES.c
_CONVERSATION = (_C.id, _C.channel, _C.language, _C.mode, _C.last_seq, _C.signed_in_owed)
_MESSAGE = (
    _M.conversation_id,
    _M.seq,
    _M.sender,
    _M.text,
    _M.at,
    _M.buttons,
    _M.custom,
    _M.client_id,
    _M.feedback,
    _M.status,
    _M.reply_to,
    _M.tokenised,
)
# Written out, not bound: only so do the databases see that the index of open messages serves.
_IS_OPEN = text("messages.status IN ('pending', 'apologised')")
_INSERT = insert(_MESSAGES)
# The row's lock makes the numbers unique and without a gap: a second writer waits here until the first has committed.
_NEXT = (
    update(_CONVERSATIONS)
    .where(_C.id == bindparam("the_id"))
    .values(last_seq=_C.last_seq + bindparam("count"), active_at=bindparam("now"))
    .returning(_C.last_seq, _C.mode)
)
_NEXT_OF_BOT = _NEXT.where(_C.mode == "bot")
_SETTLE = (
    update(_MESSAGES)
    .where(_M.conversation_id == bindparam("the_id"), _M.seq == bindparam("the_seq"))
    .values(status=bindparam("the_status"))
)
_SETTLE_SIGN_IN = update(_CONVERSATIONS).where(_C.id == bindparam("the_id")).values(signed_in_owed=False)


class ConversationStore:
    """Conversations and messages in the database."""

    def __init__(self, db: Database, clock: Clock) -> None:
        self._db = db
        self._clock = clock

    # -- conversations

    def create(self, channel: Channel, language: Language, client_hash: str) -> Conversation:
        """Begin a conversation of a browser; it is the browser's current one from now on."""
        return self._create(channel, language, client_hash=client_hash)

    def of_client(self, client_hash: str) -> Conversation | None:
        """Return the newest conversation of a browser."""
        query = select(*_CONVERSATION).where(_C.client_hash == client_hash).order_by(_C.created_at.desc()).limit(1)
        return self._one(query)

    def get(self, conversation_id: str) -> Conversation | None:
        """Return a conversation by its id."""
        return self._one(select(*_CONVERSATION).where(_C.id == conversation_id))

    def of_caller(self, caller_hash: str, language: Language) -> Conversation:
        """Return the conversation of a REST caller, begun now if there is none."""
        query = select(*_CONVERSATION).where(_C.caller_hash == caller_hash)
        found = self._one(query)
        if found is not None:
            return found
        try:
            return self._create("rest", language, caller_hash=caller_hash)
        except IntegrityError:  # another request of the same caller was quicker
            found = self._one(query)
            assert found is not None
            return found

    def is_owner(self, conversation_id: str, client_hash: str) -> bool:
        """Say whether a conversation belongs to the browser with this key."""
        query = select(_C.id).where(_C.id == conversation_id, _C.client_hash == client_hash)
        with self._db.read() as session:
            return session.execute(query).first() is not None

    def set_language(self, conversation_id: str, language: Language) -> None:
        """Remember the language of the page."""
        self._update(conversation_id, language=language)

    def set_mode(self, conversation_id: str, mode: Mode) -> None:
        """Say who answers from now on; what the assistant still owed is left to whoever takes over."""
        with self._db.write() as session:
            settled = {} if mode == "bot" else {"signed_in_owed": False}
            session.execute(update(_CONVERSATIONS).where(_C.id == conversation_id).values(mode=mode, **settled))
            if mode != "bot":
                session.execute(
                    update(_MESSAGES).where(_M.conversation_id == conversation_id, _IS_OPEN).values(status=None)
                )

    def owe_signed_in(self, conversation_id: str) -> None:
        """Note that Rasa has to be told of a sign-in, also if the bot is restarted before."""
        self._update(conversation_id, signed_in_owed=True)

    def _update(self, conversation_id: str, **values: Any) -> None:
        with self._db.write() as session:
            session.execute(update(_CONVERSATIONS).where(_C.id == conversation_id).values(**values))

    def _create(
        self, channel: Channel, language: Language, client_hash: str | None = None, caller_hash: str | None = None
    ) -> Conversation:
        now = self._clock()
        created = Conversation(uuid.uuid4().hex, channel, language, "bot", 0, False)
        with self._db.write() as session:
            session.execute(
                insert(_CONVERSATIONS).values(
                    id=created.id,
                    channel=channel,
                    language=language,
                    client_hash=client_hash,
                    caller_hash=caller_hash,
                    created_at=now,
                    active_at=now,
                )
            )
        return created

    def _one(self, query: Any) -> Conversation | None:
        with self._db.read() as session:
            row = session.execute(query).first()
        return None if row is None else Conversation(*row)

    # -- messages

    def add_citizen(
        self, conversation_id: str, text: str, tokenised: str | None, client_id: str | None
    ) -> tuple[Message, bool]:
        """Store what a citizen said and return it, and whether it is new: the same client id is taken once.

        Raises:
            Closed: the conversation is closed.
            KeyError: there is no such conversation.
        """
        try:
            return self._add_citizen(conversation_id, text, tokenised, client_id), True
        except IntegrityError:
            known = self._by_client_id(conversation_id, client_id)
            if known is None:
                raise
            return known, False

    def _add_citizen(self, conversation_id: str, text: str, tokenised: str | None, client_id: str | None) -> Message:
        now = self._clock()
        with self._db.write() as session:
            connection = session.connection()
            numbered = connection.execute(_NEXT, {"the_id": conversation_id, "count": 1, "now": now}).first()
            if numbered is None:
                raise KeyError(conversation_id)
            seq, mode = numbered
            if mode == "closed":
                raise Closed
            message = Message(
                conversation_id,
                seq,
                "citizen",
                text,
                now,
                client_id=client_id,
                status="pending" if mode == "bot" else None,
                tokenised=tokenised,
            )
            connection.execute(_INSERT, [_values(message)])
        return message

    def _by_client_id(self, conversation_id: str, client_id: str | None) -> Message | None:
        query = select(*_MESSAGE).where(_M.conversation_id == conversation_id, _M.client_id == client_id)
        with self._db.read() as session:
            row = session.execute(query).first()
        return None if row is None else _message(row)

    def add_replies(
        self, conversation_id: str, replies: Sequence[Reply], reply_to: int | None, status: Status = "answered"
    ) -> list[Message]:
        """Store the assistant's answer and what has become of the question, in one transaction.

        Nothing is stored, and an empty list returned, when the assistant may not speak any more: staff has taken over.
        An answer to no question (``reply_to`` none) is the one to a sign-in, which is then owed no longer.
        """
        now = self._clock()
        with self._db.write() as session:
            connection = session.connection()
            step = {"the_id": conversation_id, "count": len(replies), "now": now}
            numbered = connection.execute(_NEXT_OF_BOT, step).first()
            if numbered is None:
                return []
            first = numbered.last_seq - len(replies) + 1
            messages = [
                Message(
                    conversation_id, seq, "assistant", reply.text, now, reply.buttons, reply.custom, reply_to=reply_to
                )
                for seq, reply in enumerate(replies, first)
            ]
            connection.execute(_INSERT, [_values(message) for message in messages])
            if reply_to is None:
                connection.execute(_SETTLE_SIGN_IN, {"the_id": conversation_id})
            else:
                connection.execute(_SETTLE, {"the_id": conversation_id, "the_seq": reply_to, "the_status": status})
        return messages

    def settle_signed_in(self, conversation_id: str) -> None:
        """Note that Rasa was told of a sign-in and had nothing to say."""
        self._update(conversation_id, signed_in_owed=False)

    def since(self, conversation_id: str, seq: int) -> list[Message]:
        """Return the messages after ``seq``, oldest first."""
        query = select(*_MESSAGE).where(_M.conversation_id == conversation_id, _M.seq > seq).order_by(_M.seq)
        with self._db.read() as session:
            return [_message(row) for row in session.execute(query)]

    def open_messages(self, conversation_id: str) -> list[Message]:
        """Return what a citizen said that is not answered yet, oldest first."""
        query = select(*_MESSAGE).where(_M.conversation_id == conversation_id, _IS_OPEN).order_by(_M.seq)
        with self._db.read() as session:
            return [_message(row) for row in session.execute(query)]

    def unfinished(self) -> list[Conversation]:
        """Return the conversations in which an answer is owed; REST callers were told to ask again."""
        waiting = select(_M.conversation_id).where(_IS_OPEN)
        query = select(*_CONVERSATION).where(
            _C.id.in_(waiting) | _C.signed_in_owed.is_(True), _C.channel != "rest", _C.mode == "bot"
        )
        with self._db.read() as session:
            return [Conversation(*row) for row in session.execute(query)]

    def set_feedback(self, conversation_id: str, seq: int, value: str | None) -> Message | None:
        """Remember how the citizen liked an answer; return the answer, or ``None`` if there is none of that number."""
        with self._db.write() as session:
            row = session.execute(
                update(_MESSAGES)
                .where(_M.conversation_id == conversation_id, _M.seq == seq, _M.sender == "assistant")
                .values(feedback=value)
                .returning(*_MESSAGE)
            ).first()
        return None if row is None else _message(row)

    def now(self) -> datetime:
        """Return the instant that messages stored now would carry."""
        return self._clock()

    def ping(self) -> None:
        """Ask the database for a sign of life."""
        with self._db.read() as session:
            session.execute(text("SELECT 1"))


def _values(message: Message) -> dict[str, Any]:
    return {name: getattr(message, name) for name in Message.__slots__}


def _message(row: Any) -> Message:
    return Message(*row)
