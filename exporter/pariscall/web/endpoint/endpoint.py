"""The endpoint as one thing to be opened, announced and run."""

from __future__ import annotations

import logging
import os
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn

from ...errors import MisuseError
from .app import application, routes
from .fork_server import GraphSource
from .limits import EndpointLimits
from .pool import WorkerPool
from .timeouts import IdleTimeoutProtocol

_FAREWELL = 3  # seconds that answers under way are given at the end


class Endpoint:
    """A socket that listens and a worker pool that is ready; ``run`` brings them together."""

    def __init__(self, listening: socket.socket, pool: WorkerPool, app: uvicorn.Server) -> None:
        host, port = listening.getsockname()[:2]
        self.address = _address(host, port)
        self.graph = pool.graph
        self._listening = listening
        self._server = app

    def run(self) -> None:
        """Answer requests until the process is told to end by SIGINT or SIGTERM."""
        self._server.run(sockets=[self._listening])


@contextmanager
def open_endpoint(  # noqa: PLR0913 one for each thing a keeper decides
    host: str,
    port: int,
    limits: EndpointLimits,
    source: GraphSource,
    *,
    url: str | None = None,
    site: Path | None = None,
) -> Iterator[Endpoint]:
    """Take the port, load the graph, and leave neither behind.

    Args:
        host: name or address to listen at.
        port: 0 for any that is free.
        limits: what one stranger may take.
        source: the graph to serve.
        url: address under which the world knows the server, if it is another.
        site: folder of a site to give out with it.

    Raises:
        MisuseError: if the port cannot be taken, or nothing is known of the registry on that day.
        UnreadableError: if the graph cannot be loaded.
    """
    with _listen(host, port) as listening:
        pool = WorkerPool(source, limits)
        try:
            pool.start()
            known = (url or _address(host, listening.getsockname()[1])).rstrip("/")
            ours = routes(pool, limits, known, site, is_bundled=not source.files)
            server = uvicorn.Server(_configuration(application(pool, ours), limits))
            yield Endpoint(listening, pool, server)
        finally:
            pool.stop()


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family)
    except OSError as error:
        known = (error.errno or 0) > 0
        reason = os.strerror(error.errno or 0) if known else error.strerror
        raise MisuseError(f"cannot listen at {host} port {port}: {reason}.") from None


def _address(host: str, port: int) -> str:
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def _configuration(app: object, limits: EndpointLimits) -> uvicorn.Config:
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL + 1)  # the access log says it all
    return uvicorn.Config(
        app,  # type: ignore[arg-type]
        http=IdleTimeoutProtocol,
        ws="none",
        loop="asyncio",
        lifespan="on",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        limit_concurrency=limits.connections,
        timeout_graceful_shutdown=_FAREWELL,
        h11_max_incomplete_event_size=4 * limits.query,
    )
