"""What pages of other origins may do here: ask all that anybody may (Fetch standard, 3.3, CORS)."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.responses import Response

# On every answer, whether a page asked or not, so that caches may keep one for all.
SHARED = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Retry-After"),
]


def preflight(methods: Iterable[str], headers: str) -> Response:
    """Answer OPTIONS: the methods there are, and the headers that a page may send with them."""
    allowed = ", ".join(methods)
    return Response(
        status_code=204,
        headers={
            "Allow": allowed,
            "Access-Control-Allow-Methods": allowed,
            "Access-Control-Allow-Headers": headers,
            "Access-Control-Max-Age": "86400",
        },
    )
