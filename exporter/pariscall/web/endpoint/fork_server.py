"""The fork server: a single-threaded process that holds the graph and forks workers.

The ``WorkerPool`` runs it as ``python -m pariscall.web.endpoint.fork_server FD ORDER``. For each
query the pool sends one byte and two sockets over the socket FD. The first socket goes to a
worker. The second, the control socket, stays here: the worker is killed when the pool shuts
it down, and the ``ExitReason`` is written to it when the work on the query has ended.
"""

from __future__ import annotations

import gc
import hashlib
import json
import resource
import signal
import socket
import sys
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from pyoxigraph import DefaultGraph

from ...errors import PariscallError
from ...io.watchdog import limit_resource
from ...projects import find_projects
from ...query.dataset import Dataset, read_dataset
from ...query.loading import read_store
from ...query.matching import Matcher
from ...query.union import read_union
from ...rdf.reader import InputOptions
from ...rdf.statistics import count
from . import document, worker
from .dispatcher import Dispatcher
from .graph_documents import GraphDocuments, read_documents
from .limits import EndpointLimits
from .reconciler import Reconciler
from .sandbox import OPEN_FILES, cut_network


@dataclass(frozen=True)
class GraphSource:
    """The graph to serve: RDF files, or that of the project, as of a date if there is one.

    Dates are written ``YYYY-MM-DD``. ``projects`` are the folders of several whose graphs are one,
    and ``mappings`` the files that say which of their parties are.
    """

    files: tuple[str, ...] = ()
    as_of: str | None = None
    data_format: str | None = None
    allow_network: bool = False
    projects: tuple[str, ...] = ()
    mappings: tuple[str, ...] = ()


def main() -> None:
    """Load the graph, describe it to the pool, and serve queries."""
    signal.signal(signal.SIGPIPE, signal.SIG_IGN)
    control = socket.socket(fileno=int(sys.argv[1]))
    order = json.loads(sys.argv[2])
    limit_resource(resource.RLIMIT_NOFILE, OPEN_FILES)
    try:
        source = GraphSource(**order["source"])
        served = _load(source, order["url"], is_matched=order["is_matched"])
    except PariscallError as error:
        _say(control, {"problem": str(error), "exit_code": error.exit_code})
        return
    _say(control, {**_describe(served), "is_cut_off": cut_network()})
    gc.freeze()  # so that workers share these pages of memory
    Dispatcher(control, served, EndpointLimits(**order["limits"])).run()


def _load(source: GraphSource, url: str, *, is_matched: bool) -> worker.Served:
    dataset = _read(source)
    document.template()
    documents = (
        GraphDocuments(dataset.store)  # each project has a server for its documents
        if source.projects
        else read_documents(dataset.store, url, is_bundled=not source.files)
    )
    reconciler = Reconciler(Matcher()) if is_matched else None
    return worker.Served(dataset, documents, url, reconciler)


def _read(source: GraphSource) -> Dataset:
    if source.files:
        return read_dataset(source.files, InputOptions(source.data_format, source.allow_network))
    day = date.fromisoformat(source.as_of) if source.as_of else None
    if source.projects:
        projects = find_projects([Path(folder) for folder in source.projects])
        return read_union(projects, day, [Path(file) for file in source.mappings]).dataset
    return Dataset(read_store(as_of=day))


def _describe(served: worker.Served) -> dict[str, Any]:
    store = served.dataset.store
    digest = hashlib.sha256()
    for line in sorted(str(quad) for quad in store):
        digest.update(line.encode())
    default = store.quads_for_pattern(None, None, None, DefaultGraph())
    return {
        "digest": digest.hexdigest(),
        "statistics": asdict(count(default)),
        "documents": served.documents.names,
    }


def _say(control: socket.socket, message: dict[str, Any]) -> None:
    control.sendall(json.dumps(message).encode() + b"\n")


if __name__ == "__main__":
    main()
