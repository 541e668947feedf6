"""A cache of the bundled graph on disk, so that a second query does not build it again.

The name of an entry is a hash of everything that it is made from, so it is never out of date. An
entry is built under a temporary name and renamed, so it is never incomplete. If no entry can be
written, the graph is built in memory each time.
"""

from __future__ import annotations

import hashlib
import shutil
from datetime import date
from pathlib import Path

import pyoxigraph
from pyoxigraph import Store

from .. import __version__, bundle
from ..errors import OutputError
from ..io.atomic import exclusive, staged_folder
from ..io.cache import cache_folder
from ..project import current
from ..tables.csvw import TABLES, metadata_file
from ..tables.graph import TableGraph
from .loading import load_graph

_KEPT_ENTRIES = 4


def cached_store(as_of: date | None = None) -> Store:
    """Return the bundled graph, as of a date if one is given, from the cache.

    The first call writes it there.

    Raises:
        TableError: if the tables cannot be read or break their description.
        MisuseError: if nothing is known of the registry on that date.
    """
    entry = cache_folder("graphs") / _key(as_of)
    if entry.is_dir():
        try:
            return Store.read_only(str(entry))
        except (OSError, RuntimeError):
            shutil.rmtree(entry, ignore_errors=True)
    graph = TableGraph(TABLES, as_of)
    try:
        _keep(graph, entry)
        return Store.read_only(str(entry))
    except (OSError, RuntimeError, OutputError):
        store = Store()
        load_graph(store, graph)
        return store


def _key(as_of: date | None) -> str:
    digest = hashlib.sha256(f"{__version__} {pyoxigraph.__version__} {as_of}".encode())
    metadata = metadata_file(TABLES)
    for path in [
        bundle.ONTOLOGY,
        bundle.CODES,
        current().file,
        metadata,
        *sorted([*TABLES.glob("*.csv"), *TABLES.glob("*.tsv")]),
    ]:
        digest.update(f"{path.name}\0{path.stat().st_size}\0".encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()[:32]


def _keep(graph: TableGraph, entry: Path) -> None:
    with exclusive(entry.parent):
        with staged_folder(entry) as aside:
            on_disk = Store(str(aside))
            load_graph(on_disk, graph)
            on_disk.flush()
            del on_disk
        entries = sorted(entry.parent.iterdir(), key=lambda path: path.stat().st_mtime)
        for old in entries[:-_KEPT_ENTRIES]:
            shutil.rmtree(old, ignore_errors=True)
