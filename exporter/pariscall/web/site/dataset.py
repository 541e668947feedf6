"""The whole graph in one file, for the query page."""

from __future__ import annotations

from pyoxigraph import RdfFormat

from ...io.compression import compress_once
from ...rdf.serializer import convert
from ...rdf.vocabulary import vocabulary
from ...tables.graph import TableGraph

# Compressed, because some hosts do not compress what they send.
DATA = "assets/graph.nt.gz"


def packed(graph: TableGraph) -> bytes:
    """Return a graph with the ontology and the code lists as N-Triples, compressed by gzip (RFC 1952).

    The data have no blank nodes; those of the ontology get canonical labels.
    """
    data = "".join([document.ntriples() for document in graph.documents()])
    content = data.encode() + convert(vocabulary(), RdfFormat.N_TRIPLES)
    return compress_once(content)
