"""All conversations of this process: takes in what is said, has it answered, and sends it to every tab."""

import asyncio
from datetime import timedelta
from weakref import WeakValueDictionary

from backoffice.identity.vault import Vault
from bot.chat import frames, privacy
from bot.chat.live import Connection, Live, Question
from bot.chat.store import Conversation, ConversationStore, Message, Mode, Reply
from bot.chat.threads import Threads
from bot.chat.worker import Who, Worker
from bot.metrics import Metrics
from wenzheng.texts import Language

LATE = timedelta(seconds=30)  # an answer that comes later says which question it belongs to
FINISH_WITHIN = 3.0  # seconds that answers under way get when the process is stopped


class Hub:
    """Conversations with open connections or open questions."""

    def __init__(
        self, store: ConversationStore, threads: Threads, vault: Vault, worker: Worker, metrics: Metrics, who: Who
    ) -> None:
        self.store = store
        self._threads = threads
        self._vault = vault
        self._worker = worker
        self._metrics = metrics
        self._who = who
        self._live: WeakValueDictionary[str, Live] = WeakValueDictionary()
        self._tasks: dict[asyncio.Task[None], Live] = {}

    def live(self, conversation: Conversation) -> Live:
        """Return the one ``Live`` of a conversation; it goes when nobody holds it any more."""
        live = self._live.get(conversation.id)
        if live is None:
            live = self._live[conversation.id] = Live(conversation)
        return live

    # -- connections

    async def join(self, live: Live, connection: Connection, last_seq: int, language: Language | None) -> None:
        """Welcome a connection, send it what it has not seen, and everything from now on."""
        async with live.lock:
            conversation, missed, name = await self._threads.run(self._look, live.id, last_seq, language)
            live.language, live.mode, live.name = conversation.language, conversation.mode, name
            first = [frames.welcome(conversation, name), *(frames.message(message) for message in missed)]
            connection.make_room(len(first))
            for frame in [*first, frames.TYPING_ON] if live.typing else first:
                connection.offer(frame)
            live.join(connection)

    def _look(
        self, conversation_id: str, last_seq: int, language: Language | None
    ) -> tuple[Conversation, list[Message], str | None]:
        if language is not None:
            self.store.set_language(conversation_id, language)
        missed = self.store.since(conversation_id, last_seq)
        conversation = self.store.get(conversation_id)
        if conversation is None:
            raise KeyError(conversation_id)
        return conversation, missed, self._who(conversation_id)

    # -- what is said

    async def say(
        self, live: Live, text: str, client_id: str | None, waiter: asyncio.Future[list[Reply]] | None = None
    ) -> Message:
        """Store what a citizen said, show it in every tab, and have it answered; said again, it is taken once.

        Raises:
            Closed: the conversation is closed.
        """
        async with live.lock:
            message, new = await self._threads.run(self._keep, live.id, text, client_id)
            if new:
                live.send(frames.message(message))
                if message.status == "pending":
                    self._put(live, Question(message, waiter=waiter))
                elif waiter is not None:
                    waiter.set_result([])
        return message

    def _keep(self, conversation_id: str, text: str, client_id: str | None) -> tuple[Message, bool]:
        masked, tokenised = privacy.protect(text, lambda kind, value: self._vault.keep(conversation_id, kind, value))
        return self.store.add_citizen(conversation_id, masked, tokenised, client_id)

    def _put(self, live: Live, question: Question) -> None:
        live.questions.append(question)
        self._metrics.pending.inc()
        live.wake.set()
        if live.worker is None or live.worker.done():
            live.worker = asyncio.create_task(self._worker.run(live), name=f"worker {live.id}")
            self._tasks[live.worker] = live
            live.worker.add_done_callback(self._tasks.pop)

    async def feedback(self, live: Live, seq: int, value: str | None) -> None:
        """Keep how the citizen liked an answer, and show it in every tab."""
        async with live.lock:
            message = await self._threads.run(self.store.set_feedback, live.id, seq, value)
            if message is not None:
                live.send(frames.message(message))

    # -- what happens beside the chat

    async def signed_in(self, conversation_id: str) -> None:
        """Tell a conversation that its citizen has signed in, and have the question answered that waited for it."""
        conversation = await self._threads.run(self.store.get, conversation_id)
        if conversation is None:
            return
        live = self.live(conversation)
        live.name = await self._threads.run(self._who, conversation_id)
        live.send(frames.signed_in(live.name))
        if conversation.channel == "rest" or conversation.mode != "bot":
            return
        await self._threads.run(self.store.owe_signed_in, conversation_id)
        self._put(live, Question(None))

    def signed_out(self, conversation_ids: list[str]) -> None:
        """Tell conversations that nobody is signed in there any more."""
        for conversation_id in conversation_ids:
            live = self._live.get(conversation_id)
            if live is not None:
                live.name = None
                live.send(frames.signed_in(None))

    def drop(self, conversation_id: str) -> None:
        """Break the conversation's connections; each tab comes back with the conversation that is then its own."""
        live = self._live.get(conversation_id)
        if live is not None:
            live.drop()

    async def set_mode(self, conversation_id: str, mode: Mode) -> None:
        """Say who answers in a conversation from now on."""
        await self._threads.run(self.store.set_mode, conversation_id, mode)
        live = self._live.get(conversation_id)
        if live is not None:
            live.mode = mode

    # -- start and stop

    async def start(self) -> None:
        """Take up again what was not answered when the process ended."""
        for conversation in await self._threads.run(self.store.unfinished):
            live = self.live(conversation)
            if conversation.signed_in_owed:
                self._put(live, Question(None))
            for message in await self._threads.run(self.store.open_messages, conversation.id):
                apologised = message.status == "apologised"
                late = apologised or self.store.now() - message.at > LATE
                self._put(live, Question(message, apologised=apologised, late=late))

    async def stop(self) -> None:
        """Let answers under way come to their end, for a moment; what is left is taken up at the next start."""
        self._worker.stopping = True
        busy = [task for task, live in self._tasks.items() if not live.pausing]
        if busy:
            await asyncio.wait(busy, timeout=FINISH_WITHIN)
        left = [*self._tasks]
        for task in left:
            task.cancel()
        await asyncio.gather(*left, return_exceptions=True)
