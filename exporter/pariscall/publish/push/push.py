"""Loading a release into a store, graph by graph, each read back and compared with its file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from pyoxigraph import RdfFormat, parse

from ...errors import AlteredError, StoreError
from ...rdf.canonical import has_blank_node, statements, statements_hash
from .release_graphs import NamedGraph


class Store(Protocol):
    """A place for named graphs."""

    def load(self, graph: NamedGraph) -> None:
        """Put a graph in the place of the one that has its name."""

    def read(self, iri: str) -> bytes:
        """Read a graph as N-Triples."""


@dataclass(frozen=True)
class Pushed:
    """How many graphs a store holds as they were released, and the triples in them."""

    graphs: int
    triples: int


def push(graphs: Sequence[NamedGraph], store: Store, tell: Callable[[str], object] = str) -> Pushed:
    """Load graphs into a store, telling of each that it is there as it was released.

    A graph that is not does not keep the others from being loaded.

    Raises:
        StoreError: if the store does not take a graph, or does not give it back.
        AlteredError: if it holds something else than was sent, with a line for each such graph.
    """
    problems = []
    for graph in graphs:
        store.load(graph)
        found = _parsed(graph.iri, store.read(graph.iri))
        problem = find_difference(graph.statements, found)
        if problem:
            problems.append(f"{graph.iri}: {problem}")
        else:
            tell(f"{graph.iri}: {len(found):,} triples, as released")
    if problems:
        raise AlteredError("\n".join(problems))
    return Pushed(len(graphs), sum(len(graph.statements) for graph in graphs))


def find_difference(released: set[str], found: set[str]) -> str | None:
    """Tell the first difference between two graphs, or nothing if they say the same.

    Blank nodes may be called otherwise from one difference on; a statement without is shown
    before one with them.
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
            f"; further: {added} ." if added and not lost else "",
        )
    )


def _first(found: set[str]) -> str | None:
    return min(found, key=lambda one: (has_blank_node(one), one), default=None)


def _parsed(iri: str, content: bytes) -> set[str]:
    try:
        return statements(list(parse(content, format=RdfFormat.N_TRIPLES)))
    except SyntaxError as error:
        raise StoreError(f"{iri}: what the store gives is not N-Triples: {error}.") from None
