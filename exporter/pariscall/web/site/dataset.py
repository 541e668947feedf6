"""The whole graph in one file, which the query page loads."""

from __future__ import annotations

import gzip

from pyoxigraph import RdfFormat, serialize

from ...rdf.serializer import convert
from ...rdf.vocabulary import vocabulary
from ...tables.graph import Graph

# Packed, for hosts that do not pack what they send.
DATA = "assets/graph.nt.gz"
_EFFORT = 6


def packed(graph: Graph) -> bytes:
    """Write a graph with the ontology and the code lists as N-Triples, packed by gzip (RFC 1952).

    The data have no blank nodes; those of the ontology get canonical labels. No time is noted.
    """
    data = serialize((quad.triple for quad in graph.quads()), format=RdfFormat.N_TRIPLES) or b""
    content = data + convert(vocabulary(), RdfFormat.N_TRIPLES)
    return gzip.compress(content, _EFFORT, mtime=0)
