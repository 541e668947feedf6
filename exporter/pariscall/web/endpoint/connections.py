"""The open connections: how many there may be, and which one gives way to a new one."""

from __future__ import annotations

import resource
from ipaddress import IPv6Address, ip_address
from typing import Protocol

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
        self._count = 0
        self._open: dict[str, dict[Connection, None]] = {}  # of each client, the oldest first

    def admit(self, connection: Connection, address: str) -> bool:
        """Add a connection, and return whether there was room for it."""
        client = _client(address)
        own = self._open.get(client, {})
        if len(own) >= self._per_address:
            is_free = self._make_room(client)
        elif self._count >= self._limit:
            is_free = self._make_room(max(self._open, key=lambda known: len(self._open[known])))
        else:
            is_free = True
        if is_free:
            self._open.setdefault(client, {})[connection] = None
            self._count += 1
        return is_free

    def renew(self, connection: Connection, address: str) -> None:
        """Count a connection as the youngest of its client, because it was just used."""
        own = self._open.get(_client(address), {})
        if connection in own:
            own[connection] = own.pop(connection)

    def remove(self, connection: Connection, address: str) -> None:
        """Remove a connection that is closed, if it is there."""
        client = _client(address)
        own = self._open.get(client, {})
        if connection in own:
            del own[connection]
            self._count -= 1
        if not own:
            self._open.pop(client, None)

    def _make_room(self, client: str) -> bool:
        for connection in self._open[client]:
            if connection.is_idle:
                self.remove(connection, client)
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


def _client(address: str) -> str:
    """Return what counts as one client: an IPv4 address, or the /64 network of an IPv6 address."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return address
    return str(known.ipv4_mapped or int(known) >> 64)
