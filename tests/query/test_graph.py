"""The graph is quick to query from Python, and says what follows from its rows."""

from __future__ import annotations

import pytest
import rdflib
from rdflib.namespace import RDF, SKOS

import pariscall
from pariscall.rdf.namespaces import BASE, MSC
from pariscall.rdf.ntriples import text_of
from pariscall.tables.graph import TableGraph

PARIS_CALL = rdflib.URIRef(f"{BASE}call/paris-call")


@pytest.fixture(scope="module")
def graph() -> rdflib.Graph:
    return pariscall.load()


@pytest.mark.slow
def test_load_gives_an_rdflib_graph_with_the_prefixes_bound(graph: rdflib.Graph) -> None:
    assert isinstance(graph, rdflib.Graph)
    assert dict(graph.namespaces())["msc"] == rdflib.URIRef(MSC)
    assert len(graph) > 50_000


def test_load_answers_sparql_and_triple_patterns(graph: rdflib.Graph) -> None:
    [row] = graph.query("SELECT (COUNT(?s) AS ?n) WHERE { ?s msc:endorses call:paris-call }")
    assert isinstance(row, rdflib.query.ResultRow)
    assert int(row.n) == 1222
    endorsing = graph.subjects(rdflib.URIRef(f"{MSC}endorses"), PARIS_CALL)
    assert len(set(endorsing)) == 1222
    assert rdflib.Literal("France", lang="en") in set(
        graph.objects(rdflib.URIRef(f"{BASE}actor/france"), SKOS.prefLabel)
    )


def test_load_holds_the_ontology_and_the_code_lists(graph: rdflib.Graph) -> None:
    assert (rdflib.URIRef(f"{MSC}Endorsement"), RDF.type, rdflib.OWL.Class) in graph
    assert (rdflib.URIRef(f"{BASE}code/status#active"), RDF.type, SKOS.Concept) in graph


@pytest.mark.slow
def test_what_load_gives_can_be_added_to(graph: rdflib.Graph) -> None:
    mine = pariscall.load()
    mine.add((rdflib.URIRef("http://example.org/me"), rdflib.URIRef(f"{MSC}endorses"), PARIS_CALL))
    assert len(mine) == len(graph) + 1


@pytest.mark.slow
def test_a_day_is_its_own_window(bundled: TableGraph) -> None:
    for document in bundled.documents():
        for description in document.descriptions.values():
            dates = {text_of(p).removeprefix(MSC): t for p, t in description.properties}
            if "date" in dates:
                assert dates["date"] == dates["earliest"] == dates["latest"]


@pytest.mark.slow
def test_each_subject_is_described_in_one_document(bundled: TableGraph) -> None:
    subjects = [subject for document in bundled.documents() for subject in document.descriptions]
    assert len(subjects) == len(set(subjects))


@pytest.mark.slow
def test_no_statement_is_made_twice(bundled: TableGraph) -> None:
    for document in bundled.documents():
        assert len(document.quads()) == len(set(document.quads()))
