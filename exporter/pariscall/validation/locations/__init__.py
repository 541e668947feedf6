"""Where the things that findings are about stand: file, line, column, cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from pyoxigraph import NamedNode

from ..shacl.result import Node, ValidationResult
from .location import Location
from .statement import Statement, statement_of

_QUERY = "SPARQLConstraintComponent"


class Locator(Protocol):
    """The places in one or more files."""

    def subject(self, node: Node) -> Location | None:
        """Give the place where a node is introduced."""

    def statement(
        self, node: Node | None, predicate: NamedNode | None, term: Node | None
    ) -> Location | None:
        """Give the place of the first statement that has what is not None."""


def find(
    result: ValidationResult, sources: Sequence[Locator], looked_at: Sequence[NamedNode] = ()
) -> Location | None:
    """Find the statement that a finding is about; failing this, its focus node or its value.

    ``looked_at`` are the predicates that the shape looks at: a finding about a node as a whole
    is best shown at the first of them.
    """
    return next(
        (location for location in _candidates(result, sources, looked_at) if location), None
    )


def _candidates(
    result: ValidationResult, sources: Sequence[Locator], looked_at: Sequence[NamedNode]
) -> Iterator[Location | None]:
    statement = statement_of(result)
    if statement:
        yield from (source.statement(*statement) for source in sources)
    nodes, predicates = [result.focus, result.value], looked_at if not result.path else ()
    if result.component == _QUERY:  # a query over the whole graph is about its values
        nodes, predicates = nodes[::-1], [*_predicate(statement), *looked_at]
    for node in (node for node in nodes if node is not None):
        for predicate in predicates:
            yield from (source.statement(node, predicate, None) for source in sources)
        yield from (source.subject(node) for source in sources)


def _predicate(statement: Statement | None) -> list[NamedNode]:
    return [statement[1]] if statement and statement[1] else []
