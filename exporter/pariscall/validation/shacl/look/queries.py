"""Whether a query of a SPARQL constraint may have a solution in what a view knows.

Triples are matched as they are written. Where values could be equal that are written differently,
a solution is assumed.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import chain

from .needles import needle_filter
from .paths import InexpressibleError
from .patterns import is_plain, matcher
from .query_reader import Needs, Pattern
from .steps import Slots, Step, is_valued, is_variable
from .terms import Description, Statements, content_of
from .view import View

Filter = Callable[[Iterable[str]], Iterable[str]]

THIS = "?this"
_SET = re.compile(r"\[\^?\]?[^\]]*\]")


class Query:
    """A query made ready: it begins with the focus node, if it names it, else in a document.

    ``followed`` are the predicates whose objects it names again, ``constants`` the subjects and objects
    that it names, ``depth`` the most steps that it takes, and ``reads_predicates`` says that it
    looks at what is said about predicates.
    ``begins_with`` is a predicate that the focus node must have for a solution, if one is known.

    Raises:
        InexpressibleError: if there is no way from one triple to the next.
    """

    def __init__(self, needs: Needs, view: View) -> None:
        patterns = _without_repetitions(needs)
        self.names_this = any(THIS in pattern for pattern in patterns)
        bound = {THIS} if self.names_this else set[str]()
        steps = _ordered(patterns, bound)
        self._slots = Slots(view, _tests(needs))
        self._filters = dict(_filters(needs))
        self._first, rest = steps[0], steps[1:]
        subject, predicate, _ = self._first
        self.begins_with = None if subject != THIS or is_variable(predicate) else predicate
        self._matters = _named_again(self._first, rest, needs)
        last = self._last(needs, {term for step in steps for term in step})
        after = self._chain(rest, bound | set(self._first), last, assumes=True)
        self._go = self._slots.step(self._first, bound, after, assumes=True) if bound else after
        steps += chain(*(group for group in needs.missing))
        self.depth = len(steps)
        parts = Counter(chain(*steps))
        self.followed = {step[1] for step in steps if is_variable(step[2]) and parts[step[2]] > 1}
        self.constants = {term for step in steps for term in step[::2] if not is_variable(term)}
        self.reads_predicates = any(step[1] in {other[0] for other in steps} for step in steps)
        if any(map(is_variable, self.followed)):
            raise InexpressibleError("a query that goes on from any object")

    def may_find(self, focus: str) -> bool:
        """Return whether there may be a solution for a focus node."""
        self._slots.terms[self._slots.place(THIS)] = focus
        return self._go()

    def may_find_in(self, document: Statements, objects: Callable[[], Iterable[str]]) -> bool:
        """Return whether a solution may begin with a triple of a document, which has these objects.

        Triples are alike if they differ only in what matters nowhere else; of these, one is tried.
        """
        _, predicate, term = self._first
        matters = [not is_variable(part) or part in self._matters for part in self._first]
        if matters == [False, True, False] and is_variable(predicate):
            names = {name for said in document.values() for name in said}
            return self._goes_on(predicate, names)
        if matters == [False, False, True]:
            pick = self._filters.get(term)
            return self._goes_on(term, pick(objects()) if pick else objects())
        if is_variable(predicate):
            return any(self._may_begin(triple) for triple in _triples(document))
        wanted = None if is_variable(term) else term
        return any(
            self._may_begin((node, predicate, value))
            for node, said in document.items()
            if predicate in said
            for value in said[predicate]
            if wanted is None or value == wanted
        )

    def _goes_on(self, part: str, terms: Iterable[str]) -> bool:
        """Return whether the query may go on from one of the terms of a part of the first triple."""
        slots, place, test = self._slots.terms, self._slots.place(part), self._slots.test(part)
        for term in terms:
            if test(term) if test else (is_variable(part) or part == term):
                slots[place] = term
                if self._go():
                    return True
        return False

    def _may_begin(self, triple: Pattern) -> bool:
        for part, term in zip(self._first, triple, strict=True):
            if not is_variable(part):
                if part != term:
                    return False
                continue
            test = self._slots.test(part)
            if test is not None and not test(term):
                return False
            self._slots.terms[self._slots.place(part)] = term
        return self._go()

    def _chain(self, steps: list[Pattern], bound: set[str], last: Step, *, assumes: bool) -> Step:
        """Return steps that follow each other, and end with the last one."""
        known = [bound.union(*steps[:number]) for number in range(len(steps))]
        for step, before in reversed(list(zip(steps, known, strict=True))):
            last = self._slots.step(step, before, last, assumes=assumes)
        return last

    def _last(self, needs: Needs, bound: set[str]) -> Step:
        """Return the last step: whether terms may differ, and nothing is there that must be missing."""
        groups = [
            self._chain(_ordered(group, bound), bound, lambda: True, assumes=False)
            for group in needs.missing
        ]
        terms, place = self._slots.terms, self._slots.place
        pairs = [
            (place(one), place(other))
            for one, other in needs.different
            if one in bound and other in bound
        ]

        def ends() -> bool:
            for one, other in pairs:
                if terms[one] == terms[other] and not is_valued(terms[one]):
                    return False
            return not any(group() for group in groups)

        return ends


def objects_of(document: Statements) -> set[str]:
    """Return all objects of a document."""
    return set(chain(*chain(*map(_lists, document.values()))))


def _lists(said: Description) -> Iterable[Iterable[str]]:
    return said.values()


def _triples(document: Statements) -> Iterator[Pattern]:
    for node, said in document.items():
        for name, values in said.items():
            for value in values:
                yield node, name, value


def _ordered(patterns: list[Pattern], bound: set[str]) -> list[Pattern]:
    """Return triples in an order in which each is found from what is bound before it.

    Without anything bound, the first may be any.

    Raises:
        InexpressibleError: if there is no such order.
    """
    waiting, steps, bound = list(patterns), list[Pattern](), set(bound)
    if not waiting:
        raise InexpressibleError("a query without triples")
    if any(len(set(step)) < len(step) for step in waiting):
        raise InexpressibleError("a query with a term twice in a triple")
    while waiting:
        found = [step for step in waiting if _work(step, bound) is not None]
        if not found and not bound:
            found = [min(waiting, key=_openness)]
        if not found:
            raise InexpressibleError("a query whose triples have nothing in common")
        chosen = min(found, key=lambda step: _work(step, bound) or 0)
        waiting.remove(chosen)
        steps.append(chosen)
        bound.update(chosen)
    return steps


def _work(step: Pattern, bound: set[str]) -> int | None:
    """Return how much there is to look through for a triple, in ranks; None if that is all data."""
    subject, predicate, term = step
    if not bound:
        return None
    if subject in bound or not is_variable(subject):
        return 0
    if is_variable(predicate) or (is_variable(term) and term not in bound):
        return None
    return 1 if is_variable(term) else 2


def _openness(step: Pattern) -> int:
    """Return how much of the data a triple may be: the more variables, the more."""
    return sum(map(is_variable, step)) + 2 * is_variable(step[1])


def _named_again(first: Pattern, rest: list[Pattern], needs: Needs) -> set[str]:
    """Return the variables of a triple that matter elsewhere, or twice in it."""
    others = Needs(rest, needs.beginnings, needs.matches, needs.different, needs.missing)
    return others.variables() | {term for term in first if first.count(term) > 1}


def _without_repetitions(needs: Needs) -> list[Pattern]:
    """Return the triples without those that are there whenever another one is."""
    kept = list(dict.fromkeys(needs.patterns))
    for pattern in list(kept):
        rest = [other for other in kept if other != pattern]
        named = _named_again(pattern, rest, needs)
        if any(
            all(
                term == same or (is_variable(term) and term not in named)
                for term, same in zip(pattern, other, strict=True)
            )
            for other in rest
        ):
            kept = rest
    return kept


def _tests(needs: Needs) -> dict[str, Callable[[str], bool]]:
    """Return what the term of a variable must pass.

    An expression that SPARQL and XPath might read differently is passed over.
    """
    found: dict[str, list[Callable[[str], bool]]] = {}
    for name, beginning in needs.beginnings:
        found.setdefault(name, []).append(_begins(beginning))
    for name, pattern, flags in _sure_matches(needs):
        found.setdefault(name, []).append(matcher(pattern, flags))
    return {name: _on_content(tests) for name, tests in found.items()}


def _filters(needs: Needs) -> Iterator[tuple[str, Filter]]:
    """Yield what picks the terms of a variable that may pass its test."""
    for name, pattern, flags in _sure_matches(needs):
        yield name, needle_filter(pattern, flags)


def _sure_matches(needs: Needs) -> Iterator[tuple[str, str, str]]:
    """Yield the expressions that SPARQL and XPath surely read alike."""
    for name, pattern, flags in needs.matches:
        is_alike = "\\" not in pattern and "." not in _SET.sub("", pattern)
        if is_alike and is_plain(pattern, flags):
            yield name, pattern, flags


def _begins(beginning: str) -> Callable[[str], bool]:
    return lambda text: text.startswith(beginning)


def _on_content(tests: list[Callable[[str], bool]]) -> Callable[[str], bool]:
    first, *others = tests

    def passes(term: str) -> bool:
        content = content_of(term)
        if content is None or not first(content):
            return False
        return all(test(content) for test in others)

    return passes
