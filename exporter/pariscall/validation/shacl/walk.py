"""Property paths as functions from a node to its values.

https://www.w3.org/TR/shacl/#property-paths
"""

from __future__ import annotations

from collections.abc import Callable, Collection

from pyoxigraph import NamedNode

from ...errors import ShapesError
from ...rdf.namespaces import RDF
from .data import DataGraph, reached
from .graph import ShaclGraph
from .result import Node, Term

Walk = Callable[[Node], Collection[Node]]


def make_walk(graph: ShaclGraph, path: Term, data: DataGraph, *, is_inverse: bool = False) -> Walk:
    """Return the function that finds the value nodes of a path, each once.

    Raises:
        ShapesError: if it is not a path of SHACL.
    """
    if isinstance(path, NamedNode):
        return _predicate(path, data, is_inverse=is_inverse)

    def inner(node: Term, *, turn: bool = False) -> Walk:
        return make_walk(graph, node, data, is_inverse=is_inverse != turn)

    if graph.values(path, RDF + "first"):
        steps = [inner(step) for step in graph.items(path)]
        return _sequence(steps[::-1] if is_inverse else steps)
    for alternatives in graph.values(path, "alternativePath"):
        return _alternative([inner(step) for step in graph.items(alternatives)])
    for turned in graph.values(path, "inversePath"):
        return inner(turned, turn=True)
    for name, repeat in _REPEATED.items():
        for step in graph.values(path, name):
            return repeat(inner(step))
    raise ShapesError(f"{path} is not a property path of SHACL.")


def _predicate(predicate: NamedNode, data: DataGraph, *, is_inverse: bool) -> Walk:
    if is_inverse:
        return lambda node: data.subjects(predicate, node)
    return data.reader(predicate)


def _sequence(steps: list[Walk]) -> Walk:
    def walk(node: Node) -> Collection[Node]:
        values: Collection[Node] = (node,)
        for step in steps:
            values = dict.fromkeys(value for passed in values for value in step(passed))
        return values

    return walk


def _alternative(ways: list[Walk]) -> Walk:
    return lambda node: dict.fromkeys(value for way in ways for value in way(node))


_REPEATED: dict[str, Callable[[Walk], Walk]] = {
    "zeroOrMorePath": lambda step: lambda node: reached([node], step),
    "oneOrMorePath": lambda step: lambda node: reached(step(node), step),
    "zeroOrOnePath": lambda step: lambda node: dict.fromkeys((node, *step(node))),
}
