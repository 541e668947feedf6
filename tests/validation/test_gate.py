"""The gate finds, document by document, what is found in the whole graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from pariscall.rdf.vocabulary import vocabulary
from pariscall.tables import graph as graph_module
from pariscall.tables.graph import TableGraph
from pariscall.validation.gate import check_gate
from pariscall.validation.report import Report
from pariscall.validation.rulesets import published_rules
from pariscall.validation.shacl.oxigraph import OxigraphEngine
from pariscall.validation.validate import validate_graph
from support.tables import SUCCESSOR, SUPERSEDED, edit, keep_some_parties, parties

pytestmark = pytest.mark.slow


@pytest.fixture
def faulty(folder: Path) -> Path:
    keep_some_parties(folder, SUPERSEDED, SUCCESSOR, *parties()[::4])
    edit(folder / "endorsements.csv", "abb,paris-call,1,active", "abb,paris-call,1,gone")
    edit(
        folder / "events.csv",
        "united-states,paris-call,1,signature,signature,,2018-11-12,2021-11-10",
        "united-states,paris-call,1,signature,signature,,2021-11-12,2021-11-10",
    )
    edit(folder / "claims.csv", "intends", "means")
    return folder


@pytest.fixture
def kept(faulty: Path) -> TableGraph:
    return TableGraph(faulty)


@pytest.fixture
def streamed(kept: TableGraph, monkeypatch: pytest.MonkeyPatch) -> TableGraph:
    monkeypatch.setattr(graph_module, "KEPT", 100)
    return TableGraph(kept.schema["parties.csv"].path.parent)


def check_alike(report: Report, other: Report) -> None:
    assert not report.conforms
    assert report.results == other.results
    assert report.findings == other.findings
    assert report.triples == other.triples
    assert report.engine == other.engine


def test_documents_one_by_one_give_the_same_findings_as_the_whole(
    kept: TableGraph, streamed: TableGraph
) -> None:
    assert kept.is_kept
    assert not streamed.is_kept
    assert [d.quads() for d in streamed.documents()] == [d.quads() for d in kept.documents()]
    report = check_gate(kept)
    check_alike(check_gate(streamed), report)
    check_alike(validate_graph(kept), report)
    check_alike(validate_graph(streamed), report)
    exact = OxigraphEngine(published_rules().rules.graph, looks_first=False)
    assert exact.validate([*vocabulary(), *kept.quads()]) == report.results


def test_shapes_that_no_look_can_tell_are_judged_with_all_documents(
    kept: TableGraph, streamed: TableGraph
) -> None:
    shapes = ["registry", "gate"]
    check_alike(validate_graph(streamed, shapes), validate_graph(kept, shapes))


def test_a_party_that_others_refer_to_is_known_to_every_document(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_some_parties(folder)
    monkeypatch.setattr(graph_module, "KEPT", 0)
    assert check_gate(TableGraph(folder)).conforms
