"""Load a release into a store, graph by graph; each is read back and compared with its file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from ...errors import StoreMismatchError
from ...io.progress import Progress, silent
from ...rdf.canonical import has_blank_node, statements_hash
from .release_graphs import NamedGraph, parsed


class Store(Protocol):
    """A place for named graphs."""

    def load(self, graph: NamedGraph) -> None:
        """Replace the graph of the same name."""

    def complete(self, graph: NamedGraph, progress: Progress) -> None:
        """Send what is lacking of a graph, in parts; it replaces one that is no part of it."""

    def read(self, iri: str, expected: int) -> bytes:
        """Read a graph as N-Triples, of some expected number of bytes."""


@dataclass(frozen=True)
class Pushed:
    """How many graphs a store holds as they were released, and the triples in them."""

    graphs: int
    triples: int


def push(
    graphs: Sequence[NamedGraph],
    store: Store,
    progress: Progress = silent,
    *,
    in_parts: bool = False,
) -> Pushed:
    """Load graphs into a store, and check that it holds each as it was released.

    If one differs, the others are loaded all the same. In parts, only what the store lacks is sent,
    so that what was cut goes on.

    Raises:
        StoreError: if the store does not take a graph, or does not give it back.
        StoreMismatchError: if it holds something else than was sent, one line per graph.
    """
    problems = []
    for graph in graphs:
        if in_parts:
            store.complete(graph, progress)
        else:
            store.load(graph)
        found = parsed(graph.iri, store.read(graph.iri, len(graph.content)))
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
