"""A store of rdflib kept by Oxigraph, whose plain texts equal those of rdflib.

oxrdflib gives a plain text the datatype xsd:string. RDF 1.1 (§3.3) has both for the same literal;
rdflib compares them as different, so ``row.name == Literal("Microsoft")`` would be false.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from oxrdflib import OxigraphStore
from rdflib import XSD, Graph, Literal
from rdflib.query import Result


class PlainTextStore(OxigraphStore):
    """An Oxigraph store that gives plain texts without a datatype."""

    def triples(self, *pattern: Any, **context: Any) -> Iterator[Any]:
        """Yield the triples that match a pattern, each with the graphs that it is in."""
        for triple, graphs in super().triples(*pattern, **context):
            yield _plain(triple), graphs

    def query(self, *asked: Any, **options: Any) -> Result:
        """Run a query in Oxigraph."""
        result = super().query(*asked, **options)
        if result.type == "SELECT":
            rows: Iterable[Any] = result.bindings
            result.bindings = [
                {variable: _plain(term) for variable, term in row.items()} for row in rows
            ]
        elif result.type == "CONSTRUCT":
            graph = Graph()
            graph += (_plain(triple) for triple in result.graph or ())
            result.graph = graph
        return result


def _plain(term: Any) -> Any:
    """Return a term, or the terms of a triple, without the datatype of plain texts."""
    if isinstance(term, tuple):
        return tuple(map(_plain, term))
    if isinstance(term, Literal) and term.datatype == XSD.string:
        return Literal(str(term))
    return term
