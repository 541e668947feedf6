"""What RDF files are validated together with: the ontology, the code lists and the countries.

Our shapes look up classes and codes there. Shapes of others have no business with it: they must find
in a file what they would find with any other engine.
"""

from __future__ import annotations

from collections.abc import Container, Iterable

from pyoxigraph import NamedNode, Quad

from ..rdf.namespaces import VOCABULARY
from ..rdf.vocabulary import vocabulary
from ..tables.csvw import TABLES, read_schema
from ..tables.document import quads
from ..tables.graph import documents
from .shacl.result import ValidationResult


def context_of(described: Container[object]) -> list[Quad]:
    """Return the vocabulary, and the bundled countries that are not described by the data themselves."""
    return [*vocabulary(), *(quad for quad in countries() if quad.subject not in described)]


def countries() -> list[Quad]:
    """Return what is said of the bundled countries."""
    return list(quads(documents((read_schema(TABLES)["countries.csv"],))))


def uses_terms(data: Iterable[Quad]) -> bool:
    """Return whether data use a term of the ontology, or one of its codes."""
    return any(
        isinstance(term, NamedNode) and term.value.startswith(VOCABULARY)
        for quad in data
        for term in (quad.predicate, quad.object, quad.subject)
    )


def about_data(
    mentioned: Container[object], context: Iterable[Quad], results: Iterable[ValidationResult]
) -> list[ValidationResult]:
    """Return the results but those of nodes that only the context describes and no data mention."""
    described = {quad.subject for quad in context}
    return [each for each in results if each.focus in mentioned or each.focus not in described]
