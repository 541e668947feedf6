"""The Reconciliation Service API, with which OpenRefine matches lists with ours.

Implements https://www.w3.org/community/reports/reconciliation/CG-FINAL-specs-0.2-20230410/: manifest,
queries, suggestions, previews and data extension. Of the draft of 1.0, ``POST /reconcile/match`` is answered.
What is looked up is looked up by a worker, in the turns of queries; only what never changes is answered here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Mapping
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from ...project import current, in_language
from ...rdf.namespaces import BASE, MSC
from .clients import Clients
from .cors import preflight
from .incoming import read_body, while_connected
from .limits import EndpointLimits
from .pool import BrokenOffError, WorkerPool
from .problems import ProblemError, language, unanswered
from .reconciler import KIND_NAMES, MOST, PROPERTIES, ReconcileRequest, named
from .sparql_protocol import decoded, parsed
from .turns import BusyError

_LARGEST = 256 * 1024  # bytes of a request
_METHODS = ("GET", "POST", "OPTIONS")
_HEADERS = "Accept, Content-Type"

_Read = Callable[[Request], Coroutine[Any, Any, "Response | tuple[str, str]"]]


class Reconciliation:
    """The routes of the service at a URL."""

    def __init__(
        self, pool: WorkerPool, limits: EndpointLimits, url: str, clients: Clients
    ) -> None:
        self._pool = pool
        self._limits = limits
        self._url = url
        self._clients = clients

    def routes(self) -> list[Route]:
        """Return the routes of the service."""
        return [
            Route("/reconcile", self._app(self._service)),
            Route("/reconcile/match", self._app(_read_match, ("POST", "OPTIONS"))),
            Route("/reconcile/suggest/{what}", self._app(_read_suggestion)),
            Route("/reconcile/preview", self._app(_read_preview)),
            Route("/reconcile/properties", self._app(_read_properties)),
        ]

    def _app(self, read: _Read, methods: tuple[str, ...] = _METHODS) -> ASGIApp:
        """Return what answers requests: with a response, or with what a worker says to what is read."""
        return _Answering(self._pool, self._limits, self._clients, read, methods)

    async def _service(self, request: Request) -> Response | tuple[str, str]:
        """Return the manifest, or what is asked for: the answers to queries or values of properties."""
        values = dict(parsed(request.url.query))
        if request.method == "POST":
            values |= dict(parsed(await _body(request)))
        for what in ("queries", "extend"):
            if what in values:
                return what, values[what]
        return JSONResponse(self._manifest())

    def _manifest(self) -> Mapping[str, Any]:
        service = {"service_url": self._url}
        return {
            "versions": ["0.1", "0.2"],
            "name": in_language(current().name, "en"),
            "identifierSpace": BASE,
            "schemaSpace": MSC,
            "defaultTypes": [named(kind, name) for kind, name in KIND_NAMES.items()],
            "view": {"url": BASE + "{{id}}"},
            "preview": {
                "url": f"{self._url}/reconcile/preview?id={{{{id}}}}",
                "width": 400,
                "height": 240,
            },
            "suggest": {
                what: {**service, "service_path": f"/reconcile/suggest/{what}"}
                for what in ("entity", "type", "property")
            },
            "extend": {
                "propose_properties": {**service, "service_path": "/reconcile/properties"},
                "property_settings": [],
            },
            "batchSize": MOST,
        }


class _Answering:
    """An ASGI application for one path, which stops working on a request when the client goes."""

    def __init__(
        self,
        pool: WorkerPool,
        limits: EndpointLimits,
        clients: Clients,
        read: _Read,
        methods: tuple[str, ...],
    ) -> None:
        self._pool = pool
        self._limits = limits
        self._clients = clients
        self._read = read
        self._methods = methods

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer a request."""
        request = Request(scope, receive)
        if request.method == "OPTIONS":
            await preflight(self._methods, _HEADERS)(scope, receive, send)
            return
        if request.method not in (*self._methods, "HEAD"):
            raise ProblemError(405, "use GET or POST.", {"Allow": ", ".join(self._methods)})
        try:
            async with asyncio.timeout(self._limits.request):
                asked = await self._read(request)
        except TimeoutError:
            raise ProblemError(408, "the request did not come in.") from None
        except ClientDisconnect:
            return
        if isinstance(asked, Response):
            await asked(scope, receive, send)
        else:
            order = ReconcileRequest(*asked, lang=language(request))
            await while_connected(receive, self._answer(request, order, send))

    async def _answer(self, request: Request, order: ReconcileRequest, send: Send) -> None:
        try:
            async with self._pool.answer(order, self._clients.find(request)) as answer:
                body = await answer.whole(answer.head.length or 0)
                head = answer.head
        except (BusyError, BrokenOffError) as error:
            raise unanswered(error, self._limits) from None
        headers = {"Content-Type": head.media_type, "Cache-Control": "no-store"}
        if order.what == "preview":
            headers["Content-Security-Policy"] = "default-src 'none'"
        await Response(body, head.status, headers)(request.scope, request.receive, send)


async def _read_match(request: Request) -> tuple[str, str]:
    return "match", await _body(request)


async def _read_preview(request: Request) -> tuple[str, str]:
    return "preview", _value(request, "id")


async def _read_suggestion(request: Request) -> Response | tuple[str, str]:
    """Return what begins like ``prefix``: entities are asked for, types and properties are few."""
    prefix = _value(request, "prefix")
    what = request.path_params["what"]
    if what == "entity":
        return "entity", prefix
    if what not in ("type", "property"):
        raise ProblemError(404, "nothing is described here.")
    names = KIND_NAMES if what == "type" else PROPERTIES
    begin = prefix.casefold()
    found = [named(i, name) for i, name in names.items() if name.casefold().startswith(begin)]
    return JSONResponse({"result": found})


async def _read_properties(request: Request) -> Response:
    """Return the properties that can be asked for of a type."""
    kind = _value(request, "type") or "party"
    names = [named(key, name) for key, name in PROPERTIES.items()]
    return JSONResponse({"type": kind, "properties": names if kind == "party" else []})


def _value(request: Request, name: str) -> str:
    return dict(parsed(request.url.query)).get(name, "")


async def _body(request: Request) -> str:
    """Read a body, which has a bounded size."""
    text = "a request has {limit} bytes at most."
    refusal = ProblemError(413, text, {"Connection": "close"}, limit=f"{_LARGEST:,}")
    return decoded(await read_body(request, _LARGEST, refusal))
