"""The endpoint: open its socket and its worker pool, then run."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path

import uvicorn

from ...errors import MisuseError
from ...project import Project
from .app import application
from .clients import Clients
from .connections import Connections, affordable
from .fork_server import GraphSource
from .http_protocol import HttpProtocol
from .limits import EndpointLimits
from .pool import WorkerPool
from .several import Part

_BACKLOG = 128  # connections that the kernel keeps until they are accepted
_FAREWELL = 3  # seconds that running responses get at shutdown


class Endpoint:
    """A listening socket and a worker pool that has loaded its graph."""

    def __init__(self, listening: socket.socket, pool: WorkerPool, app: uvicorn.Server) -> None:
        host, port = listening.getsockname()[:2]
        self.address = _address(host, port)
        self.graph = pool.graph
        self._listening = listening
        self._server = app

    def run(self) -> None:
        """Handle requests until SIGINT or SIGTERM."""
        self._server.run(sockets=[self._listening])


@contextmanager
def open_endpoint(  # noqa: PLR0913 one for each setting
    host: str,
    port: int,
    limits: EndpointLimits,
    source: GraphSource,
    *,
    url: str | None = None,
    client_header: str | None = None,
    site: Path | None = None,
    projects: Sequence[Project] = (),
) -> Iterator[Endpoint]:
    """Open the port and load the graph; both are released at the end.

    Args:
        host: name or address to listen on.
        port: 0 for any free port.
        limits: what one client may use.
        source: the graph to serve.
        url: public URL of the server, if it is behind a proxy.
        client_header: header in which a proxy on this machine names its client.
        site: folder of a site to serve as well.
        projects: those of the graph, if there are several.

    Raises:
        MisuseError: if the port cannot be opened, or the registry is unknown on that date.
        UnreadableError: if the graph cannot be loaded.
    """
    with _listen(host, port) as listening:
        known = (url or _address(host, listening.getsockname()[1])).rstrip("/")
        is_bundled = not source.files
        pool = WorkerPool(source, limits, known, is_matched=is_bundled)
        parts = [
            Part(project, None if site else _pool_of(project, source, limits, known))
            for project in projects
        ]
        with ExitStack() as started:
            for each in (pool, *(part.pool for part in parts if part.pool)):
                started.callback(each.stop)
                each.start()
            clients = Clients(client_header, is_proxied=url is not None)
            app = application(
                pool, limits, known, clients, site, is_bundled=is_bundled, parts=parts
            )
            server = uvicorn.Server(_configuration(app, limits, is_proxied=url is not None))
            yield Endpoint(listening, pool, server)


def _pool_of(project: Project, source: GraphSource, limits: EndpointLimits, url: str) -> WorkerPool:
    """Return the pool for the documents of one of several projects."""
    return WorkerPool(GraphSource(as_of=source.as_of), limits, f"{url}/{project.slug}", project)


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        listening = socket.create_server((host, port), family=family)
    except OSError as error:
        known = (error.errno or 0) > 0
        reason = os.strerror(error.errno or 0) if known else error.strerror
        raise MisuseError(f"cannot listen at {host} port {port}: {reason}.") from None
    # Else the end of an answer waits until the client confirms its beginning, 40 ms later:
    # asyncio sets this only where a socket names its protocol, which Python's servers do not.
    listening.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return listening


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _configuration(app: object, limits: EndpointLimits, *, is_proxied: bool) -> uvicorn.Config:
    most = affordable(limits.connections)
    # All connections of a proxy come from one address.
    connections = Connections(most, most if is_proxied else min(most, limits.per_address))
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL + 1)  # the access log has all of it
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        http=partial(HttpProtocol, connections, limits),  # type: ignore[arg-type]
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        backlog=_BACKLOG,
        timeout_graceful_shutdown=_FAREWELL,
        h11_max_incomplete_event_size=4 * limits.query,
    )
