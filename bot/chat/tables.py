"""Tables of the conversations."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from backoffice.db import Model


class ConversationRow(Model):
    """One chat of one citizen. ``last_seq`` is the number of its newest message."""

    __tablename__ = "conversations"
    __table_args__ = (
        UniqueConstraint("caller_hash"),
        Index("ix_conversations_client", "client_hash", "created_at"),
    )

    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    channel: Mapped[str] = mapped_column(String(10))  # web, widget or rest
    client_hash: Mapped[str | None] = mapped_column(String(64))  # of the browser's cookie
    caller_hash: Mapped[str | None] = mapped_column(String(64))  # of the REST caller's key and sender
    language: Mapped[str] = mapped_column(String(2))
    mode: Mapped[str] = mapped_column(String(10), default="bot")  # bot, waiting, staff or closed
    last_seq: Mapped[int] = mapped_column(default=0)
    # The citizen has just signed in and Rasa has not been told yet.
    signed_in_owed: Mapped[bool] = mapped_column(default=False)
    created_at: Mapped[datetime]
    active_at: Mapped[datetime]


class MessageRow(Model):
    """One message in either direction, as it is shown: personal numbers are masked."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("conversation_id", "client_id"),
        Index(
            "ix_messages_open",
            "conversation_id",
            "seq",
            sqlite_where=text("status IN ('pending', 'apologised')"),
            postgresql_where=text("status IN ('pending', 'apologised')"),
        ),
    )

    conversation_id: Mapped[str] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    sender: Mapped[str] = mapped_column(String(10))  # citizen, assistant, staff or system
    text: Mapped[str] = mapped_column(Text)
    # What Rasa gets instead where the text held personal numbers: the same with opaque tokens.
    tokenised: Mapped[str | None] = mapped_column(Text)
    buttons: Mapped[list[dict[str, Any]] | None] = mapped_column(JSON(none_as_null=True))
    custom: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    client_id: Mapped[str | None] = mapped_column(String(64))
    at: Mapped[datetime]
    feedback: Mapped[str | None] = mapped_column(String(4))  # up or down
    # Of citizens' messages: pending, apologised (still to be answered), answered, failed; none while staff answers.
    status: Mapped[str | None] = mapped_column(String(10))
    reply_to: Mapped[int | None]
