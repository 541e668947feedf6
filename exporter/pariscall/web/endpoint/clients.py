"""Who sends a request: what counts as one client."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address

from starlette.requests import Request


class Clients:
    """The clients of a server, which may be behind a proxy.

    A ``header`` names the client only in requests that come from this machine, where the proxy is
    then: anybody else could name whom they like. Behind a proxy that names nobody, all requests
    come from one address, which says nothing of who sends them.
    """

    def __init__(self, header: str | None, *, is_proxied: bool) -> None:
        self._header = header
        self._is_proxied = is_proxied

    def find(self, request: Request) -> str | None:
        """Return who sends a request, if that is known."""
        address = request.client.host if request.client else ""
        if self._header and _is_loopback(address):
            # A list grows at its end, so what a proxy says of its own client is last.
            named = ",".join(request.headers.getlist(self._header)).rpartition(",")[2].strip()
            return client_of(named or address)
        return None if self._is_proxied else client_of(address)


def client_of(address: str) -> str:
    """Return what counts as one client: an IPv4 address, or the /64 network of an IPv6 address."""
    try:
        known = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if not isinstance(known, IPv6Address):
        return address
    return str(known.ipv4_mapped or int(known) >> 64)


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
