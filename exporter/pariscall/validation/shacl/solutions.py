"""The store that queries of shapes are put to, and the solutions that it gives."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property

from pyoxigraph import (
    NamedNode,
    Quad,
    QueryBoolean,
    QuerySolutions,
    Store,
)

from ...errors import ShapesError
from .prebinding import BOUND, Template
from .result import Node

SHAPES_GRAPH = NamedNode("urn:x-pariscall:shapes")
Solution = dict[str, Node]


class QueryStore:
    """Data and shapes as the queries of SPARQL constraints see them."""

    def __init__(self, data: Iterable[Quad], shapes: Iterable[Quad]) -> None:
        self._data, self._shapes = data, shapes

    def solutions(
        self, template: Template, prefixes: Mapping[str, str], values: Mapping[str, Node]
    ) -> Iterator[Solution]:
        """Yield the solutions of a SELECT query.

        Raises:
            ShapesError: if it is not one, or cannot be run.
        """
        with self._holding(template.blank(values)):
            found = self._query(template.bound(values), prefixes)
            if not isinstance(found, QuerySolutions):
                raise ShapesError("a query in the shapes is not a SELECT query.")
            names = [variable.value for variable in found.variables]
            try:
                for solution in found:
                    yield {name: term for name, term in zip(names, solution, strict=True) if term}
            except (RuntimeError, OSError) as error:
                raise ShapesError(f"a query in the shapes cannot be run: {error}.") from None

    def is_true(
        self, template: Template, prefixes: Mapping[str, str], values: Mapping[str, Node]
    ) -> bool:
        """Return the answer of an ASK query.

        Raises:
            ShapesError: if it is not one, or cannot be run.
        """
        with self._holding(template.blank(values)):
            found = self._query(template.bound(values), prefixes)
            if not isinstance(found, QueryBoolean):
                raise ShapesError("a query in the shapes is not an ASK query.")
            return bool(found)

    def _query(self, query: str, prefixes: Mapping[str, str]) -> object:
        try:
            return self._store.query(query, prefixes=dict(prefixes))
        except SyntaxError as error:
            raise ShapesError(f"a query in the shapes is not SPARQL: {error}.") from None
        except (RuntimeError, OSError) as error:
            raise ShapesError(f"a query in the shapes cannot be run: {error}.") from None

    @contextmanager
    def _holding(self, values: Mapping[str, Node]) -> Iterator[None]:
        """Keep values in the graph of what is bound beforehand."""
        kept = [
            Quad(BOUND, NamedNode(f"{BOUND.value}:{name}"), value, BOUND)
            for name, value in values.items()
        ]
        self._store.extend(kept)
        try:
            yield
        finally:
            for quad in kept:
                self._store.remove(quad)

    @cached_property
    def _store(self) -> Store:
        store = Store()
        store.bulk_extend(self._data)
        store.bulk_extend(
            Quad(quad.subject, quad.predicate, quad.object, SHAPES_GRAPH) for quad in self._shapes
        )
        return store
