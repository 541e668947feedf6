"""Where the nodes and triples that results are about are written: file, line, column, cell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Protocol

from pyoxigraph import NamedNode

from ..shacl.result import Node, ValidationResult
from .location import Location
from .statement import Statement, statement_of

_QUERY = "SPARQLConstraintComponent"


class Locator(Protocol):
    """The locations in one or more files."""

    def subject(self, node: Node) -> Location | None:
        """Return the location where a node is introduced."""

    def statement(
        self, node: Node | None, predicate: NamedNode | None, term: Node | None
    ) -> Location | None:
        """Return the location of the first triple that has what is not None."""

    def mention(self, node: Node) -> Location | None:
        """Return the location where a node is first named as an object."""


def find(
    result: ValidationResult, sources: Sequence[Locator], looked_at: Sequence[NamedNode] = ()
) -> Location | None:
    """Find the triple that a result is about; failing this, its focus node or its value.

    A node of which nothing is said is found where it is first mentioned. ``looked_at`` are the
    predicates that the shape looks at: a result about a node as a whole is best shown at the
    first of them.
    """
    return next((found for found in _candidates(result, sources, looked_at) if found), None)


def _candidates(
    result: ValidationResult, sources: Sequence[Locator], looked_at: Sequence[NamedNode]
) -> Iterator[Location | None]:
    statement = statement_of(result)
    if statement:
        yield from (source.statement(*statement) for source in sources)
    every, predicates = [result.focus, result.value], looked_at if not result.path else ()
    if result.component == _QUERY:  # a query over the whole graph is about its values
        every, predicates = every[::-1], [*_predicate(statement), *looked_at]
    nodes = [node for node in every if node is not None]
    for node in nodes:
        for predicate in predicates:
            yield from (source.statement(node, predicate, None) for source in sources)
        yield from (source.subject(node) for source in sources)
    for node in nodes:
        yield from (source.mention(node) for source in sources)


def _predicate(statement: Statement | None) -> list[NamedNode]:
    return [statement[1]] if statement and statement[1] else []
