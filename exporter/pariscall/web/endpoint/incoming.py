"""What comes in from a client: a body of a bounded size, and whether the client is still there."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine

from starlette.requests import Request
from starlette.types import Receive

from .problems import ProblemError

_LOST = 16  # times the limit that is read of a body to be refused, so that this is heard


async def read_body(request: Request, limit: int, refusal: ProblemError) -> bytes:
    """Return the body of a request.

    Raises:
        ProblemError: the ``refusal``, if it has more than ``limit`` bytes; another if it is compressed.
        ClientDisconnect: if the client goes before it is whole.
    """
    if request.headers.get("content-encoding", "identity") != "identity":
        raise ProblemError(415, "send the query as it is, not compressed.")
    body, size = bytearray(), 0
    async for part in request.stream():
        size += len(part)
        if size <= limit:
            body += part
        elif size > _LOST * limit:
            break
    if size > limit:
        raise refusal
    return bytes(body)


async def while_connected(receive: Receive, work: Coroutine[None, None, None]) -> None:
    """Do some work, and stop when the client goes; its body must have been read."""
    working = asyncio.create_task(work)
    leaving = asyncio.create_task(_until_disconnected(receive))
    try:
        await asyncio.wait({working, leaving}, return_when=asyncio.FIRST_COMPLETED)
    finally:
        working.cancel()
        leaving.cancel()
        await asyncio.wait({working, leaving})
    if not working.cancelled():
        working.result()


async def _until_disconnected(receive: Receive) -> None:
    while (await receive())["type"] != "http.disconnect":
        pass
