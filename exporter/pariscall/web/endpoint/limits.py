"""What one stranger may take of a server."""

from __future__ import annotations

import os
from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class EndpointLimits:
    """Limits of the endpoint, in bytes and seconds.

    ``nesting`` counts brackets within brackets, ``operators`` what a parser may have to recurse
    into one by one, and ``steps`` those of property paths, on which Oxigraph is slow.
    """

    query: int = 64 * 1024
    nesting: int = 100
    operators: int = 1000
    steps: int = 100
    seconds: float = 10  # from the start of a worker to the last byte of its answer
    memory: int = 1024 * MIB  # address space of a worker
    result: int = 64 * MIB
    buffer: int = MIB  # of an answer that is known to be whole before its status is sent
    workers: int = os.cpu_count() or 1  # at once
    queue: int = 32  # requests that wait for a worker
    request: float = 10  # until a request has come in
    connections: int = 256

    @property
    def queue_timeout(self) -> float:
        """Seconds that a request waits for a worker."""
        return 2 * self.seconds

    @property
    def retry(self) -> int:
        """Seconds after which a client that was sent away may come again."""
        return max(1, round(self.seconds / 2))
