"""The query texts of shapes, wherever they are, which must stay on this machine.

They are looked at before an engine is chosen, also those that no engine here runs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pyoxigraph import Literal, NamedNode, Quad

from ...errors import QueryError, ShapesError
from ...rdf.namespaces import SH, is_iri
from ...rdf.sparql import check_is_local, check_reads_no_address

# The properties of SHACL, SHACL-AF, SHACL 1.2 and DASH whose values are SPARQL, by local name.
_QUERIES = {"ask", "construct", "describe", "select", "update", "sparql", "sparqlExpr", "expr"}
_NAMESPACE, _PREFIX = NamedNode(SH + "namespace"), NamedNode(SH + "prefix")
_PREFIX_NAME = re.compile(r"(?:[^\W\d_](?:[\w.-]*[\w-])?)?")


def find_reaching(shapes: Iterable[Quad]) -> Iterator[tuple[str, Quad]]:
    """Find the statements of shapes whose queries would call a server or read a file, and why."""
    shapes = list(shapes)
    looked_at = set(filter(_is_looked_at, {quad.predicate for quad in shapes}))
    for quad in shapes if looked_at else ():
        if quad.predicate in looked_at and isinstance(quad.object, Literal):
            problem = _problem(quad.predicate, quad.object)
            if problem:
                yield problem, quad


def check_reaches_nothing(shapes: Iterable[Quad]) -> None:
    """Check that no query in shapes calls a server or reads a file.

    Raises:
        ShapesError: if one does.
    """
    for problem, _ in find_reaching(shapes):
        raise ShapesError(problem)


def _is_looked_at(predicate: NamedNode) -> bool:
    return _is_query(predicate) or predicate in (_NAMESPACE, _PREFIX)


def _is_query(predicate: NamedNode) -> bool:
    return re.split("[#/:]", predicate.value)[-1] in _QUERIES


def _problem(predicate: NamedNode, text: Literal) -> str | None:
    if _is_query(predicate):
        try:
            check_is_local(text.value)
            check_reads_no_address(text.value)
        except QueryError as error:
            return str(error)
    # Engines write these into the text of a query.
    elif predicate == _NAMESPACE and not is_iri(text.value):
        return f"the namespace {text.value!r} is not an IRI."
    elif predicate == _PREFIX and not _PREFIX_NAME.fullmatch(text.value):
        return f"{text.value!r} is not a prefix of SPARQL."
    return None
