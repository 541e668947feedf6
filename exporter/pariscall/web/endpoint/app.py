"""The application: its routes, and the worker pool that runs for as long as it does."""

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
    """Give the routes of the endpoint and of the site, if there is one.

    ``url`` is the address under which the server is known.
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
    """Make an application of routes, which keeps the worker pool alive while it runs."""

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
    app.router.redirect_slashes = False  # that would trust the Host that a stranger names
    return AccessLog(app)
