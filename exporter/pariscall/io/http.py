"""The HTTP client: a whole answer within a time, or one error that says why there is none.

``requests`` accepts a compressed body that was cut, waits as long as a byte comes now and then, and
reads the body of a redirect to its end. Here each of these fails. When to try again is decided by
``urllib3.util.Retry``; the deadline, the size and the lowest rate of an answer are ours.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Mapping
from io import BytesIO
from typing import TypeVar
from urllib.parse import urlsplit

import requests
import urllib3
from urllib3.util import Retry

from .. import __version__
from ..errors import WebError
from .progress import Progress, silent
from .request import DEFAULT, DEFAULT_SIZE, Anonymous, Auth, Limits, Request, is_loopback
from .response import (
    Answer,
    RetryableError,
    check_length,
    check_status,
    read_blocks,
    read_failure,
    target_of,
)

T = TypeVar("T")


class Client:
    """Sends requests and tries again where that may help, for a bounded time."""

    def __init__(self, limits: Limits = DEFAULT, auth: Auth | None = None) -> None:
        self._limits = limits
        self._auth = auth or Anonymous()
        self._session = _Session()
        self._session.auth = self._auth  # so that no .netrc is read
        self._session.headers["User-Agent"] = f"pariscall/{__version__}"
        self._session.headers["Accept-Encoding"] = "identity"

    def send(self, request: Request, read: Callable[[Answer], T], progress: Progress = silent) -> T:
        """Send a request and return what ``read`` makes of the answer.

        ``read`` is given an answer whose status is below 400. It raises ``RetryableError`` if
        another try may bring a better one. ``progress`` is told of each try that failed.

        Raises:
            WebError: if there is no whole answer within the limits.
        """
        outcome: list[T | Exception] = []
        total = self._limits.total
        deadline = time.monotonic() + total

        def work() -> None:
            try:
                outcome.append(self._retry(request, read, progress, deadline))
            except Exception as error:  # noqa: BLE001  whatever it is, it is raised below
                outcome.append(error)

        # A server that sends a byte of a header now and then never runs into a timeout of its own.
        worker = threading.Thread(target=work, daemon=True)
        worker.start()
        worker.join(total)
        if not outcome:
            raise WebError(request.url, f"no whole answer within {total:g} seconds")
        [found] = outcome
        if isinstance(found, Exception):
            raise found
        return found

    def close(self) -> None:
        """Close the connections."""
        self._session.close()

    def _retry(
        self, request: Request, read: Callable[[Answer], T], progress: Progress, deadline: float
    ) -> T:
        tries = self._limits.tries
        retry = Retry(tries - 1, backoff_factor=self._limits.pause)
        while True:
            try:
                return self._try(request, read, deadline)
            except (RetryableError, requests.RequestException, urllib3.exceptions.HTTPError) as e:
                failure = read_failure(request.url, e)
            try:
                retry = retry.increment()
            except urllib3.exceptions.MaxRetryError:
                times = f" ({tries} tries)" if tries > 1 else ""
                raise WebError(request.url, f"{failure}{times}") from None
            asked = retry.get_backoff_time() if failure.pause is None else failure.pause
            pause = min(asked, self._limits.longest_pause)
            progress(f"{failure}; trying again" + (f" in {pause:g} seconds" if pause else ""))
            time.sleep(pause)

    def _try(self, request: Request, read: Callable[[Answer], T], deadline: float) -> T:
        with self._open(request) as response:
            check_status(request.url, response)
            check_length(request, response)
            blocks = read_blocks(request, response, self._limits.slowest, deadline)
            return read(Answer(request.url, response.status_code, response.headers, blocks))

    def _open(self, request: Request) -> requests.Response:
        """Send a request, and follow redirects, each of which is checked before it is followed."""
        url, headers = request.url, request.headers()
        for _ in range(self._limits.redirects + 1):
            response = self._ask(request, url, headers)
            if response.status_code == requests.codes.unauthorized and self._auth.answer(response):
                response.close()
                response = self._ask(request, url, headers)
            if not response.is_redirect:
                return response
            response.close()
            url = target_of(request.url, response, self._limits)
        raise WebError(request.url, f"it redirects more than {self._limits.redirects} times")

    def _ask(self, request: Request, url: str, headers: Mapping[str, str]) -> requests.Response:
        # A proxy that the environment names is not asked for this machine.
        own = {"no_proxy": urlsplit(url).hostname or ""} if is_loopback(url) else {}
        return self._session.request(
            request.method,
            url,
            params=request.parameters,
            headers=headers,
            # As bytes, all of it would have to be sent within the time for one block.
            data=None if request.content is None else BytesIO(request.content),
            timeout=(self._limits.connect, self._limits.silence),
            stream=True,
            proxies=own,
        )


def get(
    url: str,
    read: Callable[[Answer], T],
    *,
    headers: Callable[[], Mapping[str, str]] = dict,
    size: int = DEFAULT_SIZE,
    limits: Limits = DEFAULT,
) -> T:
    """Get a resource, and return what ``read`` makes of the answer.

    Args:
        url: with the scheme http or https; a redirect from https to http is not followed.
        read: reads the answer, whose status is below 400 and whose length is known.
        headers: returns the headers of each try.
        size: the largest answer, in bytes.
        limits: what the request may take.

    Raises:
        WebError: if there is no whole answer within the limits.
    """
    client = Client(limits)
    try:
        return client.send(Request(url, headers=headers, size=size), read)
    finally:
        client.close()


class _Session(requests.Session):
    """A session that follows no redirect: ``requests`` reads their bodies without a bound."""

    def get_redirect_target(self, _resp: requests.Response) -> None:
        """Return no target."""
