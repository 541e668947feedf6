"""The query operation of the SPARQL 1.1 Protocol (https://www.w3.org/TR/sparql11-protocol/ §2.1).

A query that is malformed or asks for what is not done here is answered with 400, one that takes
too long with 504 and one that takes too much with 500, as trying it again would not help. 503
with ``Retry-After`` means that all workers are busy, and 429 that too many are the client's;
retrying can help. A truncated response is never sent as complete.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
from dataclasses import astuple, replace
from urllib.parse import parse_qsl

from starlette.requests import ClientDisconnect, Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from ...errors import QueryError
from ...rdf.sparql import with_codepoints
from ..routes.negotiation import GRAPHS, NAMES, ROWS, choose
from .clients import Clients
from .complexity import check_complexity
from .cors import preflight
from .description import Descriptions
from .incoming import read_body, while_connected
from .limits import EndpointLimits
from .pool import BrokenOffError, WorkerPool, WorkerResponse
from .problems import ProblemError, language, not_acceptable, unanswered
from .turns import BusyError
from .worker import QueryRequest

_Parameters = list[tuple[str, str]]

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_HEADERS = "Accept, Content-Type"
FORM, DIRECT = "application/x-www-form-urlencoded", "application/sparql-query"
_VOLATILE = re.compile(r"(?i)now|rand|uuid|bnode")
_KEEP = "public, max-age=60"
_LONGEST = "a query has {limit} bytes at most."
_PARAMETERS = 100
_GRACE = 2  # seconds beyond those of the worker, who is killed by others


class Sparql:
    """The endpoint: an ASGI application for one path."""

    def __init__(
        self,
        pool: WorkerPool,
        limits: EndpointLimits,
        descriptions: Descriptions,
        clients: Clients,
    ) -> None:
        self._pool = pool
        self._limits = limits
        self._descriptions = descriptions
        self._clients = clients

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request, and stop working on it when the client goes."""
        request = Request(scope, receive)
        if request.method not in METHODS:
            raise ProblemError(405, "use GET or POST.", {"Allow": ", ".join(METHODS)})
        if request.method == "OPTIONS":
            await preflight(METHODS, _HEADERS)(scope, receive, send)
            return
        if request.method != "POST" and not request.url.query:
            described = await self._descriptions.service(request)
            await described(scope, receive, send)
            return
        try:
            async with asyncio.timeout(self._limits.request):
                parameters = await self._parameters(request)
        except TimeoutError:
            raise ProblemError(408, "the request did not come in.") from None
        except ClientDisconnect:
            return
        text = self._query(request, parameters)
        scope.setdefault("state", {})["query"] = text
        query_request = self._question(request, text, parameters)
        await while_connected(receive, self._answer(request, query_request, send))

    async def _parameters(self, request: Request) -> _Parameters:
        """Return the parameters of a request, whichever way they came (§2.1.1 to §2.1.3)."""
        parameters = parsed(request.url.query)
        if request.method != "POST":
            return parameters
        media_type, charset = _content_type(request)
        if media_type not in (FORM, DIRECT) or charset not in ("", "utf-8", "us-ascii"):
            types = f"{DIRECT}, {FORM}"
            raise ProblemError(415, "send {types}, in UTF-8.", {"Accept": types}, types=types)
        body = await self._body(request)
        if media_type == FORM:
            return parameters + parsed(body)
        if _values(parameters, "query"):
            raise ProblemError(400, "there is a query in the body and one in the URL.")
        return [*parameters, ("query", body)]

    def _query(self, request: Request, parameters: _Parameters) -> str:
        """Return the text of the one query in a request."""
        if _values(parameters, "update"):
            raise ProblemError(400, "this endpoint answers queries; it takes no updates.")
        queries = _values(parameters, "query")
        if len(queries) != 1:
            raise ProblemError(400, "there are {number} queries; ask one.", number=len(queries))
        if len(queries[0].encode()) > self._limits.query:
            status = 413 if request.method == "POST" else 414
            raise ProblemError(status, _LONGEST, limit=f"{self._limits.query:,}")
        return queries[0]

    async def _body(self, request: Request) -> str:
        """Read a body of at most what a query of the greatest size takes, percent-encoded."""
        most = f"{self._limits.query:,}"
        refusal = ProblemError(413, _LONGEST, {"Connection": "close"}, limit=most)
        return decoded(await read_body(request, 3 * self._limits.query + 1024, refusal))

    def _question(self, request: Request, text: str, parameters: _Parameters) -> QueryRequest:
        try:
            check_complexity(text, self._limits)
        except QueryError as error:
            raise ProblemError(400, str(error)) from None
        accept = _accepted(request, parameters)
        rows, graph = choose(accept, ROWS), choose(accept, GRAPHS)
        if rows is None and graph is None:
            raise not_acceptable([*ROWS, *GRAPHS])
        return QueryRequest(
            text,
            self._descriptions.address,
            # An empty one chooses nothing: forms send it.
            tuple(filter(None, _values(parameters, "default-graph-uri"))),
            tuple(filter(None, _values(parameters, "named-graph-uri"))),
            rows,
            graph,
            whole=request.scope["http_version"] == "1.0",
            lang=language(request),
        )

    async def _answer(self, request: Request, query_request: QueryRequest, send: Send) -> None:
        headers = self._validators(request, query_request)
        known = request.headers.get("if-none-match", "")
        if "ETag" in headers and headers["ETag"] in known:
            await Response(status_code=304, headers=headers)(request.scope, request.receive, send)
            return
        try:
            client = self._clients.find(request)
            async with self._pool.answer(query_request, client) as answer:
                if answer.head.status != 200:
                    headers = {}
                headers["Content-Type"] = answer.head.media_type
                if answer.head.length is None:
                    await self._stream(answer, headers, send)
                    return
                body = await answer.whole(answer.head.length)
                response = Response(body, answer.head.status, headers)
        except (BusyError, BrokenOffError) as error:
            raise unanswered(error, self._limits) from None
        await response(request.scope, request.receive, send)

    async def _stream(self, answer: WorkerResponse, headers: dict[str, str], send: Send) -> None:
        """Send an answer as it comes; if it is cut, return without having ended it.

        The server then closes the connection without the last chunk, which clients take for
        the failure that it is (RFC 9112 §8).
        """
        raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]
        await send({"type": "http.response.start", "status": 200, "headers": raw})
        try:
            async with asyncio.timeout(self._limits.seconds + _GRACE):
                async for part in answer.parts():
                    await send({"type": "http.response.body", "body": part, "more_body": True})
        except (BrokenOffError, TimeoutError):
            return
        await send({"type": "http.response.body", "body": b"", "more_body": False})

    def _validators(self, request: Request, query_request: QueryRequest) -> dict[str, str]:
        """Name the answer, which stays the same while the graph does, if it does.

        The name is weak (RFC 9110 §8.8.1): the order of rows may differ.
        """
        if request.method == "POST" or _VOLATILE.search(with_codepoints(query_request.text)):
            return {"Cache-Control": "no-store"}
        parts = (self._pool.graph.digest, *astuple(replace(query_request, lang="en")))
        digest = hashlib.sha256("\0".join(map(str, parts)).encode()).hexdigest()
        return {"ETag": f'W/"{digest[:32]}"', "Cache-Control": _KEEP}


