"""What a query asks for is read from its tokens, in any syntax that Oxigraph accepts."""

from __future__ import annotations

import pytest
from pyoxigraph import Store

from pariscall.errors import QueryError
from pariscall.rdf.namespaces import PREFIXES
from pariscall.rdf.sparql import (
    DatasetClause,
    check_is_local,
    dataset_clause,
    with_variables_in_order,
)

CALLS = [
    "SELECT * { SERVICE <http://e/> { ?s ?p ?o } }",
    "SELECT * { serVice silent ?e { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1SERVICE ?e { ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE ?e { ?s ?p ?o } }",
    "SELECT * { ?s ?p [] .SERVICESILENT ?e { ?s ?p ?o } }",
    "SELECT * { SERVICEskos:a { ?s ?p ?o } }",
    "PREFIX : <http://e/> SELECT * { SERVICE:a { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'x'@en , \"y\" . SERVICE ?e { ?s ?p ?o } }",
    "SELECT * { FILTER(?a<?b)SERVICE?e{ ?s ?p ?o } FILTER(?c>?d) }",
    "SELECT * { # comment\rSERVICE ?e { ?s ?p ?o } }",
    "SELECT * { ?s ?p <<( ?a ?b ?c )>> . SERVICE ?e { ?s ?p ?o } }",
]


@pytest.mark.parametrize("query", CALLS)
def test_a_call_to_another_server_is_found_however_it_is_written(query: str) -> None:
    Store().query(query.replace("?e", "<http://e/>"), prefixes=PREFIXES)  # it is valid
    with pytest.raises(QueryError, match="SERVICE calls another server"):
        check_is_local(query)


@pytest.mark.parametrize("query", ["SELECT * { \\u0053ERVICE ?e {} }", "# \\u000ASERVICE ?e {}"])
def test_a_call_behind_an_escape_is_found_as_sparql_1_1_reads_it(query: str) -> None:
    with pytest.raises(QueryError):
        check_is_local(query)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?service { ?service a ?from . ?load ?named $SERVICE }",
        "PREFIX service: <http://e/service#> SELECT * { ?s service:url ?o ; a service:SERVICE }",
        "PREFIX service: <http://e/> SELECT * FROM service:g { GRAPH service:h { ?s ?p ?o } }",
        "PREFIX ex: <http://e/> SELECT * { ?s ex:service ex:load . ?s ex:from _:service }",
        'SELECT * { ?s ?p \'SERVICE <http://e/> { }\' , """\nSERVICE ?x {""" }',
        "SELECT * { ?s ?p 'it\\'s a SERVICE ?x {}' } # SERVICE ?x {}",
        "SELECT * { ?s <http://e/SERVICE> ?o ; <http://e/\\u0053?service> 'x'@en-service }",
        "SELECT ?service { ?service ?p <<( ?a ?b ?c )>> }",
        "SELECT * {" + "{" * 40 + "?s ?p 'service'" + "}" * 40 + "}",
    ],
)
def test_the_word_alone_is_no_call(query: str) -> None:
    Store().query(query, prefixes=PREFIXES)  # it is valid
    check_is_local(query)


@pytest.mark.parametrize(
    ("query", "default", "named"),
    [
        ("SELECT * FROM <http://e/a> { ?s ?p ?o }", ["http://e/a"], []),
        ("ASK FROM <http://e/a>FROM NAMED<http://e/b>{}", ["http://e/a"], ["http://e/b"]),
        ("PREFIX e: <http://e/> CONSTRUCT FROM e:a WHERE { ?s ?p ?o }", ["http://e/a"], []),
        ("BASE <http://e/> DESCRIBE ?s from named <x> { ?s ?p ?o }", [], ["http://e/x"]),
        ("SELECT * FROM # why\n <b> FROM skos:x {}", ["file:///d/b", PREFIXES["skos"] + "x"], []),
        ("SELECT (1 AS ?x)FROMNAMED<http://e/a>{}", [], ["http://e/a"]),
    ],
)
def test_the_graphs_of_from_are_resolved_as_the_query_has_them(
    query: str, default: list[str], named: list[str]
) -> None:
    Store().query(query, prefixes=PREFIXES, base_iri="file:///d/q.rq")  # it is valid
    assert dataset_clause(query, "file:///d/q.rq") == DatasetClause(tuple(default), tuple(named))


@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?from { ?from ?named 'FROM <http://e/>' } # FROM <http://e/>",
        "PREFIX from: <http://e/> SELECT * { ?s from:x from:named }",
        "ASK { ?s <http://e/FROM> _:from }",
    ],
)
def test_a_query_without_from_chooses_no_graphs(query: str) -> None:
    assert dataset_clause(query) is None


@pytest.mark.parametrize(
    ("query", "columns"),
    [
        ("SELECT * { ?z ?y ?x }", "zyx"),
        ("select distinct * { ?b ?a 'SELECT ?c' . OPTIONAL { ?d ?a $c } }", "badc"),
        ("PREFIX s: <http://e/SELECT> SELECT * { ?s s:p ?o . FILTER(?q != ?s) }", "so"),
        ("SELECT * { { SELECT (COUNT(*) AS ?n) { ?s ?p ?o } } ?b ?a ?n }", "nba"),
    ],
)
def test_the_columns_of_select_star_come_in_the_order_of_the_query(
    query: str, columns: str
) -> None:
    variables = {variable.value for variable in Store().query(query).variables}  # type: ignore[union-attr]
    written = with_variables_in_order(query, variables)
    found = Store().query(written)
    assert "".join(variable.value for variable in found.variables) == columns  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "query",
    ["SELECT ?z { ?z ?y ?x }", "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "ASK { ?s ?p ?o }"],
)
def test_other_queries_stay_as_they_are(query: str) -> None:
    assert with_variables_in_order(query, {"z", "n"}) == query
