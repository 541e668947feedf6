"""The open connections: how many there may be, and which one gives way to a new one."""

from __future__ import annotations

import resource
from collections import Counter
from typing import Protocol

from .clients import client_of

_RESERVE = 64  # descriptors for the graph, the workers and Python itself
_PER_CONNECTION = 2  # its socket, and a file that is being sent
_MOST_DESCRIPTORS = 65_536


class Connection(Protocol):
    """A connection that can be dropped while it waits for a request."""

    @property
    def is_idle(self) -> bool:
        """Whether it waits for a request."""

    def drop(self) -> None:
        """Close the connection at once."""


class Connections:
    """The open connections: at most ``limit``, and at most ``per_address`` of one client.

    A new connection beyond the limit takes the place of the one that has waited longest for a
    request; if none waits, it is refused. So clients that only connect keep nobody out.
    """

    def __init__(self, limit: int, per_address: int) -> None:
        self._limit = limit
        self._per_address = per_address
        self._open: dict[Connection, str] = {}  # with its client, the least recently used first
        self._numbers: Counter[str] = Counter()

    def admit(self, connection: Connection, address: str) -> bool:
        """Add a connection, and return whether there was room for it."""
        client = client_of(address)
        if self._numbers[client] >= self._per_address:
            is_free = self._make_room(client)
        else:
            is_free = len(self._open) < self._limit or self._make_room()
        if is_free:
            self._open[connection] = client
            self._numbers[client] += 1
        return is_free

    def renew(self, connection: Connection) -> None:
        """Count a connection as the most recently used."""
        if connection in self._open:
            self._open[connection] = self._open.pop(connection)

    def remove(self, connection: Connection) -> None:
        """Remove a connection that is closed, if it is there."""
        client = self._open.pop(connection, None)
        if client is not None:
            self._numbers[client] -= 1
            if not self._numbers[client]:
                del self._numbers[client]

    def _make_room(self, client: str | None = None) -> bool:
        for connection, owner in self._open.items():
            if connection.is_idle and client in (None, owner):
                self.remove(connection)
                connection.drop()
                return True
        return False


def affordable(connections: int) -> int:
    """Raise the limit of open descriptors, and return how many connections it allows, if fewer."""
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    most = _MOST_DESCRIPTORS if hard == resource.RLIM_INFINITY else min(hard, _MOST_DESCRIPTORS)
    soft, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft == resource.RLIM_INFINITY or soft >= most:
        most = soft
    else:
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, hard))
    if most == resource.RLIM_INFINITY:
        return connections
    return max(1, min(connections, (most - _RESERVE) // _PER_CONNECTION))
