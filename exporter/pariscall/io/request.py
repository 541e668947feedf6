"""What is asked of a server, by whom, and what the answer may take."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import urlsplit

import requests

DEFAULT_SIZE = 16 * 1024 * 1024


@dataclass(frozen=True)
class Limits:
    """What a request may take. Times are in seconds.

    ``connect`` is for the connection and for each block that is sent, ``silence`` for the time
    between two blocks of an answer, ``total`` for all tries together. ``slowest`` is the number of
    bytes that must come in a minute. ``pause`` is the backoff factor of ``urllib3.util.Retry``, and
    ``longest_pause`` bounds what the server asks for, too.
    """

    connect: float = 10
    silence: float = 10
    total: float = 60
    slowest: int = 60_000
    tries: int = 3
    pause: float = 1
    longest_pause: float = 20
    redirects: int = 5


DEFAULT = Limits()


@dataclass(frozen=True)
class Request:
    """A request that may be sent twice without harm.

    ``headers`` returns those of each try, which may ask for what is still missing. ``size`` is the
    largest answer, in bytes.
    """

    url: str
    method: str = "GET"
    parameters: Mapping[str, str] = field(default_factory=dict)
    headers: Callable[[], Mapping[str, str]] = dict
    content: bytes | None = None
    size: int = DEFAULT_SIZE


class Auth(Protocol):
    """Credentials: they sign requests, and may answer a challenge (RFC 9110, 11)."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Sign a request."""

    def answer(self, refusal: requests.Response) -> bool:
        """Take up the challenge of a 401. Return whether another request is worth it."""


class Anonymous:
    """No credentials, not even those of a .netrc file."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        """Leave a request as it is."""
        return request

    def answer(self, _refusal: requests.Response) -> bool:
        """Return that no challenge can be answered."""
        return False


def is_loopback(url: str) -> bool:
    """Return whether an address is on this machine, so that nobody else can listen."""
    try:
        host = urlsplit(url).hostname or ""
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False
