"""Whether a query of a SPARQL constraint may have a solution in what a view knows.

Triples are matched as they are written. Where values could be equal that are written differently,
a solution is assumed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator

from .paths import InexpressibleError
from .patterns import is_plain, matcher
from .query_reader import Needs, Pattern
from .terms import Statements, content_of
from .view import NOTHING, View

Bound = dict[str, str]
THIS = "?this"
_SET = re.compile(r"\[\^?\]?[^\]]*\]")


class Query:
    """A query made ready: it begins with the focus node, if it names it, else in a document.

    ``followed`` are the predicates whose objects it goes on from, and ``reads_predicates`` says that
    it looks at what is said about predicates.

    Raises:
        InexpressibleError: if there is no way from one triple to the next.
    """

    def __init__(self, needs: Needs, view: View) -> None:
        self._needs, self._known, self._view = needs, view.said, view
        self._tests = _tests(needs)
        patterns = _without_repetitions(needs)
        self.names_this = any(THIS in pattern for pattern in patterns)
        self._steps = _ordered(patterns, {THIS} if self.names_this else set())
        bound = {term for step in self._steps for term in step}
        self._missing = [_ordered(group, bound) for group in needs.missing]
        self._matters = _named_again(self._steps[0], self._steps[1:], needs)
        steps = [*self._steps, *(step for group in self._missing for step in group)]
        first = {THIS} if self.names_this else set(self._steps[0])
        for group in ([*self._steps], *([*self._steps, *group] for group in self._missing)):
            for predicate in _found_by_object(group, first):
                view.backwards(predicate)
        subjects = {step[0] for step in steps}
        self.followed = {predicate for _, predicate, term in steps if term in subjects}
        self.reads_predicates = any(predicate in subjects for _, predicate, _ in steps)
        if any(map(_is_variable, self.followed)):
            raise InexpressibleError("a query that goes on from any object")

    def may_find(self, focus: str) -> bool:
        """Return whether there may be a solution for a focus node."""
        return self._may_go_on({THIS: focus}, 0)

    def may_find_in(self, document: Statements) -> bool:
        """Return whether a solution may begin with a triple of a document."""
        first = self._steps[0]
        return any(self._may_bind(first, triple, {}, 1) for triple in self._candidates(document))

    def _candidates(self, document: Statements) -> Iterable[Pattern]:
        """Return the triples with which a solution may begin, alike ones once.

        They are alike if they differ only in what matters nowhere else.
        """
        matters = [not _is_variable(term) or term in self._matters for term in self._steps[0]]
        _, predicate, _ = self._steps[0]
        triples = (
            (node, name, value)
            for node, said in document.items()
            for name in (said if _is_variable(predicate) else (predicate,))
            for value in said.get(name, ())
        )
        if all(matters):
            return triples
        by_subject, by_predicate, by_value = matters
        return dict.fromkeys(
            (node if by_subject else "", name if by_predicate else "", value if by_value else "")
            for node, name, value in triples
        )

    def _may_go_on(self, bound: Bound, at: int) -> bool:
        if at == len(self._steps):
            return self._may_differ(bound) and not any(
                self._exists(group, bound) for group in self._missing
            )
        step = self._steps[at]
        term = bound.get(step[2], step[2])
        if _is_variable(bound.get(step[0], step[0])) and _is_valued(term):
            return True
        return any(
            self._may_bind(step, triple, bound, at + 1) for triple in self._found(step, bound)
        )

    def _may_bind(self, step: Pattern, triple: Pattern, bound: Bound, following: int) -> bool:
        """Return whether a triple fits a step, and the rest may be found then."""
        new = dict(bound)
        for name, term in zip(step, triple, strict=True):
            if not _is_variable(name):
                if name != term:
                    return False
            elif name not in new:
                test = self._tests.get(name)
                if test is not None and not test(term):
                    return False
                new[name] = term
            elif new[name] != term:
                return _is_valued(new[name]) and _is_valued(term)
        return self._may_go_on(new, following)

    def _found(self, step: Pattern, bound: Bound) -> Iterator[Pattern]:
        """Yield the triples that fit what is bound of a step, by its subject or else by its object."""
        subject, predicate, term = (bound.get(part, part) for part in step)
        if not _is_variable(subject):
            said = self._known.get(subject, NOTHING)
            for name in said if _is_variable(predicate) else (predicate,):
                for value in said.get(name, ()):
                    yield subject, name, value
        else:
            for node in self._view.incoming[predicate].get(term, ()):
                yield node, predicate, term

    def _exists(self, steps: list[Pattern], bound: Bound) -> bool:
        """Return whether triples are surely there."""
        if not steps:
            return True
        for triple in self._found(steps[0], bound):
            new = dict(bound)
            fits = [
                new.setdefault(name, term) == term if _is_variable(name) else name == term
                for name, term in zip(steps[0], triple, strict=True)
            ]
            if all(fits) and self._exists(steps[1:], new):
                return True
        return False

    def _may_differ(self, bound: Bound) -> bool:
        return all(
            bound.get(one, "") != bound.get(other, "?") or _is_valued(bound[one])
            for one, other in self._needs.different
        )


def _ordered(patterns: list[Pattern], bound: set[str]) -> list[Pattern]:
    """Return triples in an order in which each is found from what is bound before it.

    Without anything bound, the first may be any.

    Raises:
        InexpressibleError: if there is no such order.
    """
    waiting, steps, bound = list(patterns), list[Pattern](), set(bound)
    if not waiting:
        raise InexpressibleError("a query without triples")
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
    if subject in bound or not _is_variable(subject):
        return 0
    if _is_variable(predicate) or (_is_variable(term) and term not in bound):
        return None
    return 1 if _is_variable(term) else 2


def _found_by_object(steps: Iterable[Pattern], bound: set[str]) -> set[str]:
    """Return the predicates of the triples that are found from their objects."""
    found, bound = set[str](), set(bound)
    for step in steps:
        if _is_variable(step[0]) and step[0] not in bound:
            found.add(step[1])
        bound.update(step)
    return found


def _openness(step: Pattern) -> int:
    """Return how much of the data a triple may be: the more variables, the more."""
    return sum(map(_is_variable, step)) + 2 * _is_variable(step[1])


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
                term == same or (_is_variable(term) and term not in named)
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
    for name, pattern, flags in needs.matches:
        is_alike = "\\" not in pattern and "." not in _SET.sub("", pattern)
        if is_alike and is_plain(pattern, flags):
            found.setdefault(name, []).append(matcher(pattern, flags))
    return {name: _on_content(tests) for name, tests in found.items()}


def _begins(beginning: str) -> Callable[[str], bool]:
    return lambda text: text.startswith(beginning)


def _on_content(tests: list[Callable[[str], bool]]) -> Callable[[str], bool]:
    def passes(term: str) -> bool:
        content = content_of(term)
        return content is not None and all(test(content) for test in tests)

    return passes


def _is_variable(term: str) -> bool:
    return term[:1] == "?"


def _is_valued(term: str) -> bool:
    """Return whether a term may be equal to one that is written differently."""
    return term[:1] == '"' and term[-1:] == ">"
