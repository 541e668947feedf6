"""The documents of the graph, served with content negotiation where there is no site.

As on the site, the IRI of a resource redirects to its document, in RDF or as a plain page. A worker
writes the document from the graph, so that no document takes more time or memory than a query.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping

from starlette.requests import Request
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from ... import bundle
from ..routes.negotiation import accepts_gzip, content_type
from ..routes.preferences import PAGE_SUFFIXES, TYPES
from ..routes.routes import find_route
from ..site.documents import PROJECT
from .cors import preflight
from .files import is_known
from .limits import EndpointLimits
from .pages import HEADERS, KEEP, METHODS, alternates, see_other, split_suffix
from .pool import BrokenOffError, WorkerPool
from .problems import ProblemError, unanswered
from .turns import BusyError
from .worker import DocumentRequest

_CONTEXT = f"context/{bundle.CONTEXT.name.removeprefix('context-')}"
_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


class LinkedData:
    """The documents of a graph: an ASGI application for all other paths.

    ``prefix`` is the path of the server's public URL, and ``pages`` as for ``Documents``.
    """

    def __init__(
        self,
        pool: WorkerPool,
        limits: EndpointLimits,
        prefix: str,
        *,
        is_bundled: bool,
        pages: Mapping[str, str] = PAGE_SUFFIXES,
    ) -> None:
        self._pages = pages
        self._pool = pool
        self._limits = limits
        self._prefix = prefix
        self._context = bundle.CONTEXT.read_bytes() if is_bundled else None

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle a request."""
        request = Request(scope, receive)
        if request.method not in METHODS:
            raise ProblemError(405, "use GET.", {"Allow": ", ".join(METHODS)})
        is_asking = request.method == "OPTIONS"
        response = preflight(METHODS, HEADERS) if is_asking else await self._answer(request)
        await response(scope, receive, send)

    async def _answer(self, request: Request) -> Response:
        path = request.scope["path"].removeprefix("/")
        known = self._pool.graph.documents
        name, suffix = split_suffix(path, self._pages)
        if suffix and name in known:
            return await self._document(name, suffix, request)
        if path == _CONTEXT and self._context:
            headers = {"Content-Type": "application/ld+json", "Cache-Control": KEEP}
            return Response(self._context, headers=headers)
        target = find_route(path)
        document = target.document if target else path
        if document in known and (target or path != PROJECT):
            fragment = target.fragment if target else ""
            return see_other(request, document, fragment, self._prefix, self._pages)
        raise ProblemError(404, "nothing is described here.")

    async def _document(self, name: str, suffix: str, request: Request) -> Response:
        is_compressed = accepts_gzip(",".join(request.headers.getlist("accept-encoding")))
        headers = {
            "Content-Type": content_type(TYPES[suffix]),
            "Content-Security-Policy": _POLICY,
            "Cache-Control": KEEP,
            "ETag": self._tag(name, suffix, is_compressed=is_compressed),
            "Link": alternates(name, self._prefix, suffix),
            "Vary": "Accept-Encoding",
        }
        if is_known(request.headers, headers["ETag"]):
            return Response(status_code=304, headers=headers)
        try:
            async with self._pool.answer(DocumentRequest(name, suffix, is_compressed)) as answer:
                content = await answer.whole(answer.head.length or 0)
        except (BusyError, BrokenOffError) as error:
            raise unanswered(error, self._limits) from None
        if is_compressed:
            headers["Content-Encoding"] = "gzip"
        return Response(content, headers=headers)

    def _tag(self, name: str, suffix: str, *, is_compressed: bool) -> str:
        """Name the bytes of a document, which stay the same while the graph does."""
        parts = (self._pool.graph.digest, name, suffix)
        digest = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
        return f'"{digest}-gzip"' if is_compressed else f'"{digest}"'
