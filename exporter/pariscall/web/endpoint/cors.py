"""Cross-origin resource sharing: pages of any origin may read (Fetch standard, 3.3)."""

from __future__ import annotations

from collections.abc import Iterable

from starlette.responses import Response

# Sent with every response, so that caches can share one copy among all origins.
SHARED = [
    (b"access-control-allow-origin", b"*"),
    (b"access-control-expose-headers", b"ETag, Retry-After"),
]


def preflight(methods: Iterable[str], headers: str) -> Response:
    """Return the response to OPTIONS: the allowed methods and request headers."""
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
