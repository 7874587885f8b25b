"""Notices when Rasa and the action server are back, so that those who wait need not wait longer."""

import asyncio
from collections.abc import Awaitable, Callable

Probe = Callable[[], Awaitable[dict[str, bool]]]

LOOK_EVERY = 1.0  # seconds


class Recovery:
    """Watches while anybody waits; wakes them all when what was down is up again."""

    def __init__(self, probe: Probe) -> None:
        self._probe = probe
        self._waiting: set[asyncio.Event] = set()
        self._watch: asyncio.Task[None] | None = None

    async def healthy(self) -> bool:
        """Say whether everything that an answer needs is up."""
        return all((await self._probe()).values())

    async def wait(self, wake: asyncio.Event, longest: float) -> None:
        """Wait until ``wake`` is set, by a recovery or by somebody else, or until ``longest`` seconds are over."""
        self._waiting.add(wake)
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._run())
        try:
            async with asyncio.timeout(longest):
                await wake.wait()
        except TimeoutError:
            pass
        finally:
            self._waiting.discard(wake)

    async def _run(self) -> None:
        was_down = False
        while self._waiting:
            up = await self.healthy()
            if up and was_down:
                for wake in self._waiting:
                    wake.set()
            was_down = not up
            await asyncio.sleep(LOOK_EVERY)

    async def close(self) -> None:
        """Stop watching."""
        if self._watch is not None:
            self._watch.cancel()
            await asyncio.gather(self._watch, return_exceptions=True)
