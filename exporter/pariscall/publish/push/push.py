"""Load a release into a store, graph by graph; each is read back and compared with its file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ...errors import RdfError, StoreError, StoreMismatchError
from ...io.progress import Progress, silent
from ...rdf.canonical import has_blank_node, statements, statements_hash
from ...rdf.formats import format_named
from ...rdf.reader import parse_bytes
from .release_graphs import NamedGraph


class Store(Protocol):
    """A place for named graphs."""

    def load(self, graph: NamedGraph) -> None:
        """Replace the graph of the same name."""

    def read(self, iri: str, expected: int) -> bytes:
        """Read a graph as N-Triples, of some expected number of bytes."""


@dataclass(frozen=True)
class Pushed:
    """How many graphs a store holds as they were released, and the triples in them."""

    graphs: int
    triples: int


def push(graphs: Sequence[NamedGraph], store: Store, progress: Progress = silent) -> Pushed:
    """Load graphs into a store, and check that it holds each as it was released.

    If one differs, the others are loaded all the same.

    Raises:
        StoreError: if the store does not take a graph, or does not give it back.
        StoreMismatchError: if it holds something else than was sent, one line per graph.
    """
    problems = []
    for graph in graphs:
        store.load(graph)
        found = _parsed(graph.iri, store.read(graph.iri, len(graph.content)))
        problem = find_difference(graph.statements, found)
        if problem:
            problems.append(f"{graph.iri}: {problem}")
        else:
            progress(f"{graph.iri}: {len(found):,} triples, as released")
    if problems:
        raise StoreMismatchError(*problems)
    return Pushed(len(graphs), sum(len(graph.statements) for graph in graphs))


def find_difference(released: set[str], found: set[str]) -> str | None:
    """Return the first difference between two graphs, or nothing if they are isomorphic.

    The labels of blank nodes may differ; a triple without blank nodes is shown first.
    """
    if statements_hash(released) == statements_hash(found):
        return None
    numbers = f"{len(released):,} triples were released, the store holds {len(found):,}"
    lost = _first(released - found)
    added = _first(found - released)
    return "".join(
        (
            numbers,
            f"; not there: {lost} ." if lost else "",
            f"; there instead: {added} ." if lost and added else "",
            f"; unexpected: {added} ." if added and not lost else "",
        )
    )


def _first(found: set[str]) -> str | None:
    return min(found, key=lambda one: (has_blank_node(one), one), default=None)


def _parsed(iri: str, content: bytes) -> set[str]:
    try:
        return statements(parse_bytes("line", content, format_named("nt")))
    except RdfError as error:
        raise StoreError(f"{iri}: the answer of the store cannot be read: {error}") from None
