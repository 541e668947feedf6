"""Terms of the loaded graph equal those that rdflib itself makes."""

from __future__ import annotations

from typing import Any

import pytest
import rdflib
from rdflib import RDF, SKOS, XSD, Literal, URIRef

import pariscall

MICROSOFT = URIRef("https://w3id.org/mscall/actor/microsoft")


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    return pariscall.load()


def rows(graph: rdflib.Graph, sparql: str) -> list[Any]:
    return list(graph.query(sparql))


@pytest.mark.slow
def test_a_text_that_a_query_finds_equals_a_plain_literal(graph: rdflib.Graph) -> None:
    [row] = rows(graph, "SELECT ?n { actor:microsoft skos:prefLabel ?n }")
    assert row.n == Literal("Microsoft")
    assert {row.n: 1}[Literal("Microsoft")] == 1


def test_a_text_that_a_pattern_finds_equals_a_plain_literal(graph: rdflib.Graph) -> None:
    assert list(graph.objects(MICROSOFT, SKOS.prefLabel)) == [Literal("Microsoft")]
    assert (MICROSOFT, SKOS.prefLabel, Literal("Microsoft")) in graph
    assert list(graph.subjects(SKOS.prefLabel, Literal("Microsoft"))) == [MICROSOFT]


def test_a_text_that_a_query_constructs_equals_a_plain_literal(graph: rdflib.Graph) -> None:
    constructed = rows(
        graph, "CONSTRUCT { ?s ?p ?n } { actor:microsoft ?p ?n . BIND (actor:x AS ?s) }"
    )
    assert Literal("Microsoft") in {term for _, _, term in constructed}


def test_other_literals_keep_their_datatype_and_language(graph: rdflib.Graph) -> None:
    [count] = rows(graph, "SELECT (COUNT(?s) AS ?n) { ?s msc:endorses call:paris-call }")
    assert count.n == Literal(1222)
    [name] = rows(graph, "SELECT ?n { actor:france skos:prefLabel ?n FILTER (LANG(?n) = 'fr') }")
    assert name.n == Literal("France", lang="fr")
    since_launch = "?e msc:signatory actor:abb ; msc:call call:paris-call ; msc:since ?d"
    [since] = rows(graph, f"SELECT ?d {{ {since_launch} }}")
    assert since.d == Literal("2018-11-12", datatype=XSD.date)


def test_a_yes_or_no_and_a_copy_still_work(graph: rdflib.Graph) -> None:
    assert graph.query("ASK { actor:microsoft a msc:Signatory }").askAnswer is True
    copy = rdflib.Graph()
    copy += graph.triples((MICROSOFT, None, None))
    assert (MICROSOFT, SKOS.prefLabel, Literal("Microsoft")) in copy
    assert (MICROSOFT, RDF.type, None) in copy


@pytest.mark.slow
def test_the_graph_may_be_changed_and_loaded_anew(graph: rdflib.Graph) -> None:
    own = pariscall.load()
    own.add((MICROSOFT, SKOS.altLabel, Literal("MS")))
    assert (MICROSOFT, SKOS.altLabel, Literal("MS")) in own
    own.remove((MICROSOFT, SKOS.altLabel, None))
    assert (MICROSOFT, SKOS.altLabel, None) not in own
    assert len(own) == len(graph)
