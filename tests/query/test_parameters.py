"""Variables of a query can be given values; no value can be taken for a piece of SPARQL."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

import pytest
import rdflib
from pyoxigraph import Literal, NamedNode, Store

import pariscall
from pariscall import bundle
from pariscall.errors import MisuseError, QueryError
from pariscall.query.dataset import Dataset
from pariscall.query.header import read_parameters
from pariscall.query.parameters import bind
from pariscall.query.queries import Query, find_query, named_queries
from pariscall.query.rows import Results
from pariscall.query.scope import read_scope
from pariscall.rdf.namespaces import PREFIXES

DATA = """
    INSERT DATA {
        actor:abb skos:prefLabel "ABB" ; msc:n 1 , 2 ; msc:since "2018-11-12"^^xsd:date .
        actor:ibm skos:prefLabel "IBM" ; msc:n 3 ; msc:since "2020-01-01"^^xsd:date .
    }
"""
NAME = "SELECT ?name { ?party skos:prefLabel ?name }"


@pytest.fixture(scope="module")
def store() -> Store:
    store = Store()
    store.update(DATA, prefixes=PREFIXES)
    return store


def answers(store: Store, sparql: str, **parameters: object) -> list[object]:
    query = bind(Query("query", "", sparql), parameters)
    return sorted(tuple(row) if len(row) > 1 else row[0] for row in Results(query, Dataset(store)))


@pytest.mark.parametrize(
    "value",
    [
        "actor:abb",
        "https://w3id.org/mscall/actor/abb",
        NamedNode("https://w3id.org/mscall/actor/abb"),
        rdflib.URIRef("https://w3id.org/mscall/actor/abb"),
    ],
)
def test_an_iri_may_be_given_in_every_way(store: Store, value: object) -> None:
    assert answers(store, NAME, party=value) == ["ABB"]


def test_several_values_mean_any_of_them(store: Store) -> None:
    assert answers(store, NAME, party=["actor:abb", "actor:ibm", "actor:none"]) == ["ABB", "IBM"]
    assert answers(store, NAME, party=[]) == []


@pytest.mark.parametrize(
    ("variable", "predicate", "value"),
    [
        ("name", "skos:prefLabel", "ABB"),
        ("name", "skos:prefLabel", Literal("ABB")),
        ("name", "skos:prefLabel", rdflib.Literal("ABB")),
        ("n", "msc:n", 1),
        ("since", "msc:since", date(2018, 11, 12)),
    ],
)
def test_a_value_is_the_term_of_its_type(
    store: Store, variable: str, predicate: str, value: object
) -> None:
    sparql = f"SELECT ?party {{ ?party {predicate} ?{variable} }}"
    [party] = answers(store, sparql, **{variable: value})
    assert str(party).endswith("/abb")


def test_a_decimal_is_compared_as_a_number(store: Store) -> None:
    sparql = "SELECT ?n { ?party msc:n ?n FILTER (?n > ?least) }"
    assert answers(store, sparql, least=Decimal("1.5")) == [2, 3]


def test_prefixes_of_the_query_are_known_too(store: Store) -> None:
    sparql = f"PREFIX p: <https://w3id.org/mscall/actor/> {NAME}"
    assert answers(store, sparql, party="p:abb") == ["ABB"]


@pytest.mark.parametrize(
    "value", ['" } DROP ALL #', "actor:abb> } #", "actor:abb\n}", "\\", '"""', "a 'b' \u2028"]
)
def test_no_value_can_break_out_of_its_place(store: Store, value: str) -> None:
    assert answers(store, NAME, name=value) == []
    echo = "SELECT ?echo { VALUES ?name { 'x' } BIND (?name AS ?echo) }"
    assert answers(store, echo, name=value) == [value]


