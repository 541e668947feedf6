"""Graphs and terms of rdflib as those of pyoxigraph; rdflib is imported by who has them only."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, Any, TypeGuard

from pyoxigraph import BlankNode, DefaultGraph, Literal, NamedNode, Quad

from ..errors import RdfError

if TYPE_CHECKING:
    import rdflib

_DEFAULT = "urn:x-rdflib:default"  # the name that rdflib gives to the default graph


def is_graph(value: object) -> TypeGuard[rdflib.Graph]:
    """Report whether a value is a graph or a dataset of rdflib."""
    known = sys.modules.get("rdflib")
    return known is not None and isinstance(value, known.Graph)


def is_term(value: object) -> TypeGuard[rdflib.term.Identifier]:
    """Report whether a value is a term of rdflib."""
    known = sys.modules.get("rdflib")
    return known is not None and isinstance(value, known.term.Identifier)


def to_quads(graph: rdflib.Graph) -> Iterator[Quad]:
    """Yield the statements of a graph, or those of a dataset with the names of their graphs.

    Raises:
        RdfError: if a term is not allowed in RDF, such as an IRI with a space.
    """
    for subject, predicate, term, name in _rows(graph):
        terms: list[Any] = [to_term(subject), to_term(predicate), to_term(term)]
        terms.append(to_term(name) if name and str(name) != _DEFAULT else DefaultGraph())
        try:
            yield Quad(*terms)
        except TypeError:
            raise RdfError(f"the graph has {subject!r} or {predicate!r} out of place.") from None


def to_term(term: object) -> NamedNode | BlankNode | Literal:
    """Return the term of pyoxigraph for one of rdflib.

    Raises:
        RdfError: if it is not allowed in RDF.
    """
    import rdflib

    try:
        if isinstance(term, rdflib.URIRef):
            return NamedNode(str(term))
        if isinstance(term, rdflib.BNode):
            return BlankNode(str(term))
        if isinstance(term, rdflib.Literal):
            datatype = None if term.language or not term.datatype else NamedNode(term.datatype)
            return Literal(str(term), datatype=datatype, language=term.language)
    except ValueError as error:
        raise RdfError(f"{str(term)!r} is not allowed in RDF: {error}.") from None
    raise RdfError(f"{term!r} is not a term of RDF.")


def _rows(graph: rdflib.Graph) -> Iterable[Any]:
    import rdflib

    if isinstance(graph, rdflib.ConjunctiveGraph):  # a Dataset is one
        return ((*row, getattr(name, "identifier", name)) for *row, name in graph.quads())
    return ((*triple, None) for triple in graph)
