"""One open WebSocket: frames go out through a bounded queue, so that a slow tab holds up nobody."""

import asyncio
import contextlib

from aiohttp import WSMsgType, web

_LONGEST_QUEUE = 256  # frames


class SocketConnection:
    """Sends frames in their order; breaks the connection when the other side does not keep up. It resumes later."""

    def __init__(self, request: web.Request, socket: web.WebSocketResponse) -> None:
        self._request = request
        self._socket = socket
        self._frames: asyncio.Queue[bytes] = asyncio.Queue()
        self._most = _LONGEST_QUEUE
        self._writer = asyncio.create_task(self._write())

    def offer(self, frame: bytes) -> None:
        """Take a frame to send; never waits."""
        if self._frames.qsize() >= self._most:
            self.abort()
            return
        self._frames.put_nowait(frame)

    def make_room(self, frames: int) -> None:
        """Let so many frames more wait: the ones that this connection has missed."""
        self._most = _LONGEST_QUEUE + frames

    def abort(self) -> None:
        """Break the connection without waiting for the other side."""
        self._writer.cancel()
        if self._request.transport is not None:
            self._request.transport.abort()

    async def _write(self) -> None:
        with contextlib.suppress(ConnectionError, RuntimeError):
            while True:
                frame = await self._frames.get()
                await self._socket.send_frame(frame, WSMsgType.TEXT)

    async def close(self) -> None:
        """Stop sending."""
        self._writer.cancel()
        await asyncio.gather(self._writer, return_exceptions=True)
