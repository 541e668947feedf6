"""SPARQL constraints, and components that shapes graphs define by SPARQL.

https://www.w3.org/TR/shacl/#sparql-constraints and #sparql-constraint-components
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ....errors import ShapesError
from ..check import Check, Context, Values, Violation
from ..graph import is_true, texts
from ..prebinding import Template, read_template
from ..result import Messages, Node, Term
from ..shapes import Shape
from ..solutions import SHAPES_GRAPH, QueryStore, Solution, View, check_form

_ALWAYS = ("this", "shapesGraph", "currentShape")


class SparqlContext(Context, Protocol):
    """What checks by SPARQL need besides."""

    @property
    def store(self) -> QueryStore:
        """Where queries are put."""


@dataclass(frozen=True)
class _Query:
    """A query of a constraint or a validator, and what its results say."""

    template: Template
    prefixes: Mapping[str, str]
    messages: Messages
    name: str

    def saying(self, messages: Messages) -> _Query:
        """Return the query with other messages, if it has none."""
        return self if self.messages else replace(self, messages=messages)


def constraints(to: SparqlContext, shape: Shape) -> Iterator[Check]:
    """Yield a check for each SPARQL constraint of a shape that is not switched off."""
    for node in shape.all("sparql"):
        if not is_true(to.graph.values(node, "deactivated")):
            query = _query(to, shape, node, "select", _ALWAYS)
            yield _select_check(to, shape, query, "SPARQLConstraintComponent", {})


def _query(
    to: SparqlContext, shape: Shape, node: Term, form: str, variables: Iterable[str]
) -> _Query:
    name = to.graph.describe(node, shape)
    for text in to.graph.values(node, form):
        try:
            template = read_template(text.value, [*variables], shape.path)
            prefixes = to.graph.prefixes(node)
            check_form(template, prefixes, form)
        except ShapesError as error:
            raise ShapesError(f"{name}: {error}") from None
        messages = texts(to.graph.values(node, "message"))
        return _Query(template, prefixes, messages, name)
    raise ShapesError(f"{name}: there is no sh:{form}.")


def _select_check(
    to: SparqlContext, shape: Shape, query: _Query, component: str, given: Mapping[str, Node]
) -> Check:
    solutions = _asker(to, query)

    def find(focus: Node, _: Values) -> Iterator[Violation]:
        values = _bound(shape, focus, given)
        for solution in solutions(values):
            path = solution.get("path")
            value = solution.get("value", focus if shape.path is None else None)
            messages = _messages(query, {**values, **solution})
            yield Violation(value, str(path) if path else None, messages)

    return Check(component, find)


def _ask_check(
    to: SparqlContext, shape: Shape, query: _Query, component: str, given: Mapping[str, Node]
) -> Check:
    solutions = _asker(to, query)

    def find(focus: Node, nodes: Values) -> Iterator[Violation]:
        for node in nodes:
            values = {**_bound(shape, focus, given), "value": node}
            if not solutions(values):
                yield Violation(node, None, _messages(query, values))

    return Check(component, find)


def _bound(shape: Shape, focus: Node, given: Mapping[str, Node]) -> dict[str, Node]:
    return {"this": focus, "shapesGraph": SHAPES_GRAPH, "currentShape": shape.node, **given}


def _asker(to: SparqlContext, query: _Query) -> Callable[[Mapping[str, Node]], list[Solution]]:
    """Return what puts a query to the view of the data that it needs, chosen when it is needed."""

    @cache
    def view(changed: tuple[Literal, ...]) -> View:
        chosen, reason = to.store.view(query.template, query.prefixes, changed)
        if reason:
            to.note(f"rdflib for {query.name}, because {reason}")
        return chosen

    def solutions(values: Mapping[str, Node]) -> list[Solution]:
        changed = to.store.changed(query.template, values)
        return view(changed).solutions(query.template, query.prefixes, values)

    return solutions


def _messages(query: _Query, bound: Mapping[str, Node]) -> Messages | None:
    """Return what a result says: ?message, else what the query says with its variables filled."""
    own = bound.get("message")
    if isinstance(own, Literal):
        return ((own.language or "", own.value),)
    return tuple((lang, fill(text, bound)) for lang, text in query.messages) or None


def fill(text: str, bound: Mapping[str, Node]) -> str:
    """Put the values of variables into a message, as ``{?name}`` or ``{$name}`` asks."""
    return re.sub(
        r"\{[?$](\w+)\}",
        lambda match: _plain(bound[match[1]]) if match[1] in bound else match[0],
        text,
    )


def _plain(term: Node) -> str:
    return str(term) if isinstance(term, BlankNode | Triple) else term.value


class Definitions:
    """The constraint components that a shapes graph defines."""

    def __init__(self, to: SparqlContext) -> None:
        self._to = to
        self._components = [
            node for node in to.graph.instances("ConstraintComponent") if self._parameters(node)
        ]

    def parameters(self) -> set[str]:
        """Return the IRIs of all parameters."""
        return {
            path.value for node in self._components for path, _ in self._parameters(node).values()
        }

    def checks(self, shape: Shape) -> Iterator[Check]:
        """Yield the checks of the components whose parameters a shape has."""
        for component in self._components:
            parameters = self._parameters(component)
            given = {name: shape.all(path.value) for name, (path, _) in parameters.items()}
            if all(given[name] or optional for name, (_, optional) in parameters.items()):
                for values in _choices(given):
                    yield self._check(component, shape, values)

    def _check(self, component: Term, shape: Shape, given: Mapping[str, Node]) -> Check:
        kind = "nodeValidator" if shape.path is None else "propertyValidator"
        graph, iri = self._to.graph, component.value
        own = texts(graph.values(component, "message"))
        for node in (*graph.values(component, kind), *graph.values(component, "validator")):
            if graph.values(node, "ask"):
                query = _query(self._to, shape, node, "ask", [*_ALWAYS, "value", *given])
                return _ask_check(self._to, shape, query.saying(own), iri, given)
            query = _query(self._to, shape, node, "select", [*_ALWAYS, *given])
            return _select_check(self._to, shape, query.saying(own), iri, given)
        raise ShapesError(f"no engine can judge {component}: it has no validator in SPARQL.")

    def _parameters(self, component: Term) -> dict[str, tuple[NamedNode, bool]]:
        """Return the parameters of a component by name, and whether each may be missing."""
        graph = self._to.graph
        return {
            re.split("[#/:]", path.value)[-1]: (path, is_true(graph.values(parameter, "optional")))
            for parameter in graph.values(component, "parameter")
            for path in graph.values(parameter, "path")
            if isinstance(path, NamedNode)
        }


def _choices(given: Mapping[str, list[Term]]) -> Iterator[dict[str, Node]]:
    """Yield the values of parameters, one by one if a single parameter has several."""
    names = [name for name, values in given.items() if values]
    for number in range(max((len(given[name]) for name in names), default=0)):
        yield {name: given[name][min(number, len(given[name]) - 1)] for name in names}
