"""Answers what waits in a conversation, one question at a time and in order, and copes when Rasa does not answer."""

import random
from collections.abc import Callable
from typing import Any

import structlog

from bot.chat import frames
from bot.chat.cleaning import as_words
from bot.chat.live import Live, Question
from bot.chat.rasa import DEFAULT_TIMEOUT, RasaClient, RasaFailed
from bot.chat.recovery import Recovery
from bot.chat.store import ConversationStore, Message, Reply, Status
from bot.chat.threads import Threads
from bot.metrics import Metrics
from bot.words import language_of, texts
from wenzheng.texts import Language

log = structlog.get_logger()

Who = Callable[[str], str | None]
"""Returns the masked name of who is signed in in a conversation."""

SIGNED_IN = "/signed_in"
APOLOGY_WITHIN = 9.0  # seconds after the message; the promise is ten
PATIENCE = (
    4.0  # seconds in which a failed attempt is repeated without a word: a restart of the action server is shorter
)
MOST_STRIKES = 3  # failures on one message while everything is well: then it is the message
LONGEST_PAUSE = 10.0
_QUOTE = 30  # characters


class Worker:
    """Works off the questions of any conversation; one task per conversation runs ``run``."""

    def __init__(
        self,
        store: ConversationStore,
        threads: Threads,
        rasa: RasaClient,
        recovery: Recovery,
        metrics: Metrics,
        who: Who,
        base_url: str,
        patience: float = PATIENCE,
        timeout: float = DEFAULT_TIMEOUT,
    ) -> None:
        self._store = store
        self._threads = threads
        self._rasa = rasa
        self._recovery = recovery
        self._metrics = metrics
        self._who = who
        self._base_url = base_url
        self._patience = patience
        self._timeout = timeout
        self.stopping = False  # begin nothing new; what is left is taken up at the next start

    async def run(self, live: Live) -> None:
        """Answer until nothing waits any more."""
        try:
            while live.questions and not self.stopping:
                question = live.questions[0]
                live.wake.clear()
                settled = await self._settle(live, question)
                if settled or question.apologised:
                    live.set_typing(False)
                if settled:
                    live.failures = 0
                    live.questions.popleft()
                    self._metrics.pending.dec()
                elif not self.stopping:
                    live.failures += 1
                    live.pausing = True
                    await self._recovery.wait(live.wake, self._pause(live, question))
                    live.pausing = False
        finally:
            live.pausing = False
            live.set_typing(False)

    def _pause(self, live: Live, question: Question) -> float:
        """Return the seconds until the next attempt, were nobody to wake us: longer each time, never all at once.

        Who has not been told yet that there is trouble is not kept waiting beyond the patience.
        """
        pause: float = min(2.0 ** (live.failures - 1), LONGEST_PAUSE) * random.uniform(0.8, 1.2)
        left = self._patience - question.age
        return min(pause, left) if left > 0 and not question.apologised else pause

    async def _settle(self, live: Live, question: Question) -> bool:
        """Make one attempt; say whether the question is done with."""
        try:
            return await self._attempt(live, question)
        except Exception as problem:  # the database, say: this worker must outlive whatever broke
            log.error("a turn broke", conversation=live.id, problem=type(problem).__name__)
            live.set_typing(False)
            return False

    async def _attempt(self, live: Live, question: Question) -> bool:
        if live.mode != "bot":
            question.resolve([])
            return True
        try:
            if question.replies is None:
                live.set_typing(not question.apologised)
                question.replies = await self._ask(live, question)
        except RasaFailed as failure:
            self._metrics.rasa_errors.labels(failure.kind).inc()
            log.warning("rasa did not answer", conversation=live.id, kind=failure.kind)
            return await self._failed(live, question, failure)
        return await self._answer(live, question, question.replies)

    async def _ask(self, live: Live, question: Question) -> list[Reply]:
        metadata: dict[str, Any] = {"language": live.language, "channel": live.channel}
        message = question.message
        if message is None:
            return await self._rasa.ask(live.id, SIGNED_IN, metadata, self._timeout)
        metadata["message"] = message.seq  # the same number when it is asked again
        left = self._timeout if question.apologised else max(3.0, APOLOGY_WITHIN - question.age)
        timeout = min(self._timeout, left)
        return await self._rasa.ask(live.id, as_words(message.for_rasa), metadata, timeout, patient=question.apologised)

    async def _answer(self, live: Live, question: Question, replies: list[Reply]) -> bool:
        message = question.message
        if live.origin:
            replies = [_at(live.origin, self._base_url, reply) for reply in replies]
        if message is not None and question.late:
            replies = _late(message, replies, live.language)
        said = await self._say(live, question, replies, "answered")
        self._metrics.turns.labels("late" if question.late else "answered").inc()
        self._metrics.turn_seconds.observe(question.age)
        log.info("answered", conversation=live.id, seconds=round(question.age, 4), late=question.late)
        question.resolve(replies if said else [])
        if live.name is not None:
            await self._look_who(live)
        return True

    async def _say(self, live: Live, question: Question, replies: list[Reply], status: Status) -> bool:
        """Store what the assistant says, then send it; false, and nothing of it, when staff has taken over."""
        seq = None if question.message is None else question.message.seq
        async with live.lock:
            stored = await self._threads.run(self._store.add_replies, live.id, replies, seq, status)
            live.send(*(frames.message(one) for one in stored))
        return bool(stored)

    async def _look_who(self, live: Live) -> None:
        """Tell the connections when the answer has signed the citizen out."""
        try:
            name = await self._threads.run(self._who, live.id)
        except Exception as problem:  # the answer is given; asking again would give it twice
            log.error("who is signed in is not known", conversation=live.id, problem=type(problem).__name__)
            return
        if name != live.name:
            live.name = name
            live.send(frames.signed_in(name))

    async def _failed(self, live: Live, question: Question, failure: RasaFailed) -> bool:
        if question.message is None and failure.kind == "empty" and await self._recovery.healthy():
            await self._threads.run(self._store.settle_signed_in, live.id)  # Rasa had nothing to say to the news
            return True
        if question.age < self._patience:
            return False
        if live.channel == "rest":
            await self._refuse(live, question, "chat.apology_rest", "apologised")
            return True
        for waiting in tuple(live.questions):
            await self._apologise(live, waiting)
        if failure.kind == "connection" or not await self._recovery.healthy():
            return False
        question.strikes += 1
        if question.strikes < MOST_STRIKES:
            return False
        await self._refuse(live, question, "chat.gave_up", "failed")
        return True

    async def _apologise(self, live: Live, question: Question) -> None:
        """Say sorry, once for each message, that the answer comes later."""
        if question.apologised or question.message is None:
            return
        again = any(other.apologised for other in live.questions)
        key = "chat.apology_again" if again else "chat.apology"
        await self._say(live, question, [Reply(self._sentence(live, question, key))], "apologised")
        question.apologised = question.late = True
        self._metrics.turns.labels("apologised").inc()

    async def _refuse(self, live: Live, question: Question, key: str, status: Status) -> None:
        """Say that no answer will come to this message."""
        self._metrics.turns.labels("failed").inc()
        log.error("a message stays without an answer", conversation=live.id)
        if question.message is None:
            await self._threads.run(self._store.settle_signed_in, live.id)
            return
        reply = Reply(self._sentence(live, question, key))
        await self._say(live, question, [reply], status)
        question.resolve([reply])

    @staticmethod
    def _sentence(live: Live, question: Question, key: str) -> str:
        assert question.message is not None
        text = question.message.text
        return texts()(key, language_of(text, live.language), quote=quote(text))


def quote(text: str) -> str:
    """Return the beginning of a message in one line."""
    line = " ".join(text.split())
    return line if len(line) <= _QUOTE else line[: _QUOTE - 1] + "…"


def _late(message: Message, replies: list[Reply], language: Language) -> list[Reply]:
    """Say before a delayed answer which question it belongs to, both in the text and in what the page shows."""
    prefix = texts()("chat.late", language_of(message.text, language), quote=quote(message.text))
    first, *rest = replies
    custom = first.custom
    if custom and isinstance(custom.get("lead"), str):
        custom = {**custom, "lead": f"{prefix}\n{custom['lead']}"}
    return [Reply(f"{prefix}\n{first.text}", first.buttons, custom), *rest]


def _at(origin: str, base_url: str, reply: Reply) -> Reply:
    """Let sign-in links lead to the address at which the citizen reached us: cookies are bound to it."""
    url = (reply.custom or {}).get("url")
    if not isinstance(url, str) or not url.startswith(f"{base_url}/"):
        return reply
    there = origin + url.removeprefix(base_url)
    return Reply(reply.text.replace(url, there), reply.buttons, {**(reply.custom or {}), "url": there})
