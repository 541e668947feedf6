"""The gate finds in batches what it finds in one go."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from pyoxigraph import Quad

from pariscall.tables import graph as graph_module
from pariscall.tables.graph import TableGraph
from pariscall.validation import gate
from pariscall.validation.gate import check_gate
from pariscall.validation.shacl.result import ValidationResult
from support.tables import edit, keep_some_parties

pytestmark = pytest.mark.slow


@pytest.fixture
def faulty(folder: Path) -> Path:
    edit(folder / "endorsements.csv", "abb,paris-call,1,active", "abb,paris-call,1,gone")
    edit(
        folder / "events.csv",
        "united-states,paris-call,1,signature,signature,,2018-11-12,2021-11-10",
        "united-states,paris-call,1,signature,signature,,2021-11-12,2021-11-10",
    )
    edit(folder / "claims.csv", "intends", "means")
    return folder


@pytest.mark.parametrize("batch", [1, 6, 613])
def test_batches_give_the_same_findings_as_the_whole(faulty: Path, batch: int) -> None:
    if batch < 100:  # a thousand batches would take a minute: a few parties are enough
        keep_some_parties(faulty)
    whole = check_gate(TableGraph(faulty))
    assert not whole.conforms
    parts = check_gate(TableGraph(faulty), batch)
    assert parts.results == whole.results
    assert parts.findings == whole.findings
    assert parts.triples == whole.triples


def test_many_documents_are_streamed_and_give_the_same(
    faulty: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = TableGraph(faulty)
    monkeypatch.setattr(graph_module, "KEPT", 100)
    streamed = TableGraph(faulty)
    assert [d.quads() for d in streamed.documents()] == [d.quads() for d in kept.documents()]
    assert check_gate(streamed).results == check_gate(kept).results


def test_a_party_that_others_refer_to_is_known_in_every_batch(folder: Path) -> None:
    keep_some_parties(folder)
    report = check_gate(TableGraph(folder), batch=3)
    assert report.conforms


def test_what_a_source_claims_of_a_party_is_checked_with_the_party(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep_some_parties(folder)
    seen: list[set[str]] = []

    class Recorder:
        name = "recorder"

        def validate(self, data: Iterable[Quad]) -> list[ValidationResult]:
            seen.append({str(quad.subject) for quad in data if "/claim/" in str(quad.subject)})
            return []

    monkeypatch.setattr(gate, "make_engine", lambda _: Recorder())
    graph = TableGraph(folder)
    claims = {str(quad.subject) for quad in graph.quads() if "/claim/" in str(quad.subject)}
    check_gate(graph, 1)
    assert set().union(*seen) == claims
    assert any(sum(claim in batch for batch in seen) == 1 for claim in claims)
