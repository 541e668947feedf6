"""Targets: which nodes a shape applies to (https://www.w3.org/TR/shacl/#targets)."""

from __future__ import annotations

from pyoxigraph import BlankNode, Literal, NamedNode, QuerySolutions, Store

from ...rdf.namespaces import RDF, RDFS
from .result import Term
from .shapes import Shape

THIS = "?this"


def target_pattern(store: Store, shape: Shape) -> str:
    """Write the pattern that binds the focus nodes of a shape in a store."""
    patterns = [f"VALUES {THIS} {{ {node} }}" for node in shape.all("targetNode")]
    for parent in shape.all("targetClass"):
        query = f"SELECT DISTINCT ?class WHERE {{ ?class <{RDFS}subClassOf>* {parent} }}"
        classes = sorted({str(parent), *map(str, _terms(store, query))})
        patterns += [f"{THIS} <{RDF}type> {name}" for name in classes]
    for number, predicate in enumerate(shape.all("targetSubjectsOf")):
        patterns.append(f"{THIS} {predicate} ?object{number}")
    for number, predicate in enumerate(shape.all("targetObjectsOf")):
        patterns.append(f"?subject{number} {predicate} {THIS}")
    return " UNION ".join(f"{{ {pattern} }}" for pattern in patterns)


def focus_nodes(store: Store, shape: Shape) -> set[Term]:
    """Give the nodes of a store that a shape applies to."""
    return _terms(store, f"SELECT DISTINCT {THIS} WHERE {{ {target_pattern(store, shape)} }}")


def _terms(store: Store, query: str) -> set[Term]:
    found = store.query(query)
    if not isinstance(found, QuerySolutions):
        raise TypeError(query)
    return {term for (term,) in found if isinstance(term, NamedNode | BlankNode | Literal)}
