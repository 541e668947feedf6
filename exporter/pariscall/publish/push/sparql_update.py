"""SPARQL 1.1 Update (https://www.w3.org/TR/sparql11-update/), for stores without a Graph Store.

A graph is filled under a temporary name, then replaces the final one by one request, so that nobody
reads half of it. The next run drops what a killed run left behind.

``COPY`` and ``MOVE`` are written out as clauses 3.2.3 and 3.2.4 define them: the TDB2 of Jena 5.6
loses triples in both. Resending ``MOVE`` after a lost response makes Virtuoso 7.2 replace the target
with an empty graph and report success.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...rdf.canonical import has_blank_node
from ...rdf.namespaces import BASE
from .connection import Connection, Message
from .graph_store import N_TRIPLES
from .release_graphs import NamedGraph

_BATCH = 1_000  # statements; Virtuoso reads some two thousand at once


@dataclass(frozen=True)
class UpdateStore:
    """A store at its SPARQL Update address, and at the SPARQL Query address to read it back."""

    url: str
    query_url: str
    connection: Connection

    def load(self, graph: NamedGraph) -> None:
        """Replace the graph of the same name.

        Raises:
            StoreError: if the store does not take it.
        """
        for operation in operations(graph):
            headers = {"Content-Type": "application/sparql-update; charset=UTF-8"}
            self.connection.send(
                Message("POST", self.url, graph.iri, {}, headers, content=operation.encode())
            )

    def read(self, iri: str, expected: int) -> bytes:
        """Read a graph as N-Triples, of some expected number of bytes.

        The query is sent by GET (SPARQL 1.1 Protocol, clause 2.1.1).

        Raises:
            StoreError: if the store does not give it.
        """
        query = f"CONSTRUCT {{ ?s ?p ?o }} WHERE {{ GRAPH <{iri}> {{ ?s ?p ?o }} }}"
        parameters, headers = {"query": query}, {"Accept": N_TRIPLES}
        return self.connection.send(
            Message("GET", self.query_url, iri, parameters, headers, expected=expected)
        )


def operations(graph: NamedGraph) -> Iterator[str]:
    """Yield the requests that load a graph; sending one again has the same effect."""
    loading = f"{BASE}loading/{graph.iri.removeprefix(BASE)}"
    blank = sorted(filter(has_blank_node, graph.statements))
    ground = sorted(graph.statements.difference(blank))
    drop = f"DROP SILENT GRAPH <{loading}>"
    # A blank node is the same in one request only, and is another one when it is sent again. An
    # INSERT DATA would do, but Virtuoso takes no blank node there.
    yield f"{drop} ;\nINSERT {{ {_block(loading, blank)} }} WHERE {{}}" if blank else drop
    for start in range(0, len(ground), _BATCH):
        yield f"INSERT DATA {{ {_block(loading, ground[start : start + _BATCH])} }}"
    triples = "{ ?s ?p ?o }"
    yield (
        f"DROP SILENT GRAPH <{graph.iri}> ;\n"
        f"INSERT {{ GRAPH <{graph.iri}> {triples} }} WHERE {{ GRAPH <{loading}> {triples} }}"
    )
    yield drop


def _block(iri: str, statements: Sequence[str]) -> str:
    lines = "".join(f"{statement} .\n" for statement in statements)
    return f"GRAPH <{iri}> {{\n{lines}}}"
