"""What a request must be before anything else looks at it."""

from __future__ import annotations

import re
from urllib.parse import unquote

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.types import ASGIApp, Receive, Scope, Send

from .limits import EndpointLimits
from .problems import ProblemError, respond

_LISTS = (
    "accept",
    "accept-charset",
    "accept-encoding",
    "accept-language",
    "if-none-match",
    "range",
)
_ABSOLUTE = re.compile(rb"(?i)https?://[^/?#]*")
_CLOSE = {"Connection": "close"}


class RequestLimits:
    """Wraps an application: refuses requests that are too large or unclear, and finds their path.

    ``prefix`` is the path of the server's public URL, which a proxy may leave in a request.
    """

    def __init__(self, app: ASGIApp, limits: EndpointLimits, prefix: str = "") -> None:
        self._app = app
        self._limits = limits
        self._prefix = prefix

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        try:
            self._check(Headers(scope=scope), scope)
        except ProblemError as problem:
            response = await respond(Request(scope), problem)
            await response(scope, receive, send)
            return
        path = _origin_form(scope["raw_path"], scope["method"])
        decoded = unquote(path.decode("ascii"))
        if self._prefix and f"{decoded}/".startswith(f"{self._prefix}/"):
            decoded = decoded.removeprefix(self._prefix) or "/"
        await self._app({**scope, "raw_path": path, "path": decoded}, receive, send)

    def _check(self, headers: Headers, scope: Scope) -> None:
        size = sum(len(name) + len(value) + 4 for name, value in scope["headers"])
        if size > self._limits.headers:
            text = "the headers of a request have {limit} bytes at most."
            raise ProblemError(431, text, _CLOSE, limit=f"{self._limits.headers:,}")
        for name in _LISTS:
            number = sum(value.count(",") + 1 for value in headers.getlist(name))
            if number > self._limits.ranges:
                text = "a header lists {limit} values at most."
                raise ProblemError(431, text, _CLOSE, limit=self._limits.ranges)
        if "transfer-encoding" in headers and (
            "content-length" in headers or scope["http_version"] == "1.0"
        ):
            # Two readers could see two requests in it (RFC 9112 §6.1).
            text = "a body has a length or comes in chunks, not both."
            raise ProblemError(400, text, _CLOSE)


def _origin_form(path: bytes, method: str) -> bytes:
    """Return the path of a request target, which may have a scheme and a host (RFC 9112 §3.2)."""
    if method == "OPTIONS" and path == b"*":
        return b"/"
    return _ABSOLUTE.sub(b"", path, count=1) or b"/" if _ABSOLUTE.match(path) else path
