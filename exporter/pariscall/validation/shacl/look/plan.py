"""A plan: what is asked of the focus nodes of some classes, put together by predicate.

Nodes with the same classes, predicates and numbers of values are alike in all that is counted,
so this is found once for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from ..result import Term
from .compiled import Compiled, Conforms, SetTest, ValueTest
from .terms import Description
from .view import NOTHING, View

_MOST_ALIKE = 20_000
_MOST_PASSED = 4096
_Shape = tuple[Conforms, Term]
Targets = Mapping[str, Sequence[_Shape]]
Pair = tuple[Term, str]


@dataclass(frozen=True)
class _Alike:
    """What is left to ask of nodes that are alike: which shapes they fail, and tests by predicate.

    ``objects`` are what is asked of the values of a predicate as focus nodes.
    """

    failing: list[Term]
    values: list[tuple[str, _ValueTests]]
    others: list[_Shape]
    sets: list[tuple[str, SetTest, Term]]
    objects: list[tuple[str, Sequence[_Shape]]]


class _ValueTests:
    """Tests of the values of a predicate, and the values that are known to pass them all."""

    def __init__(self) -> None:
        self.tests: list[tuple[ValueTest, Term]] = []
        self.passed: set[str] = set()

    def failing(self, value: str) -> list[Term]:
        """Return the shapes whose tests a value fails."""
        failing = [shape for test, shape in self.tests if not test(value)]
        if not failing:
            if len(self.passed) >= _MOST_PASSED:
                self.passed.clear()
            self.passed.add(value)
        return failing


class Plan:
    """The demands of some shapes on the focus nodes that they share.

    ``of_subjects`` and ``of_objects`` are the shapes whose focus nodes have a predicate, or are its values.
    """

    def __init__(
        self, shapes: Iterable[Compiled], of_subjects: Targets, of_objects: Targets, view: View
    ) -> None:
        self._of_subjects, self._of_objects, self._view = of_subjects, of_objects, view
        self._counts: list[tuple[str, int, int | None, Term]] = []
        self._texts: dict[str, _ValueTests] = {}
        self._looks: dict[str, _ValueTests] = {}
        self._looked_at = view.version
        self._sets: list[tuple[str, SetTest, Term]] = []
        self._others: list[_Shape] = []
        self._alike: dict[tuple[object, ...], _Alike] = {}
        for shape in shapes:
            self._add(shape, shape.node)

    def failing(self, node: str, said: Description) -> Iterator[Pair]:
        """Yield the pairs of shape and focus node that fail, some more than once."""
        if self._looked_at != self._view.version:
            self._look_again()
        key = (*said, *map(len, said.values()))
        alike = self._alike.get(key) or self._remember(key, said)
        for shape in alike.failing:
            yield shape, node
        for predicate, tests in alike.values:
            passed = tests.passed
            for value in said[predicate]:
                if value not in passed:
                    for shape in tests.failing(value):
                        yield shape, node
        for predicate, test, shape in alike.sets:
            if not test.passes(node, said, said.get(predicate, ())):
                yield shape, node
        for conforms, shape in alike.others:
            if not conforms(node, said):
                yield shape, node
        for predicate, shapes in alike.objects:
            yield from self._failing_objects(said[predicate], shapes)

    def _failing_objects(self, values: Iterable[str], shapes: Sequence[_Shape]) -> Iterator[Pair]:
        for value in values:
            known = self._view.said.get(value, NOTHING)
            for conforms, shape in shapes:
                if not conforms(value, known):
                    yield shape, value

    def _look_again(self) -> None:
        """Forget which values passed a look, as more or less is known of them now."""
        self._looked_at = self._view.version
        for tests in self._looks.values():
            tests.passed.clear()

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
        values = [
            (name, tests[name])
            for tests in (self._texts, self._looks)
            for name in said
            if name in tests
        ]
        others = [*self._others]
        others += [shape for name in said for shape in self._of_subjects.get(name, ())]
        objects = [(name, self._of_objects[name]) for name in said if name in self._of_objects]
        if len(self._alike) >= _MOST_ALIKE:
            self._alike.clear()
        self._alike[key] = _Alike(failing, values, others, sets, objects)
        return self._alike[key]

    def _add(self, compiled: Compiled, shape: Term) -> None:
        """Add what a shape demands, in the name of the one around it."""
        predicate = compiled.path.predicate if compiled.path else None
        if predicate is None:
            self._add_whole(compiled, shape)
            return
        if compiled.least > 0 or compiled.most is not None:
            self._counts.append((predicate, compiled.least, compiled.most, shape))
        looks = [*compiled.looks, *compiled.property_tests]
        for known, added in ((self._texts, compiled.tests), (self._looks, looks)):
            if added:
                tests = known.setdefault(predicate, _ValueTests()).tests
                tests += [(test, shape) for test in added]
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
