"""The evaluator: which nodes conform to which shapes, and what violates them.

Each shape is made ready once, and judges each node once. Shapes that refer to themselves are
left undefined by the recommendation (https://www.w3.org/TR/shacl/#shapes-recursion): here a node
conforms unless something that it depends on violates a shape, as TopBraid has it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from pyoxigraph import NamedNode

from ...errors import ShapesError
from .check import Check, Values, Violation
from .components import COMPONENTS
from .components.sparql import Definitions, constraints
from .data import DataGraph
from .recursion import Pair, Recursion
from .result import Node, Term, ValidationResult
from .shapes import Shape, ShapesGraph
from .solutions import QueryStore
from .targets import focus_nodes
from .walk import Walk, make_walk

_MOST_REPEATED = 100_000


@dataclass
class ReadyShape:
    """A shape made ready: how it finds its value nodes, and what it checks in them."""

    shape: Shape
    walk: Walk
    checks: list[Check]
    properties: list[Term]
    is_recursive: bool
    judged: dict[Node, bool] = field(default_factory=dict)

    @cached_property
    def checks_of_none(self) -> list[Check]:
        """The checks that can find something where there are no value nodes."""
        return [check for check in self.checks if not check.needs_values]


class Evaluator:
    """Judges the nodes of one data graph."""

    def __init__(self, graph: ShapesGraph, data: DataGraph, store: QueryStore) -> None:
        self.graph, self.data, self.store = graph, data, store
        self.notes: dict[str, None] = {}
        self._ready: dict[Term, ReadyShape] = {}
        self._recursion = Recursion(self._evaluate)
        self._repeated = 0

    def note(self, text: str) -> None:
        """Keep what the report must say about how a constraint was judged."""
        self.notes[text] = None

    def close(self) -> None:
        """Let go of the data at once: what is made ready and the evaluator refer to each other."""
        vars(self).clear()

    def ready(self, node: Term) -> ReadyShape:
        """Return a shape made ready.

        Raises:
            ShapesError: if it is broken, or asks for what no engine does.
        """
        if node not in self._ready:
            shape = self.graph.shape(node)
            checks = [] if shape.is_deactivated else list(self._checks(shape))
            properties = [] if shape.is_deactivated else shape.all("property")
            walk = self._walk(shape)
            is_recursive = node in self.graph.recursive
            self._ready[node] = ReadyShape(shape, walk, checks, properties, is_recursive)
            self._prepare(shape)
        return self._ready[node]

    def conforms(self, shape: Term, node: Node) -> bool:
        """Return whether a node conforms to a shape."""
        ready = self.ready(shape)
        if ready.is_recursive:
            return self._recursion.decide((shape, node))
        known = ready.judged.get(node)
        if known is None:
            known = ready.judged[node] = self._evaluate(shape, node)
        return known

    def results(self, shape: Term, nodes: Iterable[Node]) -> Iterator[ValidationResult]:
        """Yield the validation results of focus nodes, with those of nested property shapes."""
        ready = self.ready(shape)
        simple = [inner for node in ready.properties if self._is_simple(inner := self.ready(node))]
        nested = [node for node in ready.properties if not self._is_simple(self.ready(node))]
        for focus in nodes:
            values = ready.walk(focus)
            yield from _found(ready, focus, values)
            for value in values:
                for inner in simple:
                    inner_values = inner.walk(value)
                    # As in _found, which would cost half as much again here.
                    for check in inner.checks if inner_values else inner.checks_of_none:
                        if found := check.find(value, inner_values):
                            yield from _results(inner.shape, check, value, found)
            if nested and values:
                waiting = [(inner, value) for inner in nested for value in values]
                yield from self._nested_results((shape, focus), waiting)

    @staticmethod
    def _is_simple(ready: ReadyShape) -> bool:
        """Return whether a property shape leads to no further ones, as most do."""
        return not (ready.properties or ready.is_recursive)

    def _nested_results(self, root: Pair, waiting: list[Pair]) -> Iterator[ValidationResult]:
        seen, reached = {root}, set[Pair]()
        while waiting:
            pair = name, node = waiting.pop()
            ready = self.ready(name)
            if ready.is_recursive:
                if pair in seen:
                    continue
                seen.add(pair)
            elif ready.properties and self.conforms(name, node):
                continue
            values = ready.walk(node)
            if pair in reached:
                self._count_repeated(values)
            reached.add(pair)
            yield from _found(ready, node, values)
            waiting += [(inner, value) for inner in ready.properties for value in values]

    def _count_repeated(self, values: Values) -> None:
        """Count the values of a pair that one focus node led to again, and has results again."""
        self._repeated += len(values) or 1
        if self._repeated > _MOST_REPEATED:
            raise ShapesError(
                "nested property shapes lead to the same values again and again, more than "
                f"{_MOST_REPEATED:,} times. Refer to them by sh:node."
            )

    def _evaluate(self, shape: Term, node: Node) -> bool:
        ready = self.ready(shape)
        values = ready.walk(node)
        for check in ready.checks if values else ready.checks_of_none:
            for _ in check.find(node, values):
                return False
        return all(self.conforms(inner, value) for inner in ready.properties for value in values)

    def _checks(self, shape: Shape) -> Iterator[Check]:
        for name, make in COMPONENTS.items():
            for parameter in shape.all(name):
                yield from make(self, shape, parameter)
        yield from constraints(self, shape)
        yield from self._definitions.checks(shape)

    def _walk(self, shape: Shape) -> Walk:
        if shape.path is None:
            return lambda node: (node,)
        return make_walk(self.graph, shape.all("path")[0], self.data)

    def _prepare(self, shape: Shape) -> None:
        """Tell checks of all the values that a predicate has, which they can look at together.

        They are those of the shape, and of shapes within it that look at the same values.
        """
        for node in self._looking_alike(shape.node):
            for check in self.ready(node).checks:
                if check.prepare:
                    check.prepare(self._likely_values(shape))

    def _looking_alike(self, node: Term) -> list[Term]:
        """Return a shape, and the shapes within it, and within these, that have no path."""
        found, waiting = {node: None}, [node]
        while waiting:
            shape = self.graph.shape(waiting.pop())
            for inner in [] if shape.is_deactivated else self.graph.references(shape.node):
                if inner not in found and not self.graph.values(inner, "path"):
                    found[inner] = None
                    waiting.append(inner)
        return list(found)

    def _likely_values(self, shape: Shape) -> Iterable[Node]:
        if shape.path is None:
            return focus_nodes(self.data, shape)
        path = shape.all("path")[0]
        return self.data.values_of(path) if isinstance(path, NamedNode) else ()

    @cached_property
    def _definitions(self) -> Definitions:
        return Definitions(self)


def _found(ready: ReadyShape, node: Node, values: Values) -> Iterator[ValidationResult]:
    for check in ready.checks if values else ready.checks_of_none:
        if found := check.find(node, values):
            yield from _results(ready.shape, check, node, found)


def _results(
    shape: Shape, check: Check, focus: Node, found: Iterable[Violation]
) -> Iterator[ValidationResult]:
    for violation in found:
        yield ValidationResult(
            severity=shape.severity,
            focus=focus,
            path=violation.path or shape.path,
            value=violation.value,
            shape=shape.node,
            component=check.component,
            messages=violation.messages or shape.messages,
        )