def _content_type(request: Request) -> tuple[str, str]:
    media_type, *parameters = request.headers.get("content-type", "").lower().split(";")
    pairs = (parameter.partition("=") for parameter in parameters)
    charsets = [value.strip().strip('"') for name, _, value in pairs if name.strip() == "charset"]
    return media_type.strip(), charsets[0] if charsets else ""


def _accepted(request: Request, parameters: _Parameters) -> str:
    """Return the media types that a request accepts.

    ``format`` or ``output`` in the address name one for clients that can set no header, such as
    spreadsheets.
    """
    named = _values(parameters, "format") + _values(parameters, "output")
    if not named:
        return ",".join(request.headers.getlist("accept"))
    name = named[0].lower()
    if name not in NAMES and name not in {*ROWS, *GRAPHS}:
        text = "there is no format {name}. Choose {names}."
        raise ProblemError(400, text, name=repr(name), names=", ".join(NAMES))
    return NAMES.get(name, name)


def _values(parameters: _Parameters, name: str) -> list[str]:
    return [value for known, value in parameters if known == name]


def parsed(text: str) -> _Parameters:
    """Return the parameters of a URL or a form.

    Raises:
        ProblemError: if they are too many, or not UTF-8.
    """
    try:
        return parse_qsl(text, keep_blank_values=True, errors="strict", max_num_fields=_PARAMETERS)
    except UnicodeDecodeError:
        raise ProblemError(400, "the query is not UTF-8.") from None
    except ValueError:
        raise ProblemError(
            400, "there are more than {limit} parameters.", limit=_PARAMETERS
        ) from None


def decoded(body: bytes) -> str:
    """Return a body as text.

    Raises:
        ProblemError: if it is not UTF-8.
    """
    try:
        return body.decode()
    except UnicodeDecodeError:
        raise ProblemError(400, "the query is not UTF-8.") from None
