"""The fast engine: every constraint is one SPARQL query over the whole graph, on Oxigraph."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

from pyoxigraph import (
    BlankNode,
    Literal,
    NamedNode,
    Quad,
    QuerySolution,
    QuerySolutions,
    Store,
    Variable,
)

from ...errors import ShapesError
from ...rdf.sparql import check_is_local
from .check import Check, any_of
from .compiler import Compiler
from .constraints import SUPPORTED
from .graph import texts
from .result import Messages, Term, ValidationResult, in_order
from .shapes import Shape, ShapesGraph, UnsupportedError
from .targets import THIS, focus_nodes, target_pattern


@dataclass(frozen=True)
class _Step:
    """A check, the variable of its focus nodes, and how these are reached from the target."""

    shape: Shape
    check: Check
    focus: str
    binding: str


@dataclass(frozen=True)
class _Query:
    """A SPARQL constraint (https://www.w3.org/TR/shacl/#sparql-constraints)."""

    select: str
    prefixes: dict[str, str]
    messages: Messages


@dataclass(frozen=True)
class _Plan:
    """All that is run for one shape with a target."""

    shape: Shape
    steps: list[_Step]
    queries: list[_Query]

    @property
    def violated(self) -> str:
        """The condition under which a focus node violates any of the checks."""
        return any_of([step.check.found(step.binding) for step in self.steps])


class OxigraphEngine:
    """Validates data against one shapes graph.

    Raises:
        UnsupportedError: if the shapes use something that only the reference engine understands.
        ShapesError: if the shapes validate nothing or are broken.
    """

    name = "oxigraph"

    def __init__(self, shapes: Iterable[Quad]) -> None:
        self._graph = ShapesGraph(shapes)
        beyond = self._graph.parameters_beyond(SUPPORTED)
        if beyond:
            raise UnsupportedError(", ".join(f"sh:{name}" for name in beyond))
        self._compiler = Compiler(self._graph)
        try:
            self._plans = [
                _Plan(shape, list(self._compiled(shape, THIS, "")), list(self._queries(shape)))
                for shape in self._graph.targeted()
            ]
        except RecursionError:
            raise UnsupportedError("shapes that refer to themselves") from None

    def validate(self, data: Iterable[Quad]) -> list[ValidationResult]:
        """Find what does not conform in the default graph of the data."""
        store = Store()
        store.bulk_extend(data)
        # Oxigraph lets go of the interpreter while it evaluates, so queries run side by side.
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            found = pool.map(lambda plan: _results(store, plan), self._plans)
            return in_order(result for results in found for result in results)

    def _compiled(self, shape: Shape, focus: str, binding: str) -> Iterator[_Step]:
        """Compile a shape and the properties of its values, with how their focus is reached."""
        for check in self._compiler.checks(shape, focus):
            yield _Step(shape, check, focus, binding)
        for inner in self._compiler.properties(shape):
            if inner.all("sparql"):
                raise UnsupportedError("SPARQL constraints inside other shapes")
            value, values = self._compiler.values(shape, focus)
            yield from self._compiled(inner, value, binding + values)

    def _queries(self, shape: Shape) -> Iterator[_Query]:
        for node in shape.all("sparql"):
            constraint = self._graph.shape(node)
            yield _Query(
                select=_select(constraint, shape),
                prefixes=self._graph.prefixes(node),
                messages=texts(constraint.all("message")) or shape.messages,
            )


def _results(store: Store, plan: _Plan) -> list[ValidationResult]:
    target = target_pattern(store, plan.shape)
    results: list[ValidationResult] = []
    # One question asks whether there is any violation; only then is each check run for itself.
    if store.query(f"ASK {{ {target} FILTER ({plan.violated}) }}"):
        for step in plan.steps:
            results += _run(store, step, target)
    for query in plan.queries:
        results += _run_query(store, plan.shape, query)
    return results


def _run(store: Store, step: _Step, target: str) -> Iterator[ValidationResult]:
    check, shape = step.check, step.shape
    reported = list(dict.fromkeys(filter(None, (step.focus, check.value, check.path))))
    pattern = f"{target} {step.binding} {check.pattern}"
    for solution in _solutions(
        store, f"SELECT DISTINCT {' '.join(reported)} WHERE {{ {pattern} }}"
    ):
        bound = _bindings(solution, reported)
        yield ValidationResult(
            severity=shape.severity,
            focus=bound[step.focus],
            path=str(bound[check.path]) if check.path else shape.path,
            value=bound[check.value] if check.value else None,
            shape=shape.node,
            component=check.component,
            messages=shape.messages,
        )


def _run_query(store: Store, shape: Shape, query: _Query) -> Iterator[ValidationResult]:
    for focus in focus_nodes(store, shape):
        solutions = _solutions(store, query.select, query.prefixes, focus)
        variables = [str(variable) for variable in solutions.variables]
        for solution in solutions:
            bound = _bindings(solution, variables)
            path = bound.get("?path")
            yield ValidationResult(
                severity=shape.severity,
                focus=focus,
                path=str(path) if path else shape.path,
                value=bound.get("?value", focus if shape.path is None else None),
                shape=shape.node,
                component="SPARQLConstraintComponent",
                messages=tuple((lang, _filled(text, bound)) for lang, text in query.messages),
            )


def _select(constraint: Shape, shape: Shape) -> str:
    for select in constraint.all("select"):
        if isinstance(select, Literal):
            text = select.value.replace("$PATH", shape.path or "")
            if re.search(r"[$?](shapesGraph|currentShape)\b", text):
                raise UnsupportedError("queries over the shapes graph")
            check_is_local(text)
            return text
    raise UnsupportedError("SPARQL constraints without sh:select")


def _solutions(
    store: Store,
    query: str,
    prefixes: dict[str, str] | None = None,
    focus: Term | None = None,
) -> QuerySolutions:
    try:
        found = store.query(
            query,
            prefixes=prefixes,
            substitutions=None if focus is None else {Variable(THIS[1:]): focus},
        )
    except SyntaxError as error:
        raise ShapesError(f"a query in the shapes is not SPARQL: {error}.") from None
    except RuntimeError as error:
        raise ShapesError(f"a query in the shapes cannot be run: {error}.") from None
    if not isinstance(found, QuerySolutions):
        raise ShapesError("a query in the shapes is not a SELECT query.")
    return found


def _bindings(solution: QuerySolution, variables: list[str]) -> dict[str, Term]:
    return {
        name: term
        for name, term in zip(variables, solution, strict=True)
        if isinstance(term, NamedNode | BlankNode | Literal)
    }


def _filled(text: str, bound: dict[str, Term]) -> str:
    """Put the values of variables into a message, as ``{?name}`` or ``{$name}`` asks."""
    return re.sub(
        r"\{[?$](\w+)\}",
        lambda match: _plain(bound[f"?{match[1]}"]) if f"?{match[1]}" in bound else match[0],
        text,
    )


def _plain(term: Term) -> str:
    return str(term) if isinstance(term, BlankNode) else term.value
