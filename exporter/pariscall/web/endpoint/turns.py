"""Turns: how many requests are at work at the same time, and how many of one client."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass


class BusyError(Exception):
    """All workers are busy and the queue is full, or the fork server is starting."""


class CrowdedError(BusyError):
    """One client has as many requests in progress as it may have."""


@dataclass
class _Client:
    turns: asyncio.Semaphore
    requests: int = 0


class Turns:
    """``number`` requests at work, and ``queue`` that wait for ``timeout`` seconds at most.

    A client has at most ``share`` at work, and half of the queue. What else it asks waits for its
    own requests, so that the next turn is another client's.
    """

    def __init__(self, number: int, queue: int, timeout: float, share: int) -> None:
        self._turns = asyncio.Semaphore(number)
        self._queue = queue
        self._timeout = timeout
        self._share = share
        self._most = share + (queue + 1) // 2
        self._waiting = 0
        self._clients: dict[str, _Client] = {}

    @asynccontextmanager
    async def take(self, client: str | None) -> AsyncIterator[None]:
        """Wait for a turn, which lasts as long as this context; None is nobody in particular.

        Raises:
            BusyError: if there is none in time, or too many wait already.
            CrowdedError: if too many are of this client.
        """
        if client is None:
            async with self._wait(self._turns):
                yield
            return
        known = self._clients.setdefault(client, _Client(asyncio.Semaphore(self._share)))
        known.requests += 1
        try:
            async with self._wait(known.turns, self._turns, is_crowded=known.requests > self._most):
                yield
        finally:
            known.requests -= 1
            if not known.requests:
                del self._clients[client]

    @asynccontextmanager
    async def _wait(
        self, *turns: asyncio.Semaphore, is_crowded: bool = False
    ) -> AsyncIterator[None]:
        if self._waiting >= self._queue and any(turn.locked() for turn in turns):
            raise BusyError
        if is_crowded:
            raise CrowdedError
        async with AsyncExitStack() as taken:
            self._waiting += 1
            try:
                async with asyncio.timeout(self._timeout):
                    for turn in turns:
                        await taken.enter_async_context(turn)
            except TimeoutError:
                raise BusyError from None
            finally:
                self._waiting -= 1
            yield
