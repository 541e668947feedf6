"""The limits of the endpoint."""

from __future__ import annotations

import os
from dataclasses import dataclass

MIB = 1024 * 1024


@dataclass(frozen=True)
class EndpointLimits:
    """What one client may use, in bytes and seconds.

    ``nesting`` counts brackets within brackets, ``operators`` the operators that a parser may
    recurse into one by one, and ``steps`` the steps of property paths, which are slow in Oxigraph.
    """

    query: int = 64 * 1024
    nesting: int = 100
    operators: int = 1000
    steps: int = 100
    seconds: float = 10  # from the start of a worker to the last byte of its response
    memory: int = 1024 * MIB  # address space of a worker
    result: int = 64 * MIB
    buffer: int = MIB  # of a response that is complete before its status is sent
    workers: int = os.cpu_count() or 1  # at the same time
    per_client: int | None = None  # of them for one client; by default half
    queue: int = 32  # requests that may wait for a worker
    request: float = 10  # until a request has arrived
    connections: int = 512
    per_address: int = 128  # connections of one client
    headers: int = 16 * 1024  # of a request, together
    ranges: int = 100  # in a header such as Accept or Range

    @property
    def share(self) -> int:
        """Queries of one client at the same time, so that there is a worker for another."""
        return self.per_client or max(1, self.workers // 2)

    @property
    def queue_timeout(self) -> float:
        """Seconds that a request may wait for a worker."""
        return 2 * self.seconds

    @property
    def retry(self) -> int:
        """Seconds after which a refused client may retry."""
        return max(1, round(self.seconds / 2))
