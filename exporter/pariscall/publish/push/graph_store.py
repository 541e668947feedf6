"""The SPARQL 1.1 Graph Store HTTP Protocol (https://www.w3.org/TR/sparql11-http-rdf-update/).

Graphs are named by ``?graph=``, the indirect identification of clause 4.2.
"""

from __future__ import annotations

from dataclasses import dataclass

from pyoxigraph import RdfFormat

from .connection import Connection, Message
from .release_graphs import NamedGraph

N_TRIPLES = RdfFormat.N_TRIPLES.media_type


@dataclass(frozen=True)
class GraphStore:
    """A store at its Graph Store address."""

    url: str
    connection: Connection

    def load(self, graph: NamedGraph) -> None:
        """Replace the graph of the same name: HTTP PUT, clause 5.3.

        Raises:
            StoreError: if the store does not take it.
        """
        headers = {"Content-Type": N_TRIPLES}
        named = {"graph": graph.iri}
        self.connection.send(
            Message("PUT", self.url, graph.iri, named, headers, content=graph.content)
        )

    def read(self, iri: str, expected: int) -> bytes:
        """Read a graph as N-Triples, of some expected number of bytes: HTTP GET, clause 5.2.

        Raises:
            StoreError: if the store does not give it.
        """
        named, headers = {"graph": iri}, {"Accept": N_TRIPLES}
        return self.connection.send(
            Message("GET", self.url, iri, named, headers, expected=expected)
        )
