"""Requests to a store, tried again where that may help, for a bounded time.

A redirect is never followed: ``requests`` would turn a PUT into a GET, and be content.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from io import BytesIO
from urllib.parse import urlsplit

import requests
import urllib3

from ... import __version__
from ...errors import StoreError
from .credentials import Credentials, is_loopback

_BLOCK = 64 * 1024
_PASSING = (429, 502, 503, 504)
_SHOWN = 200
_LASTING = (requests.exceptions.SSLError, requests.exceptions.InvalidURL)


@dataclass(frozen=True)
class Limits:
    """What a store may take, in seconds, and how often it is tried again."""

    connect: float = 30  # for each block that is sent, too
    silence: float = 300  # a store may think long about a graph before it answers
    total: float = 900
    tries: int = 5
    pause: float = 1  # before the second try, twice as long before each further one
    longest_pause: float = 30


@dataclass(frozen=True)
class Message:
    """A request to a store, and what it is about, for whoever reads of its failure."""

    method: str
    url: str
    about: str
    parameters: Mapping[str, str]
    headers: Mapping[str, str]
    content: bytes | None = None


class _AgainError(Exception):
    """A failure that may pass: try again, after the pause that the server asks for if any."""

    def __init__(self, problem: str, pause: float | None = None) -> None:
        super().__init__(problem)
        self.pause = pause


class Connection:
    """Sends messages, each of which may be sent twice without harm."""

    def __init__(
        self,
        credentials: Credentials,
        tell: Callable[[str], object] = str,
        limits: Limits = Limits(),
    ) -> None:
        self._credentials = credentials
        self._tell = tell
        self._limits = limits
        self._session = requests.Session()
        self._session.auth = credentials  # so that no .netrc is read
        self._session.headers.update(
            {"User-Agent": f"pariscall/{__version__}", "Accept-Encoding": "identity"}
        )

    def send(self, message: Message) -> bytes:
        """Send a message and give the answer of the store.

        Raises:
            StoreError: if the store refuses, or gives no whole answer within the limits.
        """
        pause = self._limits.pause
        for left in reversed(range(self._limits.tries)):
            try:
                return self._try(message)
            except _LASTING as error:
                raise _refused(message, _reason(error)) from None
            except (_AgainError, requests.RequestException, urllib3.exceptions.HTTPError) as error:
                problem = str(error) if isinstance(error, _AgainError) else _reason(error)
                if not left:
                    raise _refused(message, f"{problem} ({self._limits.tries} tries)") from None
                asked = error.pause if isinstance(error, _AgainError) else None
                wait = min(pause if asked is None else asked, self._limits.longest_pause)
                self._tell(f"{message.about}: {problem}; trying again in {wait:g} seconds")
                time.sleep(wait)
                pause *= 2
        raise AssertionError("the last try returns or raises")

    def _try(self, message: Message) -> bytes:
        deadline = time.monotonic() + self._limits.total
        with self._request(message) as response:
            if response.status_code == requests.codes.unauthorized:
                is_answered = self._credentials.answer(response)
            else:
                is_answered = False
            if not is_answered:
                return _answer(message, response, deadline)
        with self._request(message) as response:
            return _answer(message, response, deadline)

    def _request(self, message: Message) -> requests.Response:
        # As bytes, all of it would have to be sent within the time for one block.
        content = None if message.content is None else BytesIO(message.content)
        # A proxy that the environment names is not asked for this machine.
        own = {"no_proxy": urlsplit(message.url).hostname or ""} if is_loopback(message.url) else {}
        return self._session.request(
            message.method,
            message.url,
            params=message.parameters,
            headers=message.headers,
            data=content,
            timeout=(self._limits.connect, self._limits.silence),
            allow_redirects=False,
            stream=True,
            proxies=own,
        )


def _answer(message: Message, response: requests.Response, deadline: float) -> bytes:
    status = f"the server answers {response.status_code} {response.reason}"
    if response.status_code in _PASSING:
        asked = response.headers.get("Retry-After", "")
        raise _AgainError(status, float(asked) if asked.isdecimal() else None)
    if response.is_redirect:
        place = response.headers["Location"]
        raise _refused(message, f"{status}, which leads to {place}. Nothing is sent there")
    content = _body(response, deadline)
    if not response.ok:
        raise _refused(message, f"{status}{_said(response, content)}")
    accepted = message.headers.get("Accept")
    given = response.headers.get("Content-Type", "").partition(";")[0].strip()
    if accepted and given != accepted:
        raise _refused(message, f"the media type is {given or 'not given'}, not {accepted}")
    return content


def _body(response: requests.Response, deadline: float) -> bytes:
    content = bytearray()
    while block := response.raw.read1(_BLOCK):
        content += block
        if time.monotonic() > deadline:
            raise _AgainError("the server gives no whole answer in time")
    return bytes(content)


def _said(response: requests.Response, content: bytes) -> str:
    """Give the first line of what the server says to people, if it is text."""
    if not response.headers.get("Content-Type", "").startswith("text/plain"):
        return ""
    line = content.decode(errors="replace").strip().partition("\n")[0][:_SHOWN]
    shown = "".join(letter if letter.isprintable() else " " for letter in line).rstrip(". ")
    return f": {shown}" if shown else ""


def _reason(error: Exception) -> str:
    if isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError):
        return "the server does not answer"
    if isinstance(error, requests.exceptions.SSLError):
        return "the certificate of the server cannot be trusted"
    if isinstance(error, requests.exceptions.InvalidURL):
        return f"this is not an address: {error}"
    if isinstance(error, requests.ConnectionError):
        return "the server cannot be reached, or breaks off"
    return "the answer was cut"


def _refused(message: Message, problem: str) -> StoreError:
    return StoreError(f"{message.about}: {message.url}: {problem}.")
