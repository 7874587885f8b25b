"""The frames of the chat's WebSocket, as docs/architecture.md lists them."""

from typing import Any

import orjson

from bot.chat.store import Conversation, Message


def encode(type_: str, **fields: Any) -> bytes:
    """Return a frame; fields that are ``None`` are left out."""
    return orjson.dumps({"type": type_, **{name: value for name, value in fields.items() if value is not None}})


def message(one: Message) -> bytes:
    """Return the frame of a stored message."""
    return encode(
        "message",
        **{"from": one.sender},
        seq=one.seq,
        text=one.text,
        buttons=one.buttons,
        custom=one.custom,
        client_id=one.client_id,
        at=one.at.isoformat(timespec="seconds"),
        feedback=one.feedback,
    )


def welcome(conversation: Conversation, name: str | None) -> bytes:
    """Return the first frame of a connection; ``name`` is masked."""
    return encode(
        "welcome",
        conversation=conversation.id,
        seq=conversation.last_seq,
        mode=conversation.mode,
        signed_in=name is not None,
        name=name,
    )


def signed_in(name: str | None) -> bytes:
    """Return the news that somebody (masked name), or nobody any more, is signed in."""
    return encode("signed_in", on=name is not None, name=name)


def error(code: str, text: str, client_id: str | None = None) -> bytes:
    """Return a refusal."""
    return encode("error", code=code, text=text, client_id=client_id)


def ack(one: Message) -> bytes:
    """Return the receipt of what a citizen said."""
    return encode("ack", client_id=one.client_id, seq=one.seq)


TYPING_ON, TYPING_OFF, PONG = encode("typing", on=True), encode("typing", on=False), encode("pong")
