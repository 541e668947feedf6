"""The compiler: shapes of SHACL Core as functions over the texts of nodes.

https://www.w3.org/TR/shacl/#core-components
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pyoxigraph import NamedNode

from ..check import number_of
from ..components import COMPONENTS
from ..graph import is_true
from ..result import Term
from ..shapes import Shape, ShapesGraph
from . import sets, values
from .compiled import Compiled, SetTest, Values, ValueTest
from .paths import InexpressibleError, make_path
from .patterns import is_plain
from .terms import Description, spell
from .values import flags_of
from .view import NOTHING, TYPE, View

_OTHER = {"minCount", "maxCount", "class", "node", "not", "and", "or", "xone", "closed"}
_KNOWN = {*values.MAKERS, *sets.MAKERS, *_OTHER, "qualifiedValueShape", "property"}
_OF_LISTS = COMPONENTS.keys() - _KNOWN


class Compiler:
    """Compiles the shapes of a graph; what they follow is known when all are compiled.

    ``followed`` are the predicates whose objects' descriptions matter. Patterns that the engine must
    match are left to it, which matches many texts at once, unless documents come one by one.
    """

    def __init__(self, graph: ShapesGraph, view: View, *, is_streaming: bool) -> None:
        self.graph, self.view, self._is_streaming = graph, view, is_streaming
        self.followed: set[str] = set()
        self._known: dict[Term, Compiled] = {}
        self._judged: dict[Term, dict[str, bool]] = {}
        self._own_parameters = {
            path.value
            for component in graph.instances("ConstraintComponent")
            for parameter in graph.values(component, "parameter")
            for path in graph.values(parameter, "path")
        }

    def compile(self, node: Term, *, with_queries: bool = False) -> Compiled:
        """Return a shape compiled; ``with_queries`` passes over its SPARQL constraints.

        Raises:
            InexpressibleError: if it asks for what a look cannot tell.
        """
        shape = self.graph.shape(node)
        if shape.all("sparql") and not shape.is_deactivated and not with_queries:
            raise InexpressibleError("a query within a shape")
        if node not in self._known:
            self._check(shape)
            self._known[node] = self._compiled(shape)
        return self._known[node]

    def forget(self) -> None:
        """Forget what was judged, as the view has changed.

        Shapes within shapes within shapes judge a node once, however many ways lead to it.
        """
        for judged in self._judged.values():
            judged.clear()

    def _check(self, shape: Shape) -> None:
        if shape.node in self.graph.recursive:
            raise InexpressibleError("shapes that refer to themselves")
        if not shape.is_deactivated and not _OF_LISTS.isdisjoint(shape.parameters):
            raise InexpressibleError("members of lists")
        if not self._own_parameters.isdisjoint(shape.parameters):
            raise InexpressibleError("components of one's own")
        if not (self._is_streaming or shape.is_deactivated):
            for parameter in shape.all("pattern"):
                if not is_plain(parameter.value, flags_of(shape)):
                    raise InexpressibleError("a pattern that the engine matches with many texts")

    def _compiled(self, shape: Shape) -> Compiled:
        compiled = Compiled(shape.node)
        if shape.is_deactivated:
            return compiled
        if shape.path is not None:
            compiled.path = make_path(self.graph, shape.all("path")[0], self.view)
        for parameter in shape.all("minCount"):
            compiled.check_number(number_of(parameter), None)
        for parameter in shape.all("maxCount"):
            compiled.check_number(0, number_of(parameter))
        for name, make in values.MAKERS.items():
            made = (make(self.graph, shape, parameter) for parameter in shape.all(name))
            compiled.tests += [test for test in made if test]
        for name, make_set in sets.MAKERS.items():
            made_sets = (make_set(parameter) for parameter in shape.all(name))
            compiled.sets += [test for test in made_sets if test]
        self._add_nested(compiled, shape)
        if compiled.path:
            self.followed |= compiled.path.passed
            self.followed |= compiled.path.last if compiled.reads_values else set()
        return compiled

    def _add_nested(self, compiled: Compiled, shape: Shape) -> None:
        """Add the tests that need the descriptions of values, or may need them."""
        for parent in shape.all("class"):
            compiled.looks.append(self._is_instance(parent))
            compiled.reads_values = True
        if is_true(shape.all("closed")):
            compiled.looks.append(self._is_closed(shape))
            compiled.reads_values = True
        for name, combine in _COMBINED.items():
            for parameter in shape.all(name):
                nodes = [parameter] if name in _SINGLE else self.graph.items(parameter)
                compiled.looks.append(combine([self._inner(compiled, node) for node in nodes]))
        for node in shape.all("property"):
            compiled.property_tests.append(self._inner(compiled, node))
            compiled.properties.append(self.compile(node))
        for parameter in shape.all("qualifiedValueShape"):
            compiled.sets += self._qualified(compiled, shape, parameter)

    def _inner(self, compiled: Compiled, node: Term) -> ValueTest:
        """Return the test of a value by a shape."""
        inner = self.compile(node)
        compiled.has_inner = True
        compiled.inner_depth = max(compiled.inner_depth, inner.depth)
        compiled.reads_values |= inner.reads
        conforms, known = inner.conforms(), self.view.said
        if not inner.has_inner:
            return lambda value: conforms(value, known.get(value, NOTHING))
        judged = self._judged.setdefault(node, {})

        def is_conforming(value: str) -> bool:
            verdict = judged.get(value)
            if verdict is None:
                verdict = judged[value] = conforms(value, known.get(value, NOTHING))
            return verdict

        return is_conforming

    def _is_instance(self, parent: Term) -> ValueTest:
        classes, known = self.view.below(spell(parent)), self.view.said
        return lambda value: not classes.isdisjoint(known.get(value, NOTHING).get(TYPE, ()))

    def _is_closed(self, shape: Shape) -> ValueTest:
        inner = [path for node in shape.all("property") for path in self.graph.values(node, "path")]
        ignored = [
            term for head in shape.all("ignoredProperties") for term in self.graph.items(head)
        ]
        allowed = {str(term) for term in (*inner, *ignored) if isinstance(term, NamedNode)}
        known = self.view.said
        return lambda value: allowed.issuperset(known.get(value, NOTHING))

    def _qualified(self, compiled: Compiled, shape: Shape, node: Term) -> Iterator[SetTest]:
        conforms = self._inner(compiled, node)
        others = [self._inner(compiled, other) for other in self.graph.siblings(shape.node)]

        def is_counted(value: str) -> bool:
            return conforms(value) and not any(other(value) for other in others)

        def count(found: Values) -> int:
            return sum(map(is_counted if others else conforms, found))

        for parameter in shape.all("qualifiedMinCount"):
            yield _counted(count, number_of(parameter), None)
        for parameter in shape.all("qualifiedMaxCount"):
            yield _counted(count, 0, number_of(parameter))


def _counted(count: Callable[[Values], int], least: int, most: int | None) -> SetTest:
    def is_within(_: str, _said: Description, found: Values) -> bool:
        number = count(found)
        return number >= least and (most is None or number <= most)

    return SetTest(is_within)


def _all_of(inner: list[ValueTest]) -> ValueTest:
    def passes_all(value: str) -> bool:
        for test in inner:  # noqa: SIM110 all() costs twice as much
            if not test(value):
                return False
        return True

    return passes_all


def _any_of(inner: list[ValueTest]) -> ValueTest:
    def passes_any(value: str) -> bool:
        for test in inner:  # noqa: SIM110 any() costs twice as much
            if test(value):
                return True
        return False

    return passes_any


_SINGLE = ("node", "not")
_COMBINED: dict[str, Callable[[list[ValueTest]], ValueTest]] = {
    "node": lambda inner: inner[0],
    "not": lambda inner: lambda value: not inner[0](value),
    "and": _all_of,
    "or": _any_of,
    "xone": lambda inner: lambda value: sum(test(value) for test in inner) == 1,
}