@pytest.mark.parametrize(
    "sparql",
    [
        "SELECT (COUNT(?n) AS ?count) { ?party msc:n ?n }",
        "SELECT (COUNT(?n) AS ?count) WHERE { ?party msc:n ?n } GROUP BY ?party",
        "SELECT (COUNT(?n) AS ?count) { # { ?party\n ?party msc:n ?n }",
        "SELECT (COUNT(?n) AS ?count) { ?party msc:n ?n FILTER (STR(?n) != '{ }') }",
        "SELECT (COUNT(?n) AS ?count) { { ?party msc:n ?n } UNION { ?party msc:none ?n } }",
        "SELECT ?count { { SELECT ?party (COUNT(?n) AS ?count) { ?party msc:n ?n } GROUP BY ?party } }",
        "SELECT (COUNT(?n) AS ?count) { $party msc:n ?n OPTIONAL { ?party msc:none ?z } }",
        "SELECT (COUNT(?n) AS ?count) { VALUES ?party { actor:ibm } ?party msc:n ?n }",
    ],
)
def test_a_value_reaches_the_pattern_wherever_it_stands(store: Store, sparql: str) -> None:
    assert answers(store, sparql, party="actor:abb") == [2]


def test_values_after_the_pattern_are_replaced_as_well(store: Store) -> None:
    assert answers(store, f"{NAME} VALUES ?party {{ actor:ibm }}", party="actor:abb") == ["ABB"]


def test_constructs_and_questions_take_values_too(store: Store) -> None:
    construct = "CONSTRUCT { ?party a msc:Party } WHERE { ?party skos:prefLabel ?name }"
    assert len(answers(store, construct, name="ABB")) == 1
    assert answers(store, "ASK { ?party skos:prefLabel ?name }", name="none") == [False]


@pytest.mark.parametrize(
    ("sparql", "hidden"),
    [
        ("SELECT ?s { ?s ?p ?o OPTIONAL { ?s ?q ?hidden } }", "hidden"),
        ("SELECT ?s { ?s ?p ?o MINUS { ?s ?q ?hidden } }", "hidden"),
        ("SELECT ?s { ?s ?p ?o FILTER NOT EXISTS { ?s ?q ?hidden } }", "hidden"),
        ("SELECT ?n { { SELECT (COUNT(?hidden) AS ?n) { ?s ?p ?hidden } } }", "hidden"),
        ("SELECT ?n { ?s ?p ?o BIND (?o AS ?hidden) }", "hidden"),
        ("SELECT (COUNT(?o) AS ?hidden) { ?s ?p ?o }", "hidden"),
        ("SELECT ?s { ?s ?p '?hidden' , <urn:?hidden> . # ?hidden\n }", "hidden"),
        ("CONSTRUCT { ?hidden a ?o } WHERE { ?s a ?o }", "hidden"),
        ("DESCRIBE ?hidden", "hidden"),
        ("SELECT * { SELECT ?hidden { ?hidden ?p ?o } }", "hidden"),
    ],
)
def test_a_variable_that_a_value_would_not_reach_is_refused(sparql: str, hidden: str) -> None:
    assert hidden not in read_scope(sparql).names
    with pytest.raises(MisuseError, match="no variable 'hidden' can be given a value"):
        bind(Query("query", "", sparql), {hidden: 1})


def test_an_unknown_variable_is_an_error_that_names_those_there_are() -> None:
    with pytest.raises(MisuseError, match="It has call, endorsement, name, since, state"):
        bind(find_query("states"), {"country": "country:FRA"})


@pytest.mark.parametrize(
    ("name", "parameter", "value", "message"),
    [
        ("history-of-a-party", "party", "ABB", "'ABB' is not an IRI. Write it as actor:northwave"),
        ("supporters-on-a-day", "day", "yesterday", "is not an xsd:date. Write it as 2019-12-31"),
        ("supporters-on-a-day", "day", object(), "is not a value of a query"),
        ("states", "since", float, "is not a value of a query"),
    ],
)
def test_a_value_of_another_kind_is_an_error_that_shows_one_that_fits(
    name: str, parameter: str, value: object, message: str
) -> None:
    with pytest.raises(MisuseError, match=message):
        bind(find_query(name), {parameter: value})


def test_the_questions_about_one_thing_declare_a_default_for_it() -> None:
    found = {
        q.name: [each.name for each in read_parameters(q.name, q.text)] for q in named_queries()
    }
    assert found["claims-about-a-party"] == found["history-of-a-party"] == ["party"]
    assert found["signed-by-a-day"] == found["supporters-on-a-day"] == ["call", "day"]
    assert found["supporters-of-a-country"] == ["call", "country"]
    about_all = {name for name, names in found.items() if not names}
    assert about_all == {
        "calls",
        "calls-of-parties",
        "corrected-countries",
        "overlaps-of-calls",
        "possible-duplicates",
        "signed-after-listing",
    }


