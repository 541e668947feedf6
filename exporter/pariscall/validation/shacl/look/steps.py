"""The steps of a query: each finds a triple from what is bound before it, and goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from .query_reader import Pattern
from .view import NOTHING, View

Step = Callable[[], bool]
Tests = Mapping[str, Callable[[str], bool]]


class Slots:
    """The terms of a query: what its variables are bound to at the moment, and its constants."""

    def __init__(self, view: View, tests: Tests) -> None:
        self.terms: list[str] = []
        self._places: dict[str, int] = {}
        self._view, self._tests = view, tests

    def place(self, term: str) -> int:
        """Return where a variable or a constant is."""
        if term not in self._places:
            self._places[term] = len(self.terms)
            self.terms.append("" if is_variable(term) else term)
        return self._places[term]

    def test(self, term: str) -> Callable[[str], bool] | None:
        """Return what a term that is bound to a variable must pass, if anything."""
        return self._tests.get(term) if is_variable(term) else None

    def step(self, pattern: Pattern, bound: set[str], following: Step, *, assumes: bool) -> Step:
        """Return a step; ``assumes`` takes what may be equal by value for equal."""
        subject, predicate, term = pattern
        is_bound = not is_variable(term) or term in bound
        if is_variable(subject) and subject not in bound:
            return self._backwards(pattern, following, assumes=assumes)
        if is_variable(predicate):
            return self._by_any(pattern, bound, following, assumes=assumes)
        if is_bound:
            return self._there(pattern, following, assumes=assumes)
        return self._forwards(pattern, following)

    def _forwards(self, pattern: Pattern, following: Step) -> Step:
        start, predicate, end = self.place(pattern[0]), pattern[1], self.place(pattern[2])
        terms, known, test = self.terms, self._view.said, self.test(pattern[2])

        def go() -> bool:
            for value in known.get(terms[start], NOTHING).get(predicate, ()):
                if test is None or test(value):
                    terms[end] = value
                    if following():
                        return True
            return False

        return go

    def _there(self, pattern: Pattern, following: Step, *, assumes: bool) -> Step:
        start, predicate, end = self.place(pattern[0]), pattern[1], self.place(pattern[2])
        terms, known = self.terms, self._view.said

        def go() -> bool:
            values = known.get(terms[start], NOTHING).get(predicate, ())
            term = terms[end]
            if term in values and following():
                return True
            return assumes and is_valued(term) and any(map(is_valued, values))

        return go

    def _backwards(self, pattern: Pattern, following: Step, *, assumes: bool) -> Step:
        start, end = self.place(pattern[0]), self.place(pattern[2])
        terms, incoming = self.terms, self._view.backwards(pattern[1])
        test = self.test(pattern[0])

        def go() -> bool:
            if assumes and is_valued(terms[end]):
                return True
            for node in incoming.get(terms[end], ()):
                if test is None or test(node):
                    terms[start] = node
                    if following():
                        return True
            return False

        return go

    def _by_any(self, pattern: Pattern, bound: set[str], following: Step, *, assumes: bool) -> Step:
        start, middle, end = map(self.place, pattern)
        terms, known = self.terms, self._view.said
        name_test, value_test = self.test(pattern[1]), self.test(pattern[2])
        has_name = pattern[1] in bound
        has_value = not is_variable(pattern[2]) or pattern[2] in bound

        def go() -> bool:
            for name, values in known.get(terms[start], NOTHING).items():
                if has_name:
                    if name != terms[middle]:
                        continue
                elif name_test is not None and not name_test(name):
                    continue
                else:
                    terms[middle] = name
                for value in values:
                    if has_value and value != terms[end]:
                        if assumes and is_valued(value) and is_valued(terms[end]):
                            return True
                    elif has_value or value_test is None or value_test(value):
                        terms[end] = value
                        if following():
                            return True
            return False

        return go


def is_variable(term: str) -> bool:
    """Report whether a term of a query is a variable."""
    return term[:1] == "?"


def is_valued(term: str) -> bool:
    """Report whether a term may be equal to one that is written differently."""
    return term[:1] == '"' and term[-1:] == ">"
