"""A mutant is the fault that it says, and is caught by what it should be, or missed."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

import pytest
from pyoxigraph import Literal, NamedNode, Quad

from mutation.cells import cell_mutants
from mutation.judge import ACCOUNT, CONSISTENCY, MISSED, SHAPES, TABLES, Judge, Verdict, content
from mutation.mutant import Mutant, RowChange, TripleChange, choose_sample, spread
from mutation.report import lines, score
from mutation.rows import row_mutants
from mutation.source import Source
from mutation.triples import triple_mutants
from pariscall.rdf.namespaces import BASE, msc

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def source() -> Source:
    return Source()


@pytest.fixture(scope="module")
def judge(source: Source) -> Iterator[Judge]:
    judge = Judge(source)
    yield judge
    judge.close()


@pytest.fixture(scope="module")
def mutants(source: Source) -> list[Mutant]:
    return list(chain(cell_mutants(source), row_mutants(source), triple_mutants(source)))


def changed(source: Source, table: str, row: str, column: str, value: str) -> Mutant:
    """Change one cell of the first row that begins with a word."""
    at, cells = next(
        (at, cells) for at, (_, cells) in enumerate(source.rows[table]) if cells[0] == row
    )
    position = source.schema[table].index[column]
    after = (*cells[:position], value, *cells[position + 1 :])
    change = RowChange(table, at, 1, (after,))
    return Mutant("fault", f"data/{table}", column, cells[position], value, change)


def test_the_same_mutants_are_made_each_time(source: Source, mutants: list[Mutant]) -> None:
    again = [*cell_mutants(source), *row_mutants(source)]
    assert mutants[: len(again)] == again


def test_another_sample_has_other_rows(source: Source, mutants: list[Mutant]) -> None:
    choose_sample("other")
    others = list(cell_mutants(source))
    choose_sample("")
    assert len(set(others) & set(mutants)) < len(others) / 2


def test_every_fault_is_made_in_many_places(mutants: list[Mutant]) -> None:
    assert 800 < len(mutants) < 2500
    faults = {mutant.fault for mutant in mutants}
    assert {"emptied cell", "row lost", "second value"} < faults
    tables = {m.change.table for m in mutants if isinstance(m.change, RowChange)}
    assert len(tables) == 28


def test_a_mutant_changes_one_row_and_nothing_else(source: Source, mutants: list[Mutant]) -> None:
    one_a_table = {m.change.table: m for m in mutants if isinstance(m.change, RowChange)}
    for mutant in [*mutants[::50], *one_a_table.values()]:
        if isinstance(mutant.change, RowChange):
            table = source.schema[mutant.change.table]
            before = set(table.path.read_bytes().split(b"\n"))
            after = set(content(source, mutant.change).split(b"\n"))
            assert len(before - after) <= 1
            assert len(after - before) <= 1
        else:
            assert len(mutant.change.removed) + len(mutant.change.added) in (0, 1, 2)


def test_a_change_that_changes_nothing_is_no_mutant(source: Source) -> None:
    assert changed(source, "parties.csv", "abb", "name", "ABB").is_equivalent
    assert not changed(source, "parties.csv", "abb", "name", "ABC").is_equivalent


def test_rows_are_spread_over_a_table() -> None:
    chosen = spread(range(100), 4, "seed")
    assert [at // 25 for at in chosen] == [0, 1, 2, 3]
    assert chosen == spread(range(100), 4, "seed")
    assert spread([], 4, "seed") == []


@pytest.mark.parametrize(
    ("cell", "value", "caught_by"),
    [
        (("parties.csv", "abb", "country"), "ZZZ", TABLES),
        (("parties.csv", "abb", "name"), " ABB", TABLES),
        (("endorsements.csv", "abb", "status"), "gone", SHAPES),
        (("endorsements.csv", "abelia", "category"), "state", CONSISTENCY),
        (("events.csv", "abelia", "latest"), "2019-09-15", CONSISTENCY),
        (("datasets.csv", "paris-call", "records"), "1223", ACCOUNT),
        # Nothing else in the data says what a page counted, so nothing can tell that it is wrong.
        (("counts.csv", "affiches-parisiennes-2019-11", "value"), "1039", MISSED),
        (("public_events.csv", "fic-2019", "place"), "Lyon", MISSED),
    ],
)
def test_a_fault_in_a_table_is_caught_or_missed(
    source: Source, judge: Judge, cell: tuple[str, str, str], value: str, caught_by: str
) -> None:
    assert judge.judge(changed(source, *cell, value)).caught_by == caught_by


@pytest.mark.parametrize(
    ("predicate", "value", "caught_by"),
    [
        ("hasEndorsment", f"{BASE}endorsement/paris-call/abb/1", SHAPES),
        ("hasEndorsement", f"{BASE}endorsement/paris-call/abelia/1", SHAPES),
        ("hasEndorsement", f"{BASE}endorsement/paris-call/abb/1", MISSED),
    ],
)
def test_a_fault_in_the_graph_is_caught_or_missed(
    judge: Judge, predicate: str, value: str, caught_by: str
) -> None:
    quad = Quad(NamedNode(f"{BASE}actor/abb"), msc(predicate), NamedNode(value))
    change = TripleChange((), (quad,))
    assert judge.judge(Mutant("fault", "abb", predicate, "", value, change)).caught_by == caught_by


def test_a_literal_that_only_a_reader_can_judge_is_missed(judge: Judge) -> None:
    label = NamedNode("http://www.w3.org/2004/02/skos/core#prefLabel")
    subject = NamedNode(f"{BASE}event/igf-2018")
    before = Quad(subject, label, Literal("13th Internet Governance Forum", language="en"))
    after = Quad(subject, label, Literal("12th Internet Governance Forum", language="en"))
    change = TripleChange((before,), (after,))
    assert judge.judge(Mutant("fault", "igf", "label", "", "", change)) == Verdict(MISSED)


def test_the_report_counts_and_lists_what_was_missed(source: Source) -> None:
    caught = changed(source, "parties.csv", "abb", "name", "ABC")
    missed = changed(source, "parties.csv", "abb", "name", "ABD")
    judged = [(caught, Verdict(TABLES)), (missed, Verdict(MISSED))]
    text = list(lines(judged, equivalent=3))
    assert score(judged) == 0.5
    assert text[1].split()[:5] == ["fault", "2", "1", "1", "50.0%"]
    assert text[-2:] == ["\n1 missed:", "fault: data/parties.csv  name  ABB -> ABD"]
    assert text[3].startswith("3 changes left the data as they were")
