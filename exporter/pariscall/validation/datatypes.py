"""The rule on ill-typed literals: every literal is a value of its datatype.

SHACL asks for this only where a shape names the datatype, and engines differ in how they read
a literal first. So every literal of the data is checked here as it is written.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

from pyoxigraph import Literal, NamedNode, Quad

from ..rdf.lexical import ill_typed
from ..rdf.namespaces import VOCABULARY
from .shacl.look.terms import Statements, read_term
from .shacl.result import ValidationResult

SHAPE = NamedNode(VOCABULARY + "shapes#well-typed")
_MESSAGES = (
    ("en", "The text is not a value of its datatype."),
    ("fr", "Le texte n’est pas une valeur de son type de données."),
)


def find_ill_typed(data: Collection[Quad]) -> list[ValidationResult]:
    """Return a violation for each statement whose object is an ill-typed literal."""
    terms = {quad.object for quad in data}
    bad: set[object] = {*ill_typed(term for term in terms if isinstance(term, Literal))}
    return [_result(quad) for quad in data if quad.object in bad] if bad else []


def ill_typed_in(document: Statements) -> list[ValidationResult]:
    """Return a violation for each statement of a document whose object is an ill-typed literal."""
    return [
        _result(Quad(read_term(subject), read_term(predicate), read_term(value)))  # type: ignore[arg-type]
        for subject, said in document.items()
        for predicate, values in said.items()
        for value in values
        if is_ill_typed(value)
    ]


def is_ill_typed(term: str) -> bool:
    """Return whether a term, as N-Triples spells it, is an ill-typed literal."""
    return term[-1] == ">" and term[0] == '"' and _is_ill_typed(term)


@lru_cache(4096)
def _is_ill_typed(text: str) -> bool:
    term = read_term(text)
    return isinstance(term, Literal) and bool(ill_typed([term]))


def _result(quad: Quad) -> ValidationResult:
    return ValidationResult(
        severity="Violation",
        focus=quad.subject,
        path=str(quad.predicate),
        value=quad.object,
        shape=SHAPE,
        component="DatatypeConstraintComponent",
        messages=_MESSAGES,
    )
