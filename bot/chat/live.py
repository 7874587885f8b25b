"""A conversation as it lives in this process: its connections, and what waits for an answer."""

import asyncio
import time
from collections import deque
from dataclasses import dataclass, field
from typing import Protocol

from bot.chat import frames
from bot.chat.store import Channel, Conversation, Message, Mode, Reply
from wenzheng.texts import Language


class Connection(Protocol):
    """One open tab."""

    def offer(self, frame: bytes) -> None:
        """Take a frame to send; never waits. A connection that is too slow is dropped, it resumes later."""

    def make_room(self, frames: int) -> None:
        """Let so many frames more wait to be sent."""

    def abort(self) -> None:
        """Break the connection."""


@dataclass(slots=True, eq=False)
class Question:
    """Something that Rasa is to be asked; ``message`` is ``None`` for the news of a sign-in.

    ``late``: the answer has to say which question it belongs to.
    ``replies`` are kept when the answer came but could not be stored yet.
    """

    message: Message | None
    asked: float = field(default_factory=time.monotonic)
    apologised: bool = False
    late: bool = False
    strikes: int = 0
    replies: list[Reply] | None = None
    waiter: asyncio.Future[list[Reply]] | None = None

    @property
    def age(self) -> float:
        """Seconds since it was asked (or taken up again after a restart)."""
        return time.monotonic() - self.asked

    def resolve(self, replies: list[Reply]) -> None:
        """Give the answer to who waits for it, if anybody does."""
        if self.waiter is not None and not self.waiter.done():
            self.waiter.set_result(replies)


class Live:
    """One conversation in this process; ``lock`` keeps what is stored and what is sent in one order."""

    def __init__(self, conversation: Conversation) -> None:
        self.id: str = conversation.id
        self.channel: Channel = conversation.channel
        self.language: Language = conversation.language
        self.mode: Mode = conversation.mode
        self.lock = asyncio.Lock()
        self.wake = asyncio.Event()
        self.questions: deque[Question] = deque()
        self.worker: asyncio.Task[None] | None = None
        self.origin = ""  # address at which the citizen reached us, where no public one is set
        self.typing = False
        self.pausing = False  # between two attempts
        self.failures = 0  # attempts in a row that failed
        self.name: str | None = None  # masked name of who is signed in, as the connections were told
        self._connections: set[Connection] = set()

    def join(self, connection: Connection) -> None:
        """Send this connection everything from now on."""
        self._connections.add(connection)

    def leave(self, connection: Connection) -> None:
        """Send this connection nothing any more."""
        self._connections.discard(connection)

    def send(self, *sent: bytes) -> None:
        """Send frames to every connection."""
        for connection in tuple(self._connections):
            for frame in sent:
                connection.offer(frame)

    def drop(self) -> None:
        """Break every connection."""
        for connection in tuple(self._connections):
            connection.abort()

    def set_typing(self, on: bool) -> None:
        """Show or hide that an answer is being written."""
        if on != self.typing:
            self.typing = on
            self.send(frames.TYPING_ON if on else frames.TYPING_OFF)
