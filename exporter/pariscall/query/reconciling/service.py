"""A service of others that speaks the Reconciliation Service API 0.2, asked politely.

What it says is not trusted: an answer must have the form of the API and a bounded size, and a name is one
line of plain text before anybody sees it.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any
from urllib.parse import urlencode

from ...errors import WebError, printable
from ...io.http import Client
from ...io.progress import Progress, silent
from ...io.request import DEFAULT, Limits, Request
from ...io.response import Answer, RetryableError

_SIZE = 4 * 1024 * 1024  # bytes of an answer
_BATCH = 10  # queries in a request, if the service names no number
_MOST = 50  # queries in a request, whatever the service names, and candidates read of an answer
_LONGEST = 300  # characters of a name or an identifier
_VERSIONS = {"0.1", "0.2"}
_FORM = {"Content-Type": "application/x-www-form-urlencoded", "Accept": "application/json"}


@dataclass(frozen=True, slots=True)
class Query:
    """A name that is asked for, with what is known of it by the properties of the service."""

    name: str
    type: str = ""
    limit: int = 5
    properties: tuple[tuple[str, str], ...] = ()

    def as_json(self) -> Mapping[str, Any]:
        """Return the query as the API has it."""
        said: dict[str, Any] = {"query": self.name, "limit": self.limit}
        if self.type:
            said["type"] = self.type
        if self.properties:
            said["properties"] = [{"pid": pid, "v": value} for pid, value in self.properties]
        return said


@dataclass(frozen=True, slots=True)
class Found:
    """What a service says may be meant: an identifier, a name, and what it is."""

    id: str
    name: str
    description: str = ""


class Service:
    """A service at an address; between two requests it is left in peace for ``pause`` seconds.

    Raises:
        WebError: in every method, if it gives no whole answer of the right form.
    """

    def __init__(
        self, url: str, pause: float = 1, limits: Limits = DEFAULT, progress: Progress = silent
    ) -> None:
        self.url = url
        self._pause = pause
        self._client = Client(limits)
        self._progress = progress
        self._last = 0.0
        manifest = self._send("GET")
        self.space = _text(manifest.get("identifierSpace"))
        versions = manifest.get("versions", ["0.1"])
        if not self.space or not isinstance(versions, list):
            raise WebError(url, "it gives no manifest of the Reconciliation Service API")
        if not _VERSIONS & set(map(str, versions)):
            shown = printable(", ".join(map(str, versions))[:_LONGEST])
            raise WebError(url, f"it speaks version {shown} of the API, not 0.2")
        number = manifest.get("batchSize")
        self.batch = min(number, _MOST) if type(number) is int and number > 0 else _BATCH

    def close(self) -> None:
        """Close the connections."""
        self._client.close()

    def ask(self, queries: Sequence[Query]) -> list[list[Found]]:
        """Return what may be meant by each of at most ``batch`` queries."""
        asked = {f"q{at}": query.as_json() for at, query in enumerate(queries)}
        answers = self._send("POST", queries=asked)
        return [list(self._read(answers.get(key))) for key in asked]

    def values(self, ids: Sequence[str], properties: Sequence[str]) -> list[list[str]]:
        """Return a text for each property of at most ``batch`` identifiers; empty if there is none."""
        wanted = [{"id": name} for name in properties]
        rows = self._send("POST", extend={"ids": list(ids), "properties": wanted}).get("rows")
        if not isinstance(rows, dict):
            raise self._odd("it has no rows")
        return [[_value(rows.get(name), key) for key in properties] for name in ids]

    def _read(self, answer: Any) -> Iterator[Found]:
        result = answer.get("result") if isinstance(answer, dict) else None
        if not isinstance(result, list):
            raise self._odd("a query has no result")
        for each in islice(result, _MOST):
            said = each if isinstance(each, dict) else {}
            identifier, name = _text(said.get("id")), _text(said.get("name"))
            if not identifier or not name or identifier != said["id"]:
                raise self._odd("a candidate has no identifier or no name")
            yield Found(identifier, name, _text(said.get("description")))

    def _send(self, method: str, **values: Any) -> dict[str, Any]:
        time.sleep(max(0.0, self._last + self._pause - time.monotonic()))
        form = urlencode({name: json.dumps(value) for name, value in values.items()})
        content = form.encode() if values else None
        request = Request(
            self.url, method, headers=lambda: _FORM if values else {}, content=content, size=_SIZE
        )
        try:
            return self._client.send(request, _object, self._progress)
        finally:
            self._last = time.monotonic()

    def _odd(self, problem: str) -> WebError:
        return WebError(self.url, f"the answer is not that of a reconciliation service: {problem}")


def _object(answer: Answer) -> dict[str, Any]:
    """Read an answer; one that is no JSON may have been cut, so another try can help."""
    try:
        found = json.loads(answer.content())
    except (ValueError, RecursionError):
        raise RetryableError(f"{answer.url}: the answer is not JSON") from None
    if not isinstance(found, dict):
        raise answer.refuse("the answer is not a JSON object")
    return found


def _text(value: Any) -> str:
    """Return a text in one line, without quotation marks, which cells of a table do not have."""
    if not isinstance(value, str):
        return ""
    return printable(" ".join(value.replace('"', "'").split()))[:_LONGEST].rstrip()


def _value(row: Any, key: str) -> str:
    """Return the first value of a property: a text, or the name of a thing."""
    cells = row.get(key) if isinstance(row, dict) else None
    first = cells[0] if isinstance(cells, list) and cells else None
    if not isinstance(first, dict):
        return ""
    return _text(first.get("name")) or _text(first.get("str"))
