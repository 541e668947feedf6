"""HTTP/1.1 connections that do not wait for ever for the client at the other end."""

from __future__ import annotations

import asyncio
from typing import ClassVar

from uvicorn.protocols.http.h11_impl import H11Protocol


class IdleTimeoutProtocol(H11Protocol):
    """Breaks a connection off on which, for some seconds, nothing was asked or nothing taken.

    uvicorn waits without end for the rest of a request line, and for a client to take an
    answer. What the application itself is at work on has its own limits.
    """

    seconds: ClassVar[float] = 30

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Begin to watch."""
        super().connection_made(transport)
        self._idle: object = None
        self._watch = self.loop.call_later(self.seconds, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Watch no longer."""
        self._watch.cancel()
        super().connection_lost(exc)

    def _look(self) -> None:
        is_working = self.cycle is not None and not self.cycle.response_complete
        state = (self.cycle, self.transport.is_closing())
        if state == self._idle or self.cycle is None:
            self.transport.abort()
            return
        self._idle = None if is_working and not self.transport.is_closing() else state
        self._watch = self.loop.call_later(self.seconds, self._look)