def test_a_query_without_values_is_the_query_itself() -> None:
    query = find_query("calls")
    assert bind(query, {}) is query
    states = find_query("states")
    assert bind(states, {}) == states


def test_a_query_declares_its_parameters_with_a_default(store: Store) -> None:
    declared = f"# Who?\n# @param party IRI = actor:ibm\n{NAME}"
    assert answers(store, declared) == ["IBM"]
    assert answers(store, declared, party="actor:abb") == ["ABB"]
    assert answers(store, declared, party=["actor:abb", "actor:ibm"]) == ["ABB", "IBM"]
    with pytest.raises(MisuseError, match="'abb' is not an IRI"):
        answers(store, declared, party="abb")


def test_a_value_is_of_the_type_that_is_declared(store: Store) -> None:
    declared = (
        '# @param day date = "2019-01-01"^^xsd:date\n'
        "SELECT ?name { ?party skos:prefLabel ?name ; msc:since ?since FILTER (?since > ?day) }"
    )
    assert answers(store, declared) == ["IBM"]
    assert answers(store, declared, day="2018-01-01") == ["ABB", "IBM"]
    with pytest.raises(MisuseError, match="'soon' is not an xsd:date"):
        answers(store, declared, day="soon")


def test_a_parameter_without_a_default_must_be_given(store: Store) -> None:
    declared = f"# @param party IRI\n{NAME}"
    assert answers(store, declared, party="actor:abb") == ["ABB"]
    with pytest.raises(MisuseError, match="party, of the type IRI, has no default"):
        answers(store, declared)


@pytest.mark.parametrize(
    ("declaration", "problem"),
    [
        ("party", "query:2: not a parameter: 'party'"),
        ("party date = actor:ibm", "query:2: the default actor:ibm is not of the type date"),
        ("party IRI = actor:ibm actor:abb", "query:2: the default actor:ibm actor:abb is not one"),
        ("party IRI = } DROP ALL #", "query:2: the default } DROP ALL # is not one term"),
        ("party IRI = UNDEF", "query:2: the default UNDEF is not one term"),
    ],
)
def test_a_declaration_that_is_wrong_is_named_with_its_line(
    store: Store, declaration: str, problem: str
) -> None:
    with pytest.raises(QueryError, match=re.escape(problem)):
        answers(store, f"# Who?\n# @param {declaration}\n{NAME}", party="actor:abb")


def test_only_comments_before_the_query_declare(store: Store) -> None:
    assert answers(store, f"{NAME}\n# @param party IRI = actor:ibm") == ["ABB", "IBM"]


def test_ready_made_queries_ask_about_the_call_of_the_project_unless_told_otherwise() -> None:
    query = find_query("supporters-by-category")
    assert "VALUES ?call { <https://w3id.org/mscall/call/paris-call> }" in bind(query, {}).text
    other = bind(query, {"call": "call:charter-of-trust"}).text
    assert "VALUES ?call { <https://w3id.org/mscall/call/charter-of-trust> }" in other
    assert "paris-call" not in other


@pytest.mark.parametrize("query", named_queries(), ids=lambda query: query.name)
def test_no_ready_made_query_names_a_call(query: Query) -> None:
    text = (bundle.QUERIES / f"{query.name}.rq").read_text(encoding="utf-8")
    assert "call:" not in text
    assert "mscall/call/" not in text


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ("call:nosuch", "states: call: nothing is known of call:nosuch."),
        ("call:pariscall", "nothing is known of call:pariscall. Did you mean 'call:paris-call'?"),
        (["call:paris-call", "call:x"], "nothing is known of call:x."),
    ],
)
def test_an_iri_that_names_nothing_known_is_told(given: object, told: str) -> None:
    with pytest.raises(MisuseError, match=re.escape(told)):
        pariscall.query("states", call=given)


@pytest.mark.slow
def test_an_iri_need_not_be_known_in_other_data_or_on_an_earlier_day() -> None:
    assert len(pariscall.query("states", call="call:x", as_of="2020-01-01")) == 0
    data = "<https://w3id.org/mscall/call/y> a <https://w3id.org/mscall/ns#Call> ."
    assert len(pariscall.query("states", call="call:x", data=data, format="ttl")) == 0
