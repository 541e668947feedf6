"""A worker: a process that answers one query at a time, and may crash or be killed without harm.

What it says goes to a socket: a line of JSON (``ResponseHead``), then the answer. An answer of up to
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

from pyoxigraph import QueryTriples

from ...errors import MisuseError, QueryError
from ...io.compression import compress
from ...query.dataset import Dataset
from ...query.queries import Query, evaluate, syntax_explained
from ...query.results import QueryResults, finished, format_checked
from ...rdf.language_tags import LanguageTags, ResultFormat, cut
from ...rdf.sparql import DatasetClause
from ..routes.negotiation import GRAPHS, ROWS, content_type
from ..routes.preferences import TYPES
from .document import write_document
from .graph_documents import GraphDocuments
from .limits import MIB, EndpointLimits
from .messages import sentence
from .reconciler import Reconciler, ReconcileRequest
from .refusal import RefusedError
from .sandbox import at_work, peak_memory, sandbox

FIT, WORN = b"+", b"-"  # said when a query is answered: ready for another, or not
_MOST_GROWTH = 32 * MIB
_PART = 64 * 1024
_MALFORMED, _NOT_ACCEPTABLE, _TOO_LARGE = 400, 406, 500


@dataclass(frozen=True)
class QueryRequest:
    """A query, its base IRI, the graphs chosen for it, and media types for its rows or its graph.

    An answer that must be ``whole`` is never streamed. ``lang`` is the language of a refusal.
    """

    text: str
    base: str
    default_graphs: tuple[str, ...]
    named_graphs: tuple[str, ...]
    rows: str | None
    graph: str | None
    whole: bool
    lang: str = "en"

    @property
    def chosen(self) -> DatasetClause | None:
        """The dataset that the request chooses, or None (SPARQL 1.1 Protocol, 2.1.4)."""
        if not (self.default_graphs or self.named_graphs):
            return None
        return DatasetClause(tuple(self.default_graphs), tuple(self.named_graphs))


@dataclass(frozen=True)
class DocumentRequest:
    """A document of the graph by name, in the format of a suffix, compressed or not."""

    name: str
    suffix: str
    is_compressed: bool


@dataclass(frozen=True)
class Served:
    """What workers share with the fork server: the dataset, its documents and their public URL.

    If the project's names are matched, there is a ``reconciler``.
    """

    dataset: Dataset
    documents: GraphDocuments
    url: str
    reconciler: Reconciler | None = None


@dataclass(frozen=True)
class ResponseHead:
    """What comes before an answer: HTTP status, media type, and the length if it is whole."""

    status: int
    media_type: str
    length: int | None


class _ResponseBuffer:
    """An answer: kept back while it is short, then sent on."""

    def __init__(self, stream: socket.socket, limits: EndpointLimits) -> None:
        self.media_type = content_type("text/plain")
        self.is_whole = False
        self.lang = "en"
        self._stream = stream
        self._limits = limits
        self._kept = bytearray()
        self._sent = 0

    def write(self, data: bytes) -> None:
        self._kept += data
        if self._sent + len(self._kept) > self._limits.result:
            most = f"{self._limits.result:,}"
            raise RefusedError(_TOO_LARGE, "the result is over {limit} bytes.", limit=most)
        if len(self._kept) > self._limits.buffer:
            if self.is_whole:
                raise RefusedError(_TOO_LARGE, "a result of this size takes HTTP/1.1.")
            if not self._sent:
                self._head(200, None)
            self._send()

    def finish(self, status: int = 200) -> None:
        if not self._sent:
            self._head(status, len(self._kept))
        self._send()

    def refuse(self, refusal: RefusedError) -> None:
        """Say so in place of what was kept back; if some was sent, all that is left is to die."""
        if self._sent:
            raise refusal
        self.media_type = content_type("text/plain")
        self._kept[:] = f"{sentence(str(refusal), self.lang, **refusal.values)}\n".encode()
        self.finish(refusal.status)

    def _head(self, status: int, length: int | None) -> None:
        head = ResponseHead(status, self.media_type, length)
        self._stream.sendall(json.dumps(asdict(head)).encode() + b"\n")

    def _send(self) -> None:
        self._stream.sendall(self._kept)
        self._sent += len(self._kept)
        self._kept.clear()


class _Finisher:
    """Where Oxigraph writes results in a format, which go on in parts, with their language tags."""

    def __init__(self, response: _ResponseBuffer, form: ResultFormat, tags: LanguageTags) -> None:
        self._response = response
        self._form = form
        self._tags = tags
        self._raw = bytearray()

    def write(self, data: bytes) -> int:
        self._raw += data
        if len(self._raw) > _PART:
            self._pass_on(cut(self._raw, self._form))
        return len(data)

    def flush(self) -> None:
        """Do nothing: what is kept goes when it is much, or all."""

    def finish(self) -> None:
        self._pass_on(len(self._raw))
        self._response.finish()

    def _pass_on(self, size: int) -> None:
        part = bytes(self._raw[:size])
        del self._raw[:size]
        self._response.write(finished(part, self._form, self._tags))


def run(door: socket.socket, served: Served, limits: EndpointLimits) -> NoReturn:
    """Confine this process, and answer the queries that come through its door until that closes.

    When everything was said, it tells through the door whether it is fit for another query. If it cannot
    say everything, it ends.
    """
    try:
        gc.disable()
        door = sandbox(door, limits)
        memory = peak_memory()
        while stream := _next_stream(door):
            with at_work(limits), stream:
                _work(stream, served, limits)
            door.send(FIT if peak_memory() - memory < _MOST_GROWTH else WORN)
            gc.collect()  # nothing of this query is there in the next
        os._exit(0)
    finally:
        os._exit(1)


def _next_stream(door: socket.socket) -> socket.socket | None:
    message, files, _, _ = socket.recv_fds(door, 1, 1)
    return socket.socket(socket.AF_UNIX, socket.SOCK_STREAM, fileno=files[0]) if message else None


def _work(stream: socket.socket, served: Served, limits: EndpointLimits) -> None:
    with stream.makefile("rb") as file:
        order = json.loads(file.read())
    if "query" in order:
        request = QueryRequest(**order["query"])
        _answer(request, served.dataset, _ResponseBuffer(stream, limits))
    elif "document" in order:
        _describe(DocumentRequest(**order["document"]), served, stream)
    elif served.reconciler:
        asked = ReconcileRequest(**order["reconcile"])
        _reconcile(asked, served.reconciler, _ResponseBuffer(stream, limits), stream)


def _describe(request: DocumentRequest, served: Served, stream: socket.socket) -> None:
    content = write_document(served.documents, request.name, request.suffix, served.url)
    if request.is_compressed:
        content = compress(content)
    _send(stream, content_type(TYPES[request.suffix]), content)


def _reconcile(
    request: ReconcileRequest,
    reconciler: Reconciler,
    response: _ResponseBuffer,
    stream: socket.socket,
) -> None:
    response.lang = request.lang
    try:
        media_type, content = reconciler.answer(request)
    except RefusedError as refusal:
        response.refuse(refusal)
    else:
        _send(stream, media_type, content)


def _send(stream: socket.socket, media_type: str, content: bytes) -> None:
    head = ResponseHead(200, media_type, len(content))
    stream.sendall(json.dumps(asdict(head)).encode() + b"\n" + content)


def _answer(query_request: QueryRequest, dataset: Dataset, response: _ResponseBuffer) -> None:
    query = Query("query", "", query_request.text, query_request.base)
    response.is_whole = query_request.whole
    response.lang = query_request.lang
    try:
        with syntax_explained(query), format_checked():
            results = evaluate(query, dataset, query_request.chosen)
            _write(results, query_request, response, dataset.tags.with_query(query.text))
    except QueryError as error:
        response.refuse(RefusedError(_MALFORMED, str(error)))
    except MisuseError as error:
        response.refuse(RefusedError(_NOT_ACCEPTABLE, str(error)))
    except RefusedError as refusal:
        response.refuse(refusal)


def _write(
    results: QueryResults,
    query_request: QueryRequest,
    response: _ResponseBuffer,
    tags: LanguageTags,
) -> None:
    is_graph = isinstance(results, QueryTriples)
    offers, wanted = (GRAPHS, query_request.graph) if is_graph else (ROWS, query_request.rows)
    if wanted is None:
        text = "answers of this kind come as {types}."
        raise RefusedError(_NOT_ACCEPTABLE, text, types=", ".join(offers))
    response.media_type = content_type(wanted)
    finisher = _Finisher(response, offers[wanted], tags)
    results.serialize(finisher, format=offers[wanted])  # type: ignore[arg-type]
    finisher.finish()
