"""A plan: what is asked of the focus nodes of some classes, put together by predicate.

Nodes with the same classes, predicates and numbers of values are alike in all that is counted,
so this is found once for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..result import Term
from .compiled import Compiled, Conforms, SetTest, ValueTest
from .terms import Description

_MOST_ALIKE = 20_000
_MOST_PASSED = 4096
_Tests = list[tuple[ValueTest, Term]]


@dataclass(frozen=True)
class _Alike:
    """What is left to ask of nodes that are alike: which shapes they fail, and tests by predicate."""

    failing: list[Term]
    values: list[tuple[str, _ValueTests]]
    others: list[tuple[Conforms, Term]]
    sets: list[tuple[str, SetTest, Term]]


class _ValueTests:
    """The tests of the values of a predicate: of their texts, which are tested once, and others."""

    def __init__(self) -> None:
        self.tests: _Tests = []
        self.looks: _Tests = []
        self._passed: set[str] = set()

    def failing(self, values: Iterable[str]) -> Iterator[Term]:
        """Yield the shapes whose tests fail."""
        passed = self._passed
        for value in values:
            if value not in passed:
                failing = [shape for test, shape in self.tests if not test(value)]
                yield from failing
                if not failing:
                    if len(passed) >= _MOST_PASSED:
                        passed.clear()
                    passed.add(value)
            for test, shape in self.looks:
                if not test(value):
                    yield shape


class Plan:
    """The demands of some shapes on the focus nodes that they share."""

    def __init__(self, shapes: Iterable[Compiled]) -> None:
        self._counts: list[tuple[str, int, int | None, Term]] = []
        self._values: dict[str, _ValueTests] = {}
        self._sets: list[tuple[str, SetTest, Term]] = []
        self._others: list[tuple[Conforms, Term]] = []
        self._alike: dict[tuple[object, ...], _Alike] = {}
        for shape in shapes:
            self._add(shape, shape.node)

    def failing(self, node: str, said: Description) -> Iterator[Term]:
        """Yield the shapes to which a node does not conform, some more than once."""
        key = (*said, *map(len, said.values()))
        alike = self._alike.get(key)
        if alike is None:
            alike = self._remember(key, said)
        yield from alike.failing
        for predicate, tests in alike.values:
            yield from tests.failing(said[predicate])
        for predicate, test, shape in alike.sets:
            if not test.passes(node, said, said.get(predicate, ())):
                yield shape
        for conforms, shape in alike.others:
            if not conforms(node, said):
                yield shape

    def _remember(self, key: tuple[object, ...], said: Description) -> _Alike:
        numbers = {predicate: len(values) for predicate, values in said.items()}
        failing = [
            shape
            for predicate, least, most, shape in self._counts
            if (number := numbers.get(predicate, 0)) < least or (most is not None and number > most)
        ]
        sets = [
            (predicate, test, shape)
            for predicate, test, shape in self._sets
            if numbers.get(predicate, 0) >= test.least
            and (test.other is None or test.other in said)
        ]
        values = [(name, self._values[name]) for name in said if name in self._values]
        if len(self._alike) >= _MOST_ALIKE:
            self._alike.clear()
        self._alike[key] = _Alike(failing, values, self._others, sets)
        return self._alike[key]

    def _add(self, compiled: Compiled, shape: Term) -> None:
        """Add what a shape demands, in the name of the one around it."""
        predicate = compiled.path.predicate if compiled.path else None
        if predicate is None:
            self._add_whole(compiled, shape)
            return
        if compiled.least > 0 or compiled.most is not None:
            self._counts.append((predicate, compiled.least, compiled.most, shape))
        looks = (*compiled.looks, *compiled.property_tests)
        if compiled.tests or looks:
            tests = self._values.setdefault(predicate, _ValueTests())
            tests.tests += [(test, shape) for test in compiled.tests]
            tests.looks += [(test, shape) for test in looks]
        self._sets += [(predicate, test, shape) for test in compiled.sets]

    def _add_whole(self, compiled: Compiled, shape: Term) -> None:
        """Add a shape whose path is not a predicate; one without a path demands property by property."""
        if compiled.path is not None:
            self._others.append((compiled.conforms(), shape))
            return
        for inner in compiled.properties:
            self._add(inner, shape)
        if compiled.demands_of_node:
            self._others.append((compiled.without_properties().conforms(), shape))
