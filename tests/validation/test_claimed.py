"""An endorsement of a call without a registry is as its claims say, and as those of no other call."""

from __future__ import annotations

from pathlib import Path

import pytest

from pariscall.publish.ledger import check_balances, draw_up
from pariscall.tables.graph import TableGraph
from pariscall.validation.consistency import find_disagreements
from pariscall.validation.gate import check_gate
from support.tables import add_pledge, add_rows, edit, keep_some_parties

SIGNED = "abb,tide-pledge,1,signature,signature,2020-02-02,,,reported,tide"


@pytest.fixture
def calls(folder: Path) -> Path:
    keep_some_parties(folder)
    add_pledge(folder)
    return folder


def found(folder: Path) -> list[tuple[str, str, str]]:
    return [
        (each.table.path.stem, each.column, each.message)
        for each in find_disagreements(TableGraph(folder))
    ]


def test_true_rows_of_two_calls_agree(calls: Path) -> None:
    assert found(calls) == []


@pytest.mark.parametrize(
    ("table", "old", "new", "expected"),
    [
        ("endorsements", "tide-pledge,1,active,private-sector,2020-02-02", "tide-pledge,1,active,private-sector,2020-02-01", ("since", "'2020-02-02' by its first evidence, tide")),
        ("endorsements", "2020-02-02,reported", "2020-02-02,declared", ("since_basis", "'reported' by its first evidence")),
        ("endorsements", "cisco,tide-pledge,1,active,private-sector,2020-02-02,reported,,,", "cisco,tide-pledge,1,delisted,private-sector,2020-02-02,reported,2020-03-01,reported,", ("until", "no event of the endorsement is of 2020-03-01")),
        ("events", SIGNED, SIGNED.replace("02-02", "02-01"), ("date", "tide does not show the signature on 2020-02-01 (reported)")),
        ("events", SIGNED, SIGNED.removesuffix("tide") + "afnum-2018-11-12", ("evidence", "afnum-2018-11-12 does not support the endorsement")),
        ("events", SIGNED, SIGNED.replace("2020-02-02,,,reported", ",2020-02-01,2020-02-04,inferred"), ("latest", "since 2020-02-02")),
        ("events", SIGNED, SIGNED.replace("2020-02-02,,,reported", ",2020-01-01,2020-02-02,inferred"), ("earliest", "launched on 2020-02-01")),
        ("claims", "abb,tide-pledge,affirms,2020-02-02", "abb,tide-pledge,denies,2020-02-02", ("since", "no accepted claim shows this endorsement")),
        ("claims", "2020-02-03,,,,high,accepted", "2020-02-03,,,,high,disputed", ("since", "no accepted claim shows this endorsement")),
    ],
)  # fmt: skip
def test_what_no_claim_says_is_named_with_its_cell(
    calls: Path, table: str, old: str, new: str, expected: tuple[str, str]
) -> None:
    edit(calls / f"{table}.csv", old, new)
    column, problem = expected
    assert column in {cell for _, cell, message in found(calls) if problem in message}


def test_a_window_from_the_launch_to_the_first_evidence_is_right(calls: Path) -> None:
    window = SIGNED.replace("2020-02-02,,,reported", ",2020-02-01,2020-02-02,inferred")
    edit(calls / "events.csv", SIGNED, window)
    assert found(calls) == []


@pytest.mark.slow
def test_a_claim_on_one_call_is_no_evidence_for_another(calls: Path) -> None:
    own = "abb,tide-pledge,1,tide,abb-tide-pledge,reported"
    edit(calls / "supports.csv", own, "abb,tide-pledge,1,inside-it-2018-11,abb,reported")
    messages = [message for _, _, message in found(calls)]
    assert any("no accepted claim shows this endorsement" in message for message in messages)
    assert any("the claim is accepted and supports nothing" in message for message in messages)
    report = check_gate(TableGraph(calls))
    assert {finding.rule for finding in report.failing} == {"shapes:endorsement-concluded"}


def test_the_ledger_counts_a_party_once_for_each_call(calls: Path) -> None:
    balances = draw_up(TableGraph(calls)).balances({"x.nt": 0})
    check_balances(balances[:-1])
    counted = {balance.quantity: balance for balance in balances}
    assert counted["endorsements of tide-pledge"].number == 2
    assert "entries of the registry of tide-pledge" not in counted
    entries = counted["entries of the registry of paris-call"].number
    parts = {part.name: part.number for part in counted["endorsements in x.nt"].parts}
    assert parts["endorsements of paris-call"] == entries
    assert parts["endorsements of tide-pledge"] == 2


def test_a_registry_that_is_not_in_git_is_one_source_among_others(calls: Path) -> None:
    edit(calls / "calls.csv", "2020-02-01,,,,", "2020-02-01,,,tide-list,")
    add_rows(
        calls / "registries.csv",
        "tide-list,Tides,Marées,https://tide.example/,https://spdx.org/licenses/CC0-1.0",
    )
    add_rows(
        calls / "sources.csv",
        "tide-list-2020-02-02,Tides,Tides,official-registry,2020-02-02,https://tide.example/2,tide-list,",
    )
    assert found(calls) == []
    add_rows(calls / "identifiers.csv", "tide-alpha,abb")
    entry = "abb,tide-list,tide-pledge,1,tide-alpha,ABB,,,,,,2020-02-01,2020-02-02,2020-02-02,tide-list-2020-02-02"
    add_rows(calls / "entries.csv", entry)
    [wrong, basis] = [message for _, _, message in found(calls)]
    assert "'2020-02-01' by its first evidence, tide-list-2020-02-02" in wrong
    assert "'first-seen'" in basis
