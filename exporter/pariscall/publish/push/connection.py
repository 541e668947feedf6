"""Requests to a store, tried again where that may help, for a bounded time.

A redirect is never followed: ``requests`` would turn a PUT into a GET and report success.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from ...errors import StoreError, WebError
from ...io.http import Client
from ...io.progress import Progress, silent
from ...io.request import Limits, Request
from ...io.response import Answer
from .credentials import Credentials

# A store may think long about a graph before it answers.
LIMITS = Limits(connect=30, silence=300, total=1800, tries=5, longest_pause=30, redirects=0)
_SPARE = 1024 * 1024


@dataclass(frozen=True)
class Message:
    """A request to a store. ``about`` names the graph in errors and progress reports.

    ``expected`` is the size of the answer that is expected, in bytes. It may take four times as
    many, and a little more: N-Triples can be written in several ways.
    """

    method: str
    url: str
    about: str
    parameters: Mapping[str, str]
    headers: Mapping[str, str]
    content: bytes | None = None
    expected: int = 0


class Connection:
    """Sends messages, each of which may be sent twice without harm."""

    def __init__(
        self, credentials: Credentials, progress: Progress = silent, limits: Limits = LIMITS
    ) -> None:
        self._progress = progress
        self._client = Client(limits, credentials)

    def send(self, message: Message) -> bytes:
        """Send a message and return the answer of the store.

        Raises:
            StoreError: if the store refuses, or gives no whole answer within the limits.
        """
        request = Request(
            message.url,
            message.method,
            message.parameters,
            lambda: message.headers,
            message.content,
            size=4 * message.expected + _SPARE,
        )
        try:
            return self._client.send(
                request,
                partial(_content, message),
                lambda line: self._progress(f"{message.about}: {line}"),
            )
        except WebError as error:
            raise StoreError(f"{message.about}: {error}", status=error.status) from None


def _content(message: Message, answer: Answer) -> bytes:
    accepted = message.headers.get("Accept")
    given = answer.headers.get("Content-Type", "").partition(";")[0].strip()
    if accepted and given != accepted:
        raise answer.refuse(f"the media type is {given or 'not given'}, not {accepted}")
    return answer.content()
