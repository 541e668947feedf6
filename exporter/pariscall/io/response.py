"""Checks of a response: its status, its length, where it redirects to, and how its body comes."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

import requests
import urllib3
from urllib3.util import Retry

from ..errors import WebError, printable
from .request import Limits, Request

_BLOCK = 64 * 1024
_MINUTE = 60  # seconds
_SHOWN = 200  # characters of what a server says
_PASSING = {429, 502, 503, 504}


class RetryableError(Exception):
    """A failure that may pass; ``pause`` is how many seconds the server asks to wait, if it does."""

    def __init__(self, problem: str, pause: float | None = None) -> None:
        super().__init__(problem)
        self.pause = pause


@dataclass(frozen=True)
class Answer:
    """A response that was not refused, and whose body is not read yet."""

    url: str
    status: int
    headers: Mapping[str, str]
    blocks: Iterator[bytes]

    def refuse(self, problem: str) -> WebError:
        """Return the error that says what is wrong with this answer."""
        return WebError(self.url, problem)

    def content(self) -> bytes:
        """Return the whole body."""
        return b"".join(self.blocks)


def target_of(url: str, response: requests.Response, limits: Limits) -> str:
    """Return where a redirect leads to.

    Raises:
        WebError: if redirects are not followed, or this one leads from https to another scheme.
    """
    location = response.headers["Location"]
    if not limits.redirects:
        shown = printable(location)
        raise WebError(url, f"{_status(response)} and redirects to {shown}. Nothing is sent there")
    try:
        target = urljoin(str(response.url), location)
        schemes = urlsplit(str(response.url)).scheme, urlsplit(target).scheme
    except ValueError as error:
        raise WebError(url, f"it redirects to an invalid address: {error}") from None
    if schemes[0] == "https" != schemes[1]:
        raise WebError(url, f"it redirects from https to {printable(target)}")
    return target


def check_status(url: str, response: requests.Response) -> None:
    """Check the status of a response.

    Raises:
        RetryableError: if the server says that it cannot answer now.
        WebError: if it refuses the request.
    """
    if response.status_code in _PASSING:
        raise RetryableError(_status(response), _asked_pause(response))
    if response.status_code >= requests.codes.bad_request:
        raise WebError(url, _status(response) + _explanation(response), response.status_code)


def check_length(request: Request, response: requests.Response) -> None:
    """Check that a body that is cut can be recognised: by its length or its last chunk.

    Raises:
        WebError: if it cannot.
    """
    is_chunked = response.headers.get("Transfer-Encoding", "").lower() == "chunked"
    has_length = response.headers.get("Content-Length", "").isdecimal()
    is_empty = response.status_code in (requests.codes.no_content, requests.codes.not_modified)
    if request.method == "GET" and not (is_chunked or has_length or is_empty):
        problem = "the server does not say how long the answer is, so a cut one could not be told"
        raise WebError(request.url, problem)


def read_blocks(
    request: Request, response: requests.Response, slowest: int, deadline: float
) -> Iterator[bytes]:
    """Read the body as it comes, within its size, its lowest rate and the deadline.

    Raises:
        WebError: if it does not.
    """
    size, expected = 0, slowest
    minute = time.monotonic() + _MINUTE
    while block := response.raw.read1(_BLOCK):
        size += len(block)
        now = time.monotonic()
        if size > request.size:
            raise WebError(request.url, f"the answer is longer than {request.size:,} bytes")
        if now > deadline:
            raise WebError(request.url, "no whole answer in time")
        if now > minute:
            if size < expected:
                problem = f"the answer is slower than {slowest:,} bytes in {_MINUTE} seconds"
                raise WebError(request.url, problem)
            minute, expected = now + _MINUTE, size + slowest
        yield block


def read_failure(url: str, error: Exception) -> RetryableError:
    """Describe a failure that may pass.

    Raises:
        WebError: if it will not pass.
    """
    if isinstance(error, RetryableError):
        return error
    text = str(error)
    if isinstance(error, requests.exceptions.SSLError):
        raise WebError(url, "the certificate of the server cannot be trusted") from None
    if isinstance(error, ValueError):  # so are the errors of requests for an invalid address
        raise WebError(url, f"it cannot be fetched: {printable(text)}") from None
    if "IncompleteRead" in text or "InvalidChunkLength" in text:
        return RetryableError("the answer was cut")
    if isinstance(error, requests.Timeout | urllib3.exceptions.TimeoutError):
        return RetryableError("the server does not answer")
    if isinstance(error, requests.ConnectionError):
        return RetryableError("the server cannot be reached, or breaks off")
    return RetryableError(f"it cannot be fetched: {printable(text)}")


def _status(response: requests.Response) -> str:
    reason = printable(response.reason or "")
    return f"the server answers {response.status_code} {reason}".rstrip()


def _asked_pause(response: requests.Response) -> float | None:
    """Return how many seconds ``Retry-After`` asks to wait (RFC 9110, 10.2.3)."""
    try:
        return Retry().get_retry_after(response.raw)
    except (urllib3.exceptions.InvalidHeader, ValueError, OverflowError):
        return None


def _explanation(response: requests.Response) -> str:
    """Return the first line of what a refusal says to people, if it is text."""
    if not response.headers.get("Content-Type", "").startswith("text/plain"):
        return ""
    line = ""
    with suppress(urllib3.exceptions.HTTPError):
        line = response.raw.read1(_BLOCK).decode(errors="replace").strip().partition("\n")[0]
    shown = printable(line[:_SHOWN]).rstrip(". ")
    return f": {shown}" if shown else ""
