"""The ASGI application: its routes, and the worker pool that lives as long as it does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path

from starlette.applications import Starlette
from starlette.routing import BaseRoute, Mount, Route
from starlette.types import ASGIApp

from .access_log import AccessLog
from .description import Descriptions
from .limits import EndpointLimits
from .pages import Documents
from .pool import WorkerPool
from .sparql_protocol import Sparql


def routes(
    pool: WorkerPool,
    limits: EndpointLimits,
    url: str,
    site: Path | None = None,
    *,
    is_bundled: bool,
) -> list[BaseRoute]:
    """Return the routes of the endpoint and, if there is one, of the site.

    ``url`` is the public URL of the server.
    """
    has_page = site is not None and (site / "sparql.html").is_file()
    descriptions = Descriptions(pool, limits, url, is_bundled=is_bundled, has_page=has_page)
    documents: list[BaseRoute] = [Mount("", Documents(site))] if site else []
    return [
        Route("/sparql", Sparql(pool, limits, descriptions)),
        Route("/.well-known/void", descriptions.void),
        Route("/health", descriptions.health),
        *documents,
    ]


def application(pool: WorkerPool, routes: list[BaseRoute]) -> ASGIApp:
    """Return an application that keeps the worker pool alive while it runs."""

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        supervision = asyncio.create_task(pool.supervise())
        try:
            yield
        finally:
            supervision.cancel()
            with suppress(asyncio.CancelledError):
                await supervision

    app = Starlette(routes=routes, lifespan=lifespan)
    app.router.redirect_slashes = False  # a redirect would trust the Host header of the client
    return AccessLog(app)
