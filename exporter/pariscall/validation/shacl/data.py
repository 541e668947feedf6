"""A data graph, indexed for validation.

Terms are those of the parser, so a literal keeps the form in which it is written, which a
triple store does not always give back: Oxigraph's makes ``1`` of ``"1.0"^^xsd:decimal``.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Quad

from ...rdf.lexical import ill_typed
from ...rdf.namespaces import RDFS, TYPE
from .result import Node

_SUBCLASS = NamedNode(RDFS + "subClassOf")
_FEW = 16  # values that are looked through rather than hashed


class DataGraph:
    """The triples of a graph by subject and predicate, each once, in order."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._quads = quads
        self._inverse: dict[NamedNode, dict[Node, list[Node]]] = {}
        self._instances: dict[Node, dict[Node, None]] = {}
        self._subclasses: dict[Node, frozenset[Node]] = {}

    @cached_property
    def _by_subject(self) -> dict[Node, dict[NamedNode, list[Node]]]:
        """The index, which a shape that asks by a query alone does not need."""
        found: dict[Node, dict[NamedNode, list[Node]]] = {}
        many: dict[int, list[Node]] = {}
        for subject, predicate, term, _ in self._quads:
            said = found.get(subject)
            if said is None:
                said = found[subject] = {}
            values = said.get(predicate)
            if values is None:
                said[predicate] = [term]
            elif len(values) > _FEW:
                values.append(term)
                many[id(values)] = values
            elif term not in values:
                values.append(term)
        for values in many.values():
            values[:] = dict.fromkeys(values)
        return found

    def properties(self, node: Node) -> Mapping[NamedNode, Sequence[Node]]:
        """Return the values of a node by predicate."""
        return self._by_subject.get(node, {})

    def objects(self, node: Node, predicate: NamedNode) -> Sequence[Node]:
        """Return the values of one predicate of a node."""
        said = self._by_subject.get(node)
        return said.get(predicate, ()) if said else ()

    def reader(self, predicate: NamedNode) -> Callable[[Node], Sequence[Node]]:
        """Return the function that returns the values of one predicate of a node."""
        by_subject = self._by_subject

        def read(node: Node) -> Sequence[Node]:
            said = by_subject.get(node)
            return said.get(predicate, ()) if said else ()

        return read

    def subjects(self, predicate: NamedNode, value: Node) -> Sequence[Node]:
        """Return the nodes that have a value for a predicate."""
        return self.inverse(predicate).get(value, ())

    def inverse(self, predicate: NamedNode) -> Mapping[Node, Sequence[Node]]:
        """Return the nodes that have each value of a predicate."""
        if predicate not in self._inverse:
            found = self._inverse[predicate] = {}
            for node, said in self._by_subject.items():
                for value in said.get(predicate, ()):
                    found.setdefault(value, []).append(node)
        return self._inverse[predicate]

    def values_of(self, predicate: NamedNode) -> Iterable[Node]:
        """Return all values of a predicate."""
        return self.inverse(predicate)

    def subjects_of(self, predicate: NamedNode) -> list[Node]:
        """Return the nodes that have any value for a predicate."""
        return self._subjects_of.get(predicate, [])

    @cached_property
    def _subjects_of(self) -> dict[NamedNode, list[Node]]:
        found: dict[NamedNode, list[Node]] = {}
        for node, said in self._by_subject.items():
            for predicate in said:
                found.setdefault(predicate, []).append(node)
        return found

    def instances(self, parent: Node) -> dict[Node, None]:
        """Return the SHACL instances of a class (https://www.w3.org/TR/shacl/#terminology)."""
        if parent not in self._instances:
            members = self.inverse(TYPE)
            self._instances[parent] = dict.fromkeys(
                node for name in self.subclasses(parent) for node in members.get(name, ())
            )
        return self._instances[parent]

    def subclasses(self, parent: Node) -> frozenset[Node]:
        """Return a class and all classes below it."""
        if parent not in self._subclasses:
            below = self.inverse(_SUBCLASS)
            self._subclasses[parent] = frozenset(
                reached([parent], lambda node: below.get(node, ()))
            )
        return self._subclasses[parent]

    def has(self, node: Node) -> bool:
        """Return whether a node is the subject or the object of a triple."""
        return node in self._by_subject or node in self._objects

    def is_ill_typed(self, literal: Literal) -> bool:
        """Return whether a literal is not a value of its datatype."""
        if literal in self._objects:
            return literal in self._ill_typed
        return bool(ill_typed([literal]))

    @cached_property
    def _ill_typed(self) -> set[Literal]:
        return ill_typed(term for term in self._objects if isinstance(term, Literal))

    @cached_property
    def _objects(self) -> Collection[Node]:
        return {
            term
            for said in self._by_subject.values()
            for values in said.values()
            for term in values
        }


def reached(start: Iterable[Node], step: Callable[[Node], Iterable[Node]]) -> dict[Node, None]:
    """Return the nodes that any number of steps reach, beginning with none."""
    found = dict.fromkeys(start)
    waiting = list(found)
    while waiting:
        for node in step(waiting.pop()):
            if node not in found:
                found[node] = None
                waiting.append(node)
    return found
