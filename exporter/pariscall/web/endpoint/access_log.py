"""The access log: one JSON object per request, without the text of the query."""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import time
import traceback
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .cors import SHARED
from .problems import NEGOTIATED

LOGGER = logging.getLogger("pariscall.web.endpoint")

_LONGEST_PATH = 200
_RATE, _BURST = 200, 2000  # lines a second, and at once
_COMMON = [
    *SHARED,
    (b"x-content-type-options", b"nosniff"),
]


class AccessLog:
    """Wraps an application: adds the common response headers and logs each request.

    A query is logged as its length and the first 16 digits of its SHA-256. ``is_cut`` marks a
    response that was not sent whole, and ``status`` 499 a client that left before a response.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request and log it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        entry: dict[str, Any] = {
            "time": _now(),
            "method": scope["method"],
            "path": scope["path"][:_LONGEST_PATH],
            "status": 499,
            "ms": 0,
            "bytes": 0,
            "is_cut": True,
        }

        async def note(message: Message) -> None:
            if message["type"] == "http.response.start":
                entry["status"] = message["status"]
                message["headers"] = _with_common(message.get("headers", ()))
            else:
                entry["bytes"] += len(message.get("body", b""))
                entry["is_cut"] = message.get("more_body", False)
            await send(message)

        start = time.perf_counter()
        try:
            await self._app(scope, receive, note)
        except Exception:  # noqa: BLE001 our own faults are logged too
            entry["fault"] = traceback.format_exc()
        finally:
            entry["ms"] = round((time.perf_counter() - start) * 1000, 1)
            query = scope.get("state", {}).get("query")
            if query is not None:
                entry["query"] = hashlib.sha256(query.encode()).hexdigest()[:16]
                entry["length"] = len(query)
            log(entry)


def log(entry: dict[str, Any]) -> None:
    """Write a line of the log, unless there were too many; the next line then has their number."""
    _LIMIT.write(entry)


def log_fault(_loop: asyncio.AbstractEventLoop, context: dict[str, Any]) -> None:
    """Log in one line what went wrong outside of requests, such as a lack of descriptors."""
    fault = context.get("exception")
    log({"time": _now(), "problem": context["message"], "fault": repr(fault) if fault else ""})


class LogLimit:
    """A bound on lines: those that it saved while there were few may come at once."""

    def __init__(self) -> None:
        self._allowed: float = _BURST
        self._last = time.monotonic()
        self._left_out = 0

    def write(self, entry: dict[str, Any]) -> None:
        """Write a line, or count it as left out."""
        now = time.monotonic()
        self._allowed = min(_BURST, self._allowed + (now - self._last) * _RATE)
        self._last = now
        if self._allowed < 1:
            self._left_out += 1
            return
        self._allowed -= 1
        if self._left_out:
            entry["left_out"], self._left_out = self._left_out, 0
        LOGGER.info(json.dumps(entry))


_LIMIT = LogLimit()


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")


def _with_common(headers: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Add the headers of all responses; what does not say otherwise was negotiated."""
    known = [*headers, *_COMMON]
    is_said = any(name == b"vary" for name, _ in known)
    return known if is_said else [*known, (b"vary", NEGOTIATED.encode())]
