"""Asking servers of others over HTTP, so that only whole answers come through.

``requests`` accepts a compressed body that was cut, a server that sends a byte now and then, and a
wait of hours before the next try. Here each of these fails, and says why.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

import requests
import urllib3

from .. import __version__
from ..errors import WebError

_BLOCK = 64 * 1024

T = TypeVar("T")


@dataclass(frozen=True)
class Limits:
    """What a source may take: seconds, bytes, and how often it is tried again."""

    connect: float = 10
    total: float = 60
    size: int = 16 * 1024 * 1024
    tries: int = 3
    pause: float = 1  # before the second try, twice as long before each further one
    longest_pause: float = 20


class AgainError(Exception):
    """A failure that may pass: try again, after the pause that the server asks for if any."""

    def __init__(self, problem: str, pause: float | None = None) -> None:
        super().__init__(problem)
        self.pause = pause


@dataclass(frozen=True)
class Answer:
    """The answer of a server, of which the body is not read yet."""

    url: str
    status: int
    headers: Mapping[str, str]
    blocks: Iterator[bytes]

    def refuse(self, problem: str) -> WebError:
        """Make the error that says why this answer is none."""
        return WebError(self.url, problem)


DEFAULT = Limits()


def ask(
    url: str, headers: Callable[[], Mapping[str, str]], read: Callable[[Answer], T], limits: Limits
) -> T:
    """Ask for a source, and give what ``read`` makes of the answer.

    Args:
        url: with the scheme http or https; a redirect from https to http is not followed.
        headers: gives the headers of each try.
        read: reads the answer, whose status is below 400 and whose length is known.
        limits: what the source may take.

    Raises:
        WebError: if there is no whole answer within the limits.
    """
    outcome: list[T | Exception] = []
    request = _Request(url, headers, read, limits, time.monotonic() + limits.total)

    def work() -> None:
        try:
            outcome.append(request.send())
        except Exception as error:  # noqa: BLE001  whatever it is, it is raised below
            outcome.append(error)

    # A server that sends a byte of a header now and then never runs into a timeout of its own.
    worker = threading.Thread(target=work, daemon=True)
    worker.start()
    worker.join(limits.total)
    if not outcome:
        raise WebError(url, f"no whole answer within {limits.total:g} seconds")
    [found] = outcome
    if isinstance(found, Exception):
        raise found
    return found


@dataclass(frozen=True)
class _Request(Generic[T]):
    url: str
    headers: Callable[[], Mapping[str, str]]
    read: Callable[[Answer], T]
    limits: Limits
    deadline: float

    def send(self) -> T:
        """Try as often as the limits allow."""
        pause = self.limits.pause
        for left in reversed(range(self.limits.tries)):
            try:
                with requests.Session() as session:
                    session.max_redirects = 5
                    return self._try(session)
            except requests.TooManyRedirects:
                raise WebError(self.url, "it redirects more than 5 times") from None
            except (requests.exceptions.InvalidURL, requests.exceptions.InvalidSchema) as error:
                raise WebError(self.url, f"it cannot be fetched: {error}") from None
            except (AgainError, requests.RequestException, urllib3.exceptions.HTTPError) as error:
                if not left:
                    problem = str(error) if isinstance(error, AgainError) else _reason(error)
                    times = f" ({self.limits.tries} tries)" if self.limits.tries > 1 else ""
                    raise WebError(self.url, problem + times) from None
                asked = error.pause if isinstance(error, AgainError) else None
                time.sleep(min(asked if asked is not None else pause, self.limits.longest_pause))
                pause *= 2
        raise AssertionError("the last try returns or raises")

    def _try(self, session: requests.Session) -> T:
        headers = {"User-Agent": f"pariscall/{__version__}", **self.headers()}
        timeout = (self.limits.connect, self.limits.connect)
        with session.get(self.url, headers=headers, timeout=timeout, stream=True) as response:
            _check_redirects(self.url, response)
            _check_status(self.url, response)
            _check_length(self.url, response)
            return self.read(
                Answer(self.url, response.status_code, response.headers, self._blocks(response))
            )

    def _blocks(self, response: requests.Response) -> Iterator[bytes]:
        """Read the body as it comes: a byte now and then must not outlast the deadline."""
        while block := response.raw.read1(_BLOCK):
            if time.monotonic() > self.deadline:
                raise WebError(self.url, "no whole answer in time")
            yield block


def _check_redirects(url: str, response: requests.Response) -> None:
    hops = [*response.history, response]
    schemes = [str(hop.url).partition(":")[0] for hop in hops]
    if "https" in schemes and "http" in schemes[schemes.index("https") :]:
        raise WebError(url, f"it redirects from https to {response.url}")


def _check_status(url: str, response: requests.Response) -> None:
    status = response.status_code
    problem = f"the server answers {status} {response.reason}"
    if status == requests.codes.too_many_requests or status >= requests.codes.server_error:
        asked = response.headers.get("Retry-After", "")
        raise AgainError(problem, float(asked) if asked.isdecimal() else None)
    if status >= requests.codes.bad_request:
        raise WebError(url, problem, status)


def _check_length(url: str, response: requests.Response) -> None:
    chunked = response.headers.get("Transfer-Encoding", "").lower() == "chunked"
    has_length = response.headers.get("Content-Length", "").isdecimal()
    if not chunked and not has_length and response.status_code != requests.codes.not_modified:
        problem = "the server does not say how long the answer is, so a cut one could not be told"
        raise WebError(url, problem)


def _reason(error: Exception) -> str:
    text = str(error)
    if "IncompleteRead" in text or "InvalidChunkLength" in text:
        return "the answer was cut"
    if isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError):
        return "the server does not answer"
    if isinstance(error, requests.ConnectionError):
        return "the server cannot be reached"
    return f"it cannot be fetched: {text}"
