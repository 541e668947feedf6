"""The compiler: shapes into checks, nested shapes into conditions.

A check is written for a focus variable that is already bound. A node conforms to a shape
where none of the shape's checks finds a violation, and this is how shapes are nested.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import count

from pyoxigraph import BlankNode

from .check import Check, any_of
from .constraints import COMPONENTS
from .result import Term
from .shapes import Shape, ShapesGraph, UnsupportedError


class Compiler:
    """Turns the shapes of one graph into checks."""

    def __init__(self, graph: ShapesGraph) -> None:
        self._graph = graph
        self._numbers = count(1)

    def variable(self) -> str:
        """Make a variable that no other pattern uses."""
        return f"?v{next(self._numbers)}"

    def values(self, shape: Shape, focus: str) -> tuple[str, str]:
        """Give the variable of the value nodes of a shape, and the pattern that binds it."""
        if shape.path is None:
            return focus, ""
        value = self.variable()
        return value, f"{focus} {shape.path} {value} . "

    def checks(self, shape: Shape, focus: str) -> Iterator[Check]:
        """Compile the constraints that a shape itself declares, nested properties apart."""
        for name, make in COMPONENTS.items():
            for parameter in shape.all(name):
                yield from make(self, shape, parameter, focus)

    def properties(self, shape: Shape) -> list[Shape]:
        """Give the property shapes that apply to the value nodes of a shape."""
        inner = [self._graph.shape(node) for node in shape.all("property")]
        return [property_shape for property_shape in inner if not property_shape.is_deactivated]

    def conforms(self, node: Term, focus: str) -> str:
        """Write the condition that a node conforms to a shape."""
        shape = self._graph.shape(node)
        violations = [] if shape.is_deactivated else list(self._violations(shape, focus, ""))
        return f"!({any_of(violations)})"

    def all_conform(self, list_head: Term, focus: str) -> list[str]:
        """Write the condition for each shape of a list."""
        return [self.conforms(node, focus) for node in self._graph.items(list_head)]

    def items(self, list_head: Term) -> list[Term]:
        """Read a list of terms that can be written into a query."""
        items = self._graph.items(list_head)
        if any(isinstance(item, BlankNode) for item in items):
            raise UnsupportedError("blank nodes as values")
        return items

    def _violations(self, shape: Shape, focus: str, binding: str) -> Iterator[str]:
        if shape.all("sparql"):
            raise UnsupportedError("SPARQL constraints inside other shapes")
        for check in self.checks(shape, focus):
            yield check.found(binding)
        for inner in self.properties(shape):
            value, values = self.values(shape, focus)
            yield from self._violations(inner, value, binding + values)
