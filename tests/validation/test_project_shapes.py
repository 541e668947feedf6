"""The shapes of a project hold of its data, and are checked wherever its tables are."""

from __future__ import annotations

import pytest
from pyoxigraph import NamedNode, Quad, Store

from pariscall.rdf.namespaces import PREFIXES, SH
from pariscall.rdf.reader import read_files
from pariscall.rdf.vocabulary import vocabulary
from pariscall.tables.graph import TableGraph
from pariscall.validation.shacl.oxigraph import OxigraphEngine
from pariscall.validation.shape_files import project_shapes
from support.faults import drop

PROJECT = "https://w3id.org/mscall/shapes/paris-call#"
STATE = "source:paris-call-registry\\/fbdf676"
# A change to our data for each shape, which makes it fire.
FAULTS = {
    "launch-event": drop("call:paris-call", "msc:launchedAt"),
    "initiator": drop("call:paris-call", "msc:initiator"),
    "nine-principles": "DELETE DATA { call:paris-call msc:hasPrinciple call:paris-call\\/principle\\/9 }",
    "state-commit": drop(STATE, "dcterms:identifier"),
}


@pytest.fixture(scope="module")
def shapes() -> list[Quad]:
    return read_files(project_shapes())


@pytest.fixture(scope="module")
def calls_and_sources(bundled: TableGraph) -> list[Quad]:
    documents = bundled.documents(["calls.csv", "sources.csv"])
    return [*vocabulary(), *(quad for document in documents for quad in document.quads())]


def test_every_shape_that_reports_has_a_fault(shapes: list[Quad]) -> None:
    reporting = {quad.subject for quad in shapes if quad.predicate == NamedNode(SH + "message")}
    assert reporting == {NamedNode(PROJECT + name) for name in FAULTS}


@pytest.mark.slow
def test_no_shape_fires_on_the_data(shapes: list[Quad], calls_and_sources: list[Quad]) -> None:
    assert OxigraphEngine(shapes).validate(calls_and_sources) == []


@pytest.mark.parametrize("name", FAULTS)
def test_every_shape_fires_on_its_fault(
    shapes: list[Quad], calls_and_sources: list[Quad], name: str
) -> None:
    store = Store()
    store.bulk_extend(calls_and_sources)
    store.update(FAULTS[name], prefixes=PREFIXES)
    found = OxigraphEngine(shapes).validate(list(store))
    assert {result.shape for result in found} == {NamedNode(PROJECT + name)}
