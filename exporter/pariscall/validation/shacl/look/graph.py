"""A view as the engine reads a data graph, so that it judges single pairs of a large one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from itertools import chain

from pyoxigraph import Literal, NamedNode, Quad

from ....rdf.lexical import ill_typed
from ..data import DataGraph
from ..result import Node
from .terms import Statements, read_term, spell
from .view import NOTHING, View


class ViewGraph(DataGraph):
    """The statements of a view as terms, made when they are asked for.

    Predicates are followed backwards only if a look follows them so. Focus nodes are given by the
    look; there are none to be found here, and the values of a predicate are those of ``nodes``.
    """

    def __init__(self, view: View, nodes: Collection[str] = ()) -> None:
        super().__init__(())
        self._view = view
        self._nodes = nodes

    def properties(self, node: Node) -> Mapping[NamedNode, Sequence[Node]]:
        """Return the values of a node by predicate."""
        said = self._view.said.get(spell(node), NOTHING)
        return {NamedNode(name[1:-1]): list(map(read_term, said[name])) for name in said}

    def objects(self, node: Node, predicate: NamedNode) -> Sequence[Node]:
        """Return the values of one predicate of a node."""
        said = self._view.said.get(spell(node), NOTHING)
        return list(map(read_term, said.get(spell(predicate), ())))

    def reader(self, predicate: NamedNode) -> Callable[[Node], Sequence[Node]]:
        """Return the function that returns the values of one predicate of a node."""
        return lambda node: self.objects(node, predicate)

    def values_of(self, predicate: NamedNode) -> Iterable[Node]:
        """Return the values that a predicate has in the nodes that are judged, each once."""
        name, said = spell(predicate), self._view.said
        values = (said.get(node, NOTHING).get(name, ()) for node in self._nodes)
        return map(read_term, dict.fromkeys(chain.from_iterable(values)))

    def subjects(self, predicate: NamedNode, value: Node) -> Sequence[Node]:
        """Return the nodes that have a value for a predicate."""
        return list(map(read_term, self._view.incoming[spell(predicate)].get(spell(value), ())))

    def subclasses(self, parent: Node) -> frozenset[Node]:
        """Return a class and all classes below it."""
        return frozenset(map(read_term, self._view.below(spell(parent))))

    def is_ill_typed(self, literal: Literal) -> bool:
        """Return whether a literal is not a value of its datatype."""
        return bool(ill_typed([literal]))


def spelled(quads: Iterable[Quad]) -> Statements:
    """Return triples as texts by subject and predicate, each once, in order."""
    texts: dict[object, str] = {}
    found: dict[str, dict[str, dict[str, None]]] = {}
    for subject, predicate, term, _ in quads:
        one = texts.get(subject) or texts.setdefault(subject, spell(subject))
        two = texts.get(predicate) or texts.setdefault(predicate, spell(predicate))
        three = texts.get(term) or texts.setdefault(term, spell(term))
        found.setdefault(one, {}).setdefault(two, {})[three] = None
    return {s: {p: list(terms) for p, terms in said.items()} for s, said in found.items()}


def quads_of(statements: Statements) -> Iterator[Quad]:
    """Yield statements as quads of the default graph."""
    for subject, said in statements.items():
        node = read_term(subject)
        for predicate, values in said.items():
            name = NamedNode(predicate[1:-1])
            for value in values:
                yield Quad(node, name, read_term(value))  # type: ignore[arg-type]


class ViewQuads(Iterable[Quad]):
    """The statements of a view as quads, made when they are asked for."""

    def __init__(self, view: View) -> None:
        self._view = view

    def __iter__(self) -> Iterator[Quad]:
        return quads_of(self._view.said)
