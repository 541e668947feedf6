"""The command ``pariscall serve``."""

from __future__ import annotations

import logging
import os
import re
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import click

from ..errors import MisuseError, relative
from .options import (
    as_of_option,
    data_format_option,
    data_option,
    example,
    mappings_option,
    network_option,
    projects_argument,
    refuse_two_graphs,
    refuse_without_several,
)
from .screen import echo

if TYPE_CHECKING:
    from ..project import Project

_SITE = Path("build/site")
_URL = re.compile(r"[A-Za-z0-9:/\[\]._~%-]+")


@click.command(
    epilog=example(
        "pariscall serve --port 8123 --site build/site", "pariscall serve paris-call ../charter"
    )
)
@projects_argument
@click.option("--host", default="127.0.0.1", show_default=True, help="Address to listen on.")
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=8123,
    show_default=True,
    help="Port to listen on; 0 for any free port.",
)
@click.option(
    "--url",
    help="Public URL of the server behind a proxy, with its path.  [default: http://HOST:PORT]",
)
@data_option
@data_format_option
@network_option
@as_of_option
@mappings_option
@click.option(
    "--site",
    type=click.Path(path_type=Path),
    metavar="FOLDER",
    help="Site to serve, as 'pariscall site' writes it.  [default: build/site, if it exists]",
)
@click.option(
    "--timeout",
    type=click.FloatRange(min=0.1),
    default=10,
    show_default=True,
    help="Seconds after which a query is killed.",
)
@click.option(
    "--memory",
    type=click.IntRange(min=256),
    default=1024,
    show_default=True,
    help="Megabytes of memory that a query may use.",
)
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="Queries that run at the same time.  [default: the number of cores]",
)
@click.option(
    "--per-client",
    type=click.IntRange(min=1),
    help="Of these, queries of one client.  [default: half of them]",
)
@click.option(
    "--client-header",
    metavar="NAME",
    help="Header in which a proxy on this machine names the client, such as X-Real-IP.",
)
@click.option(
    "--queue",
    type=click.IntRange(min=0),
    default=32,
    show_default=True,
    help="Queries that may wait for a worker.",
)
def serve(  # noqa: PLR0913 one for each option
    *,
    projects: tuple[Project, ...],
    mappings: tuple[Path, ...],
    host: str,
    port: int,
    url: str | None,
    files: tuple[str, ...],
    data_format: str | None,
    allow_network: bool,
    as_of: date | None,
    site: Path | None,
    timeout: float,
    memory: int,
    workers: int | None,
    per_client: int | None,
    client_header: str | None,
    queue: int,
) -> None:
    """Serve every IRI as linked data, and a public SPARQL endpoint.

    The path of each IRI below the base of the project redirects (303) to the document that
    describes it, in the requested format and language: from the site or, without one, as RDF and
    a plain page straight from the graph. /sparql is the endpoint;
    /.well-known/void and /health describe the graph and the server, and /reconcile is the service
    with which OpenRefine matches lists with the bundled names. The endpoint holds the bundled
    graph: the data, the ontology and the code lists. Each query runs in a separate process, which
    is killed when it exceeds its time or memory and can reach neither network nor files. The
    access log goes to standard error, one JSON object per line.

    A PROJECT is a folder with a file mscall.toml; paris-call is the bundled one. Of several, the
    endpoint holds the union, each also as the graph that its dataset names, and the paths of each
    are below its slug, as in /paris-call/actor/abb.

    Linux and macOS only.
    """
    if not hasattr(os, "fork"):
        raise MisuseError("each query runs in a forked process. Use Linux or macOS.")
    from ..io.extras import require

    require("pariscall serve", "serve")
    from ..web.endpoint.endpoint import open_endpoint
    from ..web.endpoint.fork_server import GraphSource
    from ..web.endpoint.limits import MIB, EndpointLimits

    _check_url(url)
    refuse_two_graphs(files, as_of)
    if "-" in files:
        raise MisuseError("standard input cannot be served: it is read once. Name a file.")
    if projects and files:
        raise click.UsageError("Name either projects or --data, not both.")
    refuse_without_several(projects, mappings)
    several = projects if len(projects) > 1 else ()
    logging.basicConfig(format="%(message)s", level=logging.INFO)
    limits = EndpointLimits(
        seconds=timeout,
        memory=memory * MIB,
        workers=workers or EndpointLimits.workers,
        per_client=per_client,
        queue=queue,
    )
    source = GraphSource(
        files,
        as_of.isoformat() if as_of else None,
        data_format,
        allow_network=allow_network,
        projects=tuple(str(project.file.parent) for project in several),
        mappings=tuple(map(str, mappings)),
    )
    folder = _find_site(site, several)
    with open_endpoint(
        host,
        port,
        limits,
        source,
        url=url,
        client_header=client_header,
        site=folder,
        projects=several,
    ) as endpoint:
        if not endpoint.graph.is_cut_off:
            echo(
                "The kernel does not cut queries off from the network; they still have no way "
                "to open a socket.",
                err=True,
            )
        echo(f"{endpoint.graph.statistics.triples:,} triples at {endpoint.address}/sparql")
        echo(f"{folder or 'documents from the graph'} at {endpoint.address}/")
        for project in several:
            echo(f"{project.base} at {endpoint.address}/{project.slug}/")
        endpoint.run()


def _check_url(url: str | None) -> None:
    if url is None:
        return
    with suppress(ValueError):
        parts = urlsplit(url)
        is_web = parts.scheme in ("http", "https") and parts.hostname
        if is_web and _URL.fullmatch(url) and not (parts.query or parts.fragment or parts.username):
            return
    raise MisuseError(
        f"{url!r} is not the URL of a server. Write it as in https://example.org/calls."
    )


def _find_site(named: Path | None, several: tuple[Project, ...]) -> Path | None:
    folder = named or _SITE
    folders = [folder, *(folder / project.slug for project in several)]
    missing = [each for each in folders if not (each / "index.html").is_file()]
    if not missing:
        return folder
    if named and several:
        names = " ".join(relative(project.file.parent) for project in several)
        raise MisuseError(
            f"{relative(missing[0])} is not a site. Make one with 'pariscall site {names}'."
        )
    if named:
        raise MisuseError(f"{relative(named)} is not a site. Make one with 'pariscall site'.")
    return None
