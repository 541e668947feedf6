"""HTTP/1.1 connections with an idle timeout."""

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
        self._watch = self.loop.call_later(self.seconds, self._look)

    def connection_lost(self, exc: Exception | None) -> None:
        """Stop the idle timer."""
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
