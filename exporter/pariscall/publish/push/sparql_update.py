"""SPARQL 1.1 Update (https://www.w3.org/TR/sparql11-update/), for stores without a Graph Store.

A graph is filled under a temporary name, then replaces the final one by one request, so that nobody
reads half of it. The next run drops what a killed run left behind.

``COPY`` and ``MOVE`` are written out as clauses 3.2.3 and 3.2.4 define them: the TDB2 of Jena 5.6
loses triples in both. Resending ``MOVE`` after a lost response makes Virtuoso 7.2 replace the target
with an empty graph and report success.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from ...io.progress import Progress, silent
from ...rdf.namespaces import BASE
from .connection import Connection, Message
from .graph_store import N_TRIPLES
from .parts import parts
from .release_graphs import NamedGraph, parsed

_BATCH = 1_000  # statements; Virtuoso reads some two thousand at once
_NOTHING: frozenset[str] = frozenset()


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
            self._send(graph.iri, operation)

    def complete(self, graph: NamedGraph, progress: Progress = silent) -> None:
        """Send what the store lacks of a graph, under its temporary name, unless it holds all of it.

        Raises:
            StoreError: if the store does not take a part, or does not say what it holds.
        """
        size = len(graph.content)
        if parsed(graph.iri, self.read(graph.iri, size)) == graph.statements:
            return
        begun = parsed(graph.iri, self.read(_loading(graph.iri), size))
        sent = list(operations(graph, begun))
        for number, operation in enumerate(sent, 1):
            self._send(graph.iri, operation)
            progress(f"{graph.iri}: request {number} of {len(sent)}")

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

    def _send(self, iri: str, operation: str) -> None:
        headers = {"Content-Type": "application/sparql-update; charset=UTF-8"}
        self.connection.send(
            Message("POST", self.url, iri, {}, headers, content=operation.encode())
        )


def operations(graph: NamedGraph, begun: AbstractSet[str] = _NOTHING) -> Iterator[str]:
    """Yield the requests that load a graph; sending one again has the same effect.

    ``begun`` is what the store already holds under the temporary name.
    """
    loading = _loading(graph.iri)
    drop = f"DROP SILENT GRAPH <{loading}>"
    left = parts(graph.statements, begun, _BATCH)
    if left.first is not None:
        # A blank node is the same in one request only, and is another one when it is sent again. An
        # INSERT DATA would do, but Virtuoso takes no blank node there.
        yield f"{drop} ;\nINSERT {{ {_block(loading, left.first)} }} WHERE {{}}"
    for part in left.others:
        yield f"INSERT DATA {{ {_block(loading, part)} }}"
    triples = "{ ?s ?p ?o }"
    yield (
        f"DROP SILENT GRAPH <{graph.iri}> ;\n"
        f"INSERT {{ GRAPH <{graph.iri}> {triples} }} WHERE {{ GRAPH <{loading}> {triples} }}"
    )
    yield drop


def _loading(iri: str) -> str:
    return f"{BASE}loading/{iri.removeprefix(BASE)}"


def _block(iri: str, statements: Sequence[str]) -> str:
    lines = "".join(f"{statement} .\n" for statement in statements)
    return f"GRAPH <{iri}> {{\n{lines}}}"
