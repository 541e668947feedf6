"""Property paths as functions from the text of a node to those of its values.

https://www.w3.org/TR/shacl/#property-paths
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from math import inf

from pyoxigraph import NamedNode

from ....rdf.namespaces import RDF
from ..graph import ShaclGraph
from ..result import Term
from .terms import Description
from .view import NOTHING, View, reached

Walk = Callable[[str, Description], Collection[str]]


class InexpressibleError(Exception):
    """A shape asks for what a look cannot tell; the text says what."""


@dataclass(frozen=True)
class Path:
    """A path made ready: its walk, the predicate that it is, if it is one, and what it follows.

    ``length`` is the most steps that it takes, which may be infinite. ``passed`` are the predicates whose objects it goes on from, ``last`` those that lead to values.
    """

    walk: Walk
    length: float
    predicate: str | None = None
    passed: frozenset[str] = field(default=frozenset())
    last: frozenset[str] = field(default=frozenset())


def make_path(graph: ShaclGraph, path: Term, view: View, *, is_inverse: bool = False) -> Path:
    """Return a path made ready.

    Raises:
        InexpressibleError: if it is not a path of SHACL.
    """
    if isinstance(path, NamedNode):
        return _step(str(path), view, is_inverse=is_inverse)

    def inner(node: Term, *, turn: bool = False) -> Path:
        return make_path(graph, node, view, is_inverse=is_inverse != turn)

    if graph.values(path, RDF + "first"):
        steps = [inner(step) for step in graph.items(path)]
        return _sequence(steps[::-1] if is_inverse else steps, view)
    for alternatives in graph.values(path, "alternativePath"):
        return _alternative([inner(step) for step in graph.items(alternatives)])
    for turned in graph.values(path, "inversePath"):
        return inner(turned, turn=True)
    for name, (least, is_repeated) in _REPEATED.items():
        for step in graph.values(path, name):
            return _repeated(inner(step), view, least, is_repeated=is_repeated)
    raise InexpressibleError(f"the path {path}")


def _step(predicate: str, view: View, *, is_inverse: bool) -> Path:
    if is_inverse:
        incoming = view.backwards(predicate)
        return Path(lambda node, _: incoming.get(node, ()), 1)
    return Path(lambda _, said: said.get(predicate, ()), 1, predicate, last=frozenset({predicate}))


def _sequence(steps: list[Path], view: View) -> Path:
    known = view.said

    def walk(node: str, said: Description) -> Collection[str]:
        values: Collection[str] = dict.fromkeys(steps[0].walk(node, said))
        for step in steps[1:]:
            values = dict.fromkeys(
                value
                for passed in values
                for value in step.walk(passed, known.get(passed, NOTHING))
            )
        return values

    passed = frozenset[str]().union(*(step.passed for step in steps))
    passed = passed.union(*(step.last for step in steps[:-1]))
    length = sum(step.length for step in steps)
    return Path(walk, length, None, passed, steps[-1].last)


def _alternative(ways: list[Path]) -> Path:
    def walk(node: str, said: Description) -> Collection[str]:
        return dict.fromkeys(value for way in ways for value in way.walk(node, said))

    passed = frozenset[str]().union(*(way.passed for way in ways))
    last = frozenset[str]().union(*(way.last for way in ways))
    return Path(walk, max(way.length for way in ways), None, passed, last)


# The fewest steps of each kind of path, and whether there may be more than one.
_REPEATED = {
    "zeroOrMorePath": (0, True),
    "oneOrMorePath": (1, True),
    "zeroOrOnePath": (0, False),
}


def _repeated(step: Path, view: View, least: int, *, is_repeated: bool) -> Path:
    known = view.said

    def again(node: str) -> Collection[str]:
        return step.walk(node, known.get(node, NOTHING))

    def walk(node: str, said: Description) -> Collection[str]:
        first = step.walk(node, said)
        if not is_repeated:
            return dict.fromkeys((node, *first))
        return reached([node, *first] if least == 0 else first, again)

    length = inf if is_repeated else step.length
    return Path(walk, length, None, step.passed | step.last, step.last)
