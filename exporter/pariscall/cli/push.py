"""The command ``pariscall push``."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from .options import summary_options

if TYPE_CHECKING:
    from .reporter import Reporter

_GRAPHS = """\b
Example:
  pariscall push http://127.0.0.1:7878/store

\b
The graphs: the data below the base of the project, the others below https://w3id.org/mscall/:
  dataset/NAME         the data
  ns, ns/align, code   the ontology, its alignments, the code lists
  shapes/NAME          the shapes, a graph for each set
"""


@dataclass(frozen=True)
class PushSummary:
    """What a store holds as it was released."""

    version: str
    graphs: int
    triples: int
    seconds: float


@click.command(epilog=_GRAPHS)
@click.argument("endpoint")
@click.option(
    "--release",
    "folder",
    type=click.Path(path_type=Path),
    metavar="DIR",
    help="Folder of the release.  [default: the newest in build/releases]",
)
@click.option("--update", is_flag=True, help="ENDPOINT takes SPARQL 1.1 Update.")
@click.option("--query", "query_url", metavar="URL", help="URL for SPARQL queries, with --update.")
@click.option(
    "--in-parts",
    is_flag=True,
    help="Send large graphs in parts, and only what the store lacks: a push that was cut goes on.",
)
@summary_options
def push(  # noqa: PLR0913 one for each option
    endpoint: str,
    folder: Path | None,
    query_url: str | None,
    *,
    update: bool,
    in_parts: bool,
    reporter: Reporter,
) -> None:
    """Load a release into a triple store and read it back.

    ENDPOINT is the URL of a SPARQL 1.1 Graph Store, or with --update of SPARQL 1.1 Update. Each
    graph replaces the graph of the same name. The checksums of the release are checked before
    anything is sent. Each graph is then read back and compared with its file, triple by triple.
    The exit code is 1 if the store lost or altered a triple.

    PARISCALL_USER and PARISCALL_PASSWORD (Basic or Digest), or PARISCALL_TOKEN (Bearer), are sent
    if the store asks for them, to no other host, and over http to this machine only.
    """
    from ..publish.push.open import open_store
    from ..publish.push.push import push as load
    from ..publish.push.release_graphs import find_newest, read_graphs
    from ..publish.release.manifest import read_manifest

    store = open_store(
        endpoint,
        os.environ,
        query_url,
        update=update,
        progress=reporter.progress,
    )
    folder = folder or find_newest(Path("build/releases"))
    found = load(read_graphs(folder), store, progress=reporter.progress, in_parts=in_parts)
    version = read_manifest(folder).version
    reporter.finish(
        endpoint,
        PushSummary(version, found.graphs, found.triples, reporter.seconds),
        f"{endpoint}: {found.graphs} graphs, {found.triples:,} triples of {version}",
    )
