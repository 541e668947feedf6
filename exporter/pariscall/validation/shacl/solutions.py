"""The stores that queries of shapes are put to, and the solutions that they give."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad, QueryBoolean, QuerySolutions, Store

from ...errors import ShapesError
from .prebinding import BOUND, Template
from .respelling import Reading, Respelling
from .result import Node

SHAPES_GRAPH = NamedNode("urn:x-pariscall:shapes")
Solution = dict[str, Node]
_FORMS = {"SELECT", "ASK", "CONSTRUCT", "DESCRIBE"}


class View(Protocol):
    """Data as a query sees them."""

    def solutions(
        self, template: Template, prefixes: Mapping[str, str], values: Mapping[str, Node]
    ) -> list[Solution]:
        """Return the solutions of a SELECT query; those of an ASK query are one or none."""


class QueryStore:
    """Data and shapes as the queries of SPARQL constraints see them."""

    def __init__(self, data: Iterable[Quad], shapes: Collection[Quad]) -> None:
        self._data, self._given_shapes = data, shapes

    def changed(self, template: Template, values: Mapping[str, Node]) -> tuple[Literal, ...]:
        """Return the values of a query's variables that a store would not keep as written."""
        return self._respelling.changed(
            values[name] for name in template.variables if name in values
        )

    def view(
        self, template: Template, prefixes: Mapping[str, str], changed: Sequence[Literal]
    ) -> tuple[View, str]:
        """Return the view that a query needs, and why, if it is not the usual one."""
        reading = self._respelling.reading(template.tokens, prefixes, changed)
        if reading is Reading.TEXTS or (reading is Reading.EITHER and self._respelling.stored):
            return self._texts, ""
        if reading in (Reading.VALUES, Reading.EITHER):
            return self._values, ""
        example = min(changed, key=str) if changed else self._respelling.example
        why = f"it compares values and reads how literals like {example} are written"
        return self._rdflib, why

    @cached_property
    def _shapes(self) -> list[Quad]:
        return [
            Quad(quad.subject, quad.predicate, quad.object, SHAPES_GRAPH)
            for quad in self._given_shapes
        ]

    @cached_property
    def _respelling(self) -> Respelling:
        return Respelling(self._data)

    @cached_property
    def _values(self) -> View:
        return OxigraphView(self._data, self._shapes, self._respelling)

    @cached_property
    def _texts(self) -> View:
        return OxigraphView(self._data, self._shapes, self._respelling, are_marked=True)

    @cached_property
    def _rdflib(self) -> View:
        from .rdflib_view import RdflibView

        return RdflibView([*self._data, *self._shapes])


class OxigraphView:
    """Data in a store of Oxigraph; ``are_marked`` says whether their literals are."""

    def __init__(
        self,
        data: Iterable[Quad],
        shapes: Iterable[Quad],
        respelling: Respelling,
        *,
        are_marked: bool = False,
    ) -> None:
        self._store = Store()
        self._store.bulk_extend(data)
        if are_marked:
            respelling.mark(self._store)
        self._store.bulk_extend(shapes)
        self._respelling = respelling
        self._are_marked = are_marked

    def solutions(
        self, template: Template, prefixes: Mapping[str, str], values: Mapping[str, Node]
    ) -> list[Solution]:
        """Return the solutions of a query.

        Raises:
            ShapesError: if it is not SPARQL, or cannot be run.
        """
        if self._are_marked:
            values = self._respelling.marked_values(values)
        kept = list(bound_quads(template, values))
        self._store.extend(kept)
        try:
            found = self._store.query(template.bound(values), prefixes=dict(prefixes))
            return self._read(found)
        except SyntaxError as error:
            raise ShapesError(f"this is not SPARQL: {error.msg}.") from None
        except (RuntimeError, OSError, ValueError) as error:
            raise ShapesError(f"a query in the shapes cannot be run: {error}.") from None
        finally:
            for quad in kept:
                self._store.remove(quad)

    def _read(self, found: object) -> list[Solution]:
        if isinstance(found, QueryBoolean):
            return [{}] if found else []
        if not isinstance(found, QuerySolutions):
            raise TypeError(found)
        names = [variable.value for variable in found.variables]
        respelling = self._respelling
        original = respelling.unmarked if self._are_marked else respelling.original
        return [
            {
                name: original(term)
                for name, term in zip(names, solution, strict=True)
                if term is not None
            }
            for solution in found
        ]


def check_form(template: Template, prefixes: Mapping[str, str], form: str) -> None:
    """Check that a query is SPARQL, and of the form that is asked for: select or ask.

    Raises:
        ShapesError: if it is not.
    """
    forms = [token for token in template.tokens if token.upper() in _FORMS]
    if not forms or forms[0].upper() != form.upper():
        raise ShapesError(f"this is not a {form.upper()} query of SPARQL.")
    OxigraphView((), (), Respelling(())).solutions(template, prefixes, {})


def bound_quads(template: Template, values: Mapping[str, Node]) -> Iterator[Quad]:
    """Yield the triples by which a query finds values that cannot be written into it."""
    for name, value in template.blank(values).items():
        yield Quad(BOUND, NamedNode(f"{BOUND.value}:{name}"), value, BOUND)
