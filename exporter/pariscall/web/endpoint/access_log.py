"""The access log: one JSON object per request, without the text of the query."""

from __future__ import annotations

import hashlib
import json
import logging
import time
import traceback
from datetime import UTC, datetime
from typing import Any

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from .cors import SHARED

LOGGER = logging.getLogger("pariscall.web.endpoint")

_LONGEST_PATH = 200
_COMMON = [
    *SHARED,
    (b"vary", b"Accept"),
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
            "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
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
                message["headers"] = [*message.get("headers", ()), *_COMMON]
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
            LOGGER.info(json.dumps(entry))
