"""A worker: one process for one query, which may crash, starve or be killed without harm.

What it says goes to a socket: a line of JSON (``Head``), then the answer. An answer of up to
``Limits.buffer`` bytes is kept back until it is whole, so that whatever goes wrong before can
still be told; a longer one is sent as it is found.
"""

from __future__ import annotations

import gc
import json
import os
import socket
from dataclasses import asdict, dataclass
from typing import NoReturn

from pyoxigraph import QueryTriples, Store

from ...errors import QueryError
from ...query.queries import Query, ask, explained
from ...query.results import Results
from ...rdf.sparql import check_names_no_graph
from ..routes.negotiation import GRAPHS, ROWS, content_type, not_acceptable
from .limits import EndpointLimits
from .sandbox import sandbox

_MALFORMED, _NOT_ACCEPTABLE, _TOO_LARGE = 400, 406, 500


@dataclass(frozen=True)
class QueryRequest:
    """A query with the media types in which its rows, or its graph, can be answered.

    An answer that must be ``whole`` is never streamed.
    """

    text: str
    rows: str | None
    graph: str | None
    whole: bool


@dataclass(frozen=True)
class ResponseHead:
    """What comes before an answer: HTTP status, media type, and the length if it is whole."""

    status: int
    media_type: str
    length: int | None


class _RefusedError(Exception):
    """The answer is a status and a sentence."""

    def __init__(self, status: int, text: str) -> None:
        super().__init__(text)
        self.status = status


class _ResponseBuffer:
    """Where Oxigraph writes results: kept back while they are few, then sent on."""

    def __init__(self, stream: socket.socket, limits: EndpointLimits) -> None:
        self.media_type = content_type("text/plain")
        self.is_whole = False
        self._stream = stream
        self._limits = limits
        self._kept = bytearray()
        self._sent = 0

    def write(self, data: bytes) -> int:
        self._kept += data
        if self._sent + len(self._kept) > self._limits.result:
            raise _RefusedError(_TOO_LARGE, f"the result is over {self._limits.result:,} bytes.")
        if len(self._kept) > self._limits.buffer:
            if self.is_whole:
                raise _RefusedError(_TOO_LARGE, "a result of this size takes HTTP/1.1.")
            if not self._sent:
                self._head(200, None)
            self._send()
        return len(data)

    def flush(self) -> None:
        """Do nothing: what is kept back goes when it is much, or all."""

    def finish(self, status: int = 200) -> None:
        if not self._sent:
            self._head(status, len(self._kept))
        self._send()

    def refuse(self, refusal: _RefusedError) -> None:
        """Say so in place of what was kept back; if some was sent, all that is left is to die."""
        if self._sent:
            raise refusal
        self.media_type = content_type("text/plain")
        self._kept[:] = f"{refusal}\n".encode()
        self.finish(refusal.status)

    def _head(self, status: int, length: int | None) -> None:
        head = ResponseHead(status, self.media_type, length)
        self._stream.sendall(json.dumps(asdict(head)).encode() + b"\n")

    def _send(self) -> None:
        self._stream.sendall(self._kept)
        self._sent += len(self._kept)
        self._kept.clear()


def run(stream: socket.socket, store: Store, limits: EndpointLimits) -> NoReturn:
    """Confine this process, which was forked for one query, answer it and end.

    It ends with 0 if and only if everything was said.
    """
    try:
        gc.disable()
        confined = sandbox(stream, limits)
        with confined.makefile("rb") as file:
            query_request = QueryRequest(**json.loads(file.read()))
        _answer(query_request, store, _ResponseBuffer(confined, limits))
        os._exit(0)
    finally:
        os._exit(1)


def _answer(query_request: QueryRequest, store: Store, response: _ResponseBuffer) -> None:
    query = Query("query", "", query_request.text)
    response.is_whole = query_request.whole
    try:
        with explained(query):
            check_names_no_graph(query.text)
            _write(ask(query, store), query_request, response)
    except QueryError as error:
        response.refuse(_RefusedError(_MALFORMED, str(error)))
    except _RefusedError as refusal:
        response.refuse(refusal)


def _write(results: Results, query_request: QueryRequest, response: _ResponseBuffer) -> None:
    is_graph = isinstance(results, QueryTriples)
    offers, wanted = (GRAPHS, query_request.graph) if is_graph else (ROWS, query_request.rows)
    if wanted is None:
        raise _RefusedError(_NOT_ACCEPTABLE, not_acceptable(offers))
    response.media_type = content_type(wanted)
    results.serialize(response, format=offers[wanted])  # type: ignore[arg-type]
    response.finish()
