"""The ASGI application: its routes, and the worker pool that lives as long as it does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from urllib.parse import urlsplit

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Route
from starlette.types import ASGIApp

from ...project import current
from .access_log import AccessLog, log_fault
from .clients import Clients
from .description import Descriptions
from .limits import EndpointLimits
from .linked_data import LinkedData
from .pages import Documents
from .pool import WorkerPool
from .problems import respond
from .reconciliation import Reconciliation
from .request_limits import RequestLimits
from .several import Part, Several
from .sparql_protocol import Sparql


def application(  # noqa: PLR0913 one for each part
    pool: WorkerPool,
    limits: EndpointLimits,
    url: str,
    clients: Clients,
    site: Path | None = None,
    *,
    is_bundled: bool,
    parts: Sequence[Part] = (),
) -> ASGIApp:
    """Return an application that keeps the worker pools alive while it runs.

    ``url`` is the public URL of the server; a proxy may leave its path in requests or not.
    ``parts`` are the projects, if there are several.
    """
    prefix = urlsplit(url).path
    has_page = site is not None and (site / "sparql.html").is_file()
    projects = [part.project for part in parts] or ([current()] if is_bundled else [])
    descriptions = Descriptions(pool, limits, url, projects=projects, has_page=has_page)
    routes = [
        Route("/sparql", Sparql(pool, limits, descriptions, clients)),
        Route("/.well-known/void", descriptions.void),
        Route("/health", descriptions.health),
        *(Reconciliation(pool, limits, url, clients).routes() if is_bundled else ()),
    ]
    app = Starlette(
        routes=routes,
        lifespan=lambda _app: _running([pool, *(part.pool for part in parts if part.pool)]),
        exception_handlers={HTTPException: respond},
    )
    app.router.redirect_slashes = False  # a redirect would trust the Host header of the client
    if parts:
        app.router.default = Several(parts, limits, prefix, site)
    elif site:
        app.router.default = Documents(site, prefix)
    else:
        app.router.default = LinkedData(pool, limits, prefix, is_bundled=is_bundled)
    return AccessLog(RequestLimits(app, limits, prefix))


@asynccontextmanager
async def _running(pools: Sequence[WorkerPool]) -> AsyncIterator[None]:
    asyncio.get_running_loop().set_exception_handler(log_fault)
    supervisions = [asyncio.create_task(pool.supervise()) for pool in pools]
    try:
        yield
    finally:
        for supervision in supervisions:
            supervision.cancel()
            with suppress(asyncio.CancelledError):
                await supervision
