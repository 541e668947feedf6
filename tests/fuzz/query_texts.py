"""Queries: what is looked at before a parser sees them."""

from __future__ import annotations

from pariscall.errors import PariscallError
from pariscall.rdf.language_tags import LanguageTags, with_written_lang
from pariscall.rdf.sparql import check_is_local, dataset_clause, with_variables_in_order
from pariscall.web.endpoint.complexity import check_complexity
from pariscall.web.endpoint.limits import EndpointLimits

from .edits import edited
from .target import Target

_EXAMPLES = [
    (
        "PREFIX ex: <http://example.org/>\nSELECT * FROM ex:g FROM NAMED <http://example.org/h>\n"
        "WHERE { ?s ex:p \"a\\\"b\"@en-GB , '''c''' ; ^ex:q/ex:r*|!ex:s ?o . # a comment\n"
        "FILTER (LANG(?o) = 'en' && ?x <= -1.5e3 || \\u0041 != ?y) OPTIONAL { GRAPH ?g { ?s ?p ?o } } }"
    ),
    "SELECT * { SERVICE SILENT <http://example.org/> { ?s ?p ?o } }",
    "BASE <http://example.org/> CONSTRUCT { ?s ?p ?o } FROM <g> { VALUES ?s { <a> UNDEF } }",
    "ASK { ?s ?p <<( ?a ?b ?c )>> }",
]
_TOKENS = [*"{}()[]<>?$:;,.#@^|/!*\\\"'", "SERVICE", "\\u0053ERVICE", "FROM", "NAMED", "'''", '"""']


def scan(query: str) -> None:
    """Look at a query as the commands and the endpoint do."""
    for look in (check_is_local, lambda text: check_complexity(text, EndpointLimits())):
        try:
            look(query)
        except PariscallError:
            continue
    with_variables_in_order(query, {"s", "p"})
    LanguageTags({"en-GB"}).with_query(with_written_lang(query))
    dataset_clause(query, "http://example.org/")


TARGETS = [
    Target("queries", edited(_EXAMPLES, _TOKENS), scan, (PariscallError, SyntaxError, ValueError))
]
