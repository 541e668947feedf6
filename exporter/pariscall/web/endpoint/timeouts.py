"""HTTP/1.1 connections that end when the client does nothing."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol


class IdleTimeoutProtocol(H11Protocol):
    """Closes a connection on which nothing was received or read for ``seconds``.

    uvicorn waits forever for the rest of a request line and for a client that does not read its
    response. The application's own work has separate limits.
    """

    seconds: ClassVar[float] = 30

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Start the idle timer."""
        super().connection_made(transport)
        self._idle: object = None
        self._unread: asyncio.TimerHandle | None = None
        self._watch = self.loop.call_later(self.seconds, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the timers."""
        self._watch.cancel()
        self._stop_unread()
        super().connection_lost(exc)

    def pause_writing(self) -> None:
        """Start a timer for the client to read what it was sent."""
        super().pause_writing()
        self._stop_unread()
        self._unread = self.loop.call_later(self.seconds, self.transport.abort)

    def resume_writing(self) -> None:
        """Stop the timer: the client has read."""
        self._stop_unread()
        super().resume_writing()

    def _stop_unread(self) -> None:
        if self._unread:
            self._unread.cancel()

    def _look(self) -> None:
        is_working = self.cycle is not None and not self.cycle.response_complete
        state = (self.cycle, self.transport.is_closing())
        if state == self._idle or self.cycle is None:
            self.transport.abort()
            return
        self._idle = None if is_working and not self.transport.is_closing() else state
        self._watch = self.loop.call_later(self.seconds, self._look)
