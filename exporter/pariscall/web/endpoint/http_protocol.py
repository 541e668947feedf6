"""HTTP/1.1 for strangers: a bound on connections and on the head of a request."""

from __future__ import annotations

import asyncio
import sys
from http import HTTPStatus
from typing import Any

import h11
from uvicorn.config import Config
from uvicorn.server import ServerState

from .connections import Connections
from .limits import EndpointLimits
from .timeouts import IdleTimeoutProtocol

_BLOCK = 64 * 1024  # bytes that are read at once
_IGNORED = 1024 * 1024  # bytes that are read after an error
_LINGER = 2  # seconds
_LINE_ENDS = (b"\r\n\r\n", b"\n\n")


class HttpProtocol(IdleTimeoutProtocol):
    """A connection that gives way when there are too many, and takes no endless headers.

    uvicorn accepts every connection, reads headers of the size of its longest request line, and
    answers each fault with 400.
    """

    def __init__(
        self,
        connections: Connections,
        limits: EndpointLimits,
        config: Config,
        server_state: ServerState,
        app_state: dict[str, Any],
        _loop: asyncio.AbstractEventLoop | None = None,
    ) -> None:
        super().__init__(config, server_state, app_state, _loop)
        self._admitted = connections
        self._limits = limits
        self._head = bytearray()
        self._is_admitted = False
        self._ignored: int | None = None

    @property
    def is_idle(self) -> bool:
        """Whether the connection waits for a request."""
        return self.cycle is None or self.cycle.response_complete

    def drop(self) -> None:
        """Close the connection at once."""
        self.transport.abort()

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Admit the connection, or refuse it before anything is read."""
        address = str((transport.get_extra_info("peername") or ("",))[0])
        self._is_admitted = self._admitted.admit(self, address)
        if not self._is_admitted:
            transport.write(_refusal(self._limits.retry))
            transport.close()
            return
        transport.max_size = _BLOCK  # type: ignore[attr-defined] # asyncio's own takes four times as much
        super().connection_made(transport)

    def connection_lost(self, exc: Exception | None) -> None:
        """Make room for another connection."""
        if self._is_admitted:
            self._admitted.remove(self)
            super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read what was received, unless it makes the headers of a request too large."""
        if self._ignored is not None:
            self._ignored += len(data)
            if self._ignored > _IGNORED:
                self.transport.abort()
        elif self.conn.their_state is h11.IDLE and self._is_oversized(data):
            self._send_error(HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE)
        else:
            super().data_received(data)

    def eof_received(self) -> None:
        """Close the connection if all that is left was to be ignored."""
        if self._ignored is not None:
            self.transport.close()

    def on_response_complete(self) -> None:
        """Expect another request."""
        self._head.clear()
        self._admitted.renew(self)
        super().on_response_complete()

    def send_400_response(self, msg: str) -> None:  # noqa: ARG002 uvicorn's words
        """Answer a request that is not HTTP, with the status that tells the fault."""
        fault = sys.exception()
        hint = fault.error_status_hint if isinstance(fault, h11.RemoteProtocolError) else 400
        self._send_error(HTTPStatus(hint))

    def _is_oversized(self, data: bytes) -> bool:
        """Return whether the headers that began to come are beyond the limit.

        h11 would read them all first, and parse those of 240 kB for a fifth of a second.
        """
        self._head += data
        start = self._head.find(b"\n")
        if start < 0:
            return False  # the request line is limited by h11
        ends = [at for mark in _LINE_ENDS if (at := self._head.find(mark, start - 1)) >= 0]
        size = min(ends, default=len(self._head)) - start
        if ends:
            self._head.clear()
        return size > self._limits.headers

    def _send_error(self, status: HTTPStatus) -> None:
        """Send the status and ignore what else comes, as a client that is cut off reads nothing."""
        if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE):
            text = f"{status.phrase.lower()}.\n".encode()
            headers = [
                ("Content-Type", "text/plain; charset=utf-8"),
                ("Content-Length", str(len(text))),
                ("Connection", "close"),
            ]
            response = h11.Response(status_code=status, headers=headers, reason=status.phrase)
            for event in (response, h11.Data(data=text), h11.EndOfMessage()):
                self.transport.write(self.conn.send(event) or b"")
        self._ignored = 0
        self.transport.write_eof()
        self.loop.call_later(_LINGER, self.transport.abort)


def _refusal(retry: int) -> bytes:
    head = f"HTTP/1.1 503 Service Unavailable\r\nRetry-After: {retry}\r\n"
    return f"{head}Content-Length: 0\r\nConnection: close\r\n\r\n".encode()
