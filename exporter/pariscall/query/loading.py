"""Loading of the published graph: data, ontology and code lists."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import Quad, Store

from ..rdf.namespaces import PREFIXES
from ..rdf.vocabulary import vocabulary
from ..tables.csvw import TABLES
from ..tables.graph import TableGraph

if TYPE_CHECKING:
    import rdflib


def read_store(folder: Path = TABLES, as_of: date | None = None) -> Store:
    """Return a store of the tables, as of a date if one is given, the ontology and the code lists.

    Raises:
        TableError: if the tables cannot be read or break their description.
        MisuseError: if nothing is known of the registry on that date.
    """
    store = Store()
    store.bulk_extend(read_graph(folder, as_of))
    return store


def read_graph(folder: Path = TABLES, as_of: date | None = None) -> list[Quad]:
    """Return the triples that ``read_store`` stores.

    Raises:
        TableError, MisuseError: as ``read_store``.
    """
    return [*vocabulary(), *TableGraph(folder, as_of).quads()]


def read_rdflib_graph(folder: Path = TABLES, as_of: date | None = None) -> rdflib.Graph:
    """Return what ``read_store`` returns, as an rdflib graph that is stored in Oxigraph.

    Raises:
        TableError, MisuseError: as ``read_store``.
    """
    import rdflib
    from rdflib.graph import DATASET_DEFAULT_GRAPH_ID

    from .rdflib_store import PlainTextStore

    store = PlainTextStore(store=read_store(folder, as_of))
    graph = rdflib.Graph(store=store, identifier=DATASET_DEFAULT_GRAPH_ID)
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    return graph
