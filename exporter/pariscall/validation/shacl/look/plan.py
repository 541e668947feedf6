"""A plan: what is asked of the focus nodes of some classes, put together by predicate.

Nodes with the same classes, predicates and numbers of values are alike in all that is counted,
so this is found once for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..result import Term
from .compiled import Compiled, Conforms, ValueTest
from .terms import Description

_MOST_ALIKE = 20_000
_Tests = list[tuple[ValueTest, Term]]


class Plan:
    """The demands of some shapes on the focus nodes that they share."""

    def __init__(self, shapes: Iterable[Compiled]) -> None:
        self._counts: list[tuple[str, int, int | None, Term]] = []
        self._tests: dict[str, _Tests] = {}
        self._others: list[tuple[Conforms, Term]] = []
        self._alike: dict[tuple[object, ...], tuple[list[Term], list[tuple[str, _Tests]]]] = {}
        for shape in shapes:
            self._add(shape, shape.node)

    def failing(self, node: str, said: Description) -> Iterator[Term]:
        """Yield the shapes to which a node does not conform, some more than once."""
        key = (*said, *map(len, said.values()))
        alike = self._alike.get(key)
        if alike is None:
            alike = self._remember(key, said)
        failing, tests_by_predicate = alike
        yield from failing
        for predicate, tests in tests_by_predicate:
            for value in said[predicate]:
                for test, shape in tests:
                    if not test(value):
                        yield shape
        for conforms, shape in self._others:
            if not conforms(node, said):
                yield shape

    def _remember(
        self, key: tuple[object, ...], said: Description
    ) -> tuple[list[Term], list[tuple[str, _Tests]]]:
        failing = [
            shape
            for predicate, least, most, shape in self._counts
            if (number := len(said.get(predicate, ()))) < least
            or (most is not None and number > most)
        ]
        if len(self._alike) >= _MOST_ALIKE:
            self._alike.clear()
        tests = [(name, self._tests[name]) for name in said if name in self._tests]
        self._alike[key] = failing, tests
        return self._alike[key]

    def _add(self, compiled: Compiled, shape: Term) -> None:
        """Add what a shape demands, in the name of the one around it."""
        predicate = compiled.path.predicate if compiled.path else None
        if predicate is None:
            self._add_whole(compiled, shape)
            return
        if compiled.least > 0 or compiled.most is not None:
            self._counts.append((predicate, compiled.least, compiled.most, shape))
        for test in (*compiled.tests, *compiled.property_tests):
            self._tests.setdefault(predicate, []).append((test, shape))
        if conforms := compiled.conforms_as_set():
            self._others.append((conforms, shape))

    def _add_whole(self, compiled: Compiled, shape: Term) -> None:
        """Add a shape whose path is not a predicate; one without a path demands property by property."""
        if compiled.path is not None:
            self._others.append((compiled.conforms(), shape))
            return
        for inner in compiled.properties:
            self._add(inner, shape)
        if compiled.demands_of_node:
            self._others.append((compiled.without_properties().conforms(), shape))
