"""Loading of the published graph: data, ontology and code lists."""

from __future__ import annotations

from datetime import date
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING

from pyoxigraph import RdfFormat, Store

from ..rdf.blank_nodes import Numbering
from ..rdf.namespaces import PREFIXES
from ..rdf.vocabulary import vocabulary
from ..tables.csvw import TABLES
from ..tables.graph import TableGraph

if TYPE_CHECKING:
    import rdflib

_AT_ONCE = 10_000  # documents, some 40 MB


def read_store(folder: Path = TABLES, as_of: date | None = None) -> Store:
    """Return a store of the tables, as of a date if one is given, the ontology and the code lists.

    Raises:
        TableError: if the tables cannot be read or break their description.
        MisuseError: if nothing is known of the registry on that date.
    """
    store = Store()
    load_graph(store, TableGraph(folder, as_of))
    return store


def load_graph(store: Store, graph: TableGraph) -> None:
    """Load the triples of a graph, the ontology and the code lists into a store."""
    store.bulk_extend(Numbering().numbered(vocabulary()))
    documents = graph.documents()
    while lines := "".join([each.ntriples() for each in islice(documents, _AT_ONCE)]):
        # The mapping has checked the IRIs, which Oxigraph need not do again.
        store.bulk_load(input=lines.encode(), format=RdfFormat.N_TRIPLES, lenient=True)


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
