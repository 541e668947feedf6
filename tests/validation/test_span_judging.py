"""Tables that are judged in several processes have the findings of one, at the same places."""

from __future__ import annotations

import csv
import os
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import pytest

from pariscall.io.engines import Counter
from pariscall.io.engines.processes import Processes
from pariscall.tables.graph import TableGraph
from pariscall.tables.spread import Spread
from pariscall.validation.consistency import find_disagreements
from pariscall.validation.gate import check_gate
from pariscall.validation.report import Report
from pariscall.validation.validate import validate_graph
from support.command import Run
from support.server import needs_fork
from support.tables import (
    SUCCESSOR,
    SUPERSEDED,
    break_near_and_far,
    edit,
    keep_some_parties,
    parties,
    read_records,
)

pytestmark = pytest.mark.slow

R = TypeVar("R")


@pytest.fixture
def faulty(folder: Path) -> Path:
    break_near_and_far(folder)
    return folder


def check_alike(report: Report, other: Report) -> None:
    assert report.findings == other.findings
    assert report.triples == other.triples
    assert report.engine == other.engine


@pytest.mark.parametrize(("jobs", "size"), [(1, 100), (2, 100), (2, 5000)])
def test_spans_have_the_findings_of_the_whole(faulty: Path, jobs: int, size: int) -> None:
    graph = TableGraph(faulty)
    whole = check_gate(graph)
    assert not whole.conforms
    assert len(whole.findings) > 10
    check_alike(check_gate(graph, Spread(Processes(jobs), size)), whole)


def test_other_shapes_have_the_same_findings_with_two_jobs(faulty: Path) -> None:
    graph = TableGraph(faulty)
    for shapes in (["registry", "gate"], ["privacy"]):
        check_alike(validate_graph(graph, shapes, jobs=2), validate_graph(graph, shapes, jobs=1))


@pytest.mark.skipif(needs_fork, reason="this system does not fork")
def test_a_process_that_is_killed_while_it_judges_loses_no_finding(
    faulty: Path, tmp_path: Path
) -> None:
    killed: list[Path] = []

    @dataclass
    class Killed:
        def map(
            self, work: Callable[[Any], R], items: Sequence[Any], count: Counter = id
        ) -> list[R]:
            flag = tmp_path / f"killed-{len(killed)}"
            killed.append(flag)

            def once_fatal(item: Any) -> R:
                result = work(item)
                if item.number == 6 and not flag.exists():
                    flag.touch()
                    os.kill(os.getpid(), signal.SIGKILL)
                return result

            return Processes(2).map(once_fatal, items, count)

    graph = TableGraph(faulty)
    check_alike(check_gate(graph, Spread(Killed(), 200)), check_gate(graph))
    assert len(killed) >= 3
    assert all(flag.exists() for flag in killed)


def test_the_command_has_the_same_report_with_two_jobs(run: Run, faulty: Path) -> None:
    one, two = (
        run("validate", "--tables", faulty, "--report", "json", "--jobs", jobs)
        for jobs in ("1", "2")
    )
    assert one.returncode == two.returncode == 1
    assert one.stdout == two.stdout
    refused = run("validate", "x.ttl", "--jobs", "2")
    assert refused.returncode == 2
    assert "--jobs is for tables" in refused.stderr


def test_disagreements_of_spans_are_those_of_the_whole_in_the_same_order(folder: Path) -> None:
    keep_some_parties(folder, SUPERSEDED, SUCCESSOR, *parties()[::40])
    path = folder / "events.csv"
    records = read_records(path)
    for record in records[1::3]:
        record["latest"] = record["latest"].replace("-11-", "-12-").replace("-2", "-1")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, records[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)
    edit(folder / "entries.csv", ",private-sector,", ",civil-society,")
    graph = TableGraph(folder)
    whole = find_disagreements(graph)
    assert len(whole) > 10
    assert any("other events that" in each.message for each in whole)
    for jobs, size in ((1, 7), (2, 3), (2, 5000)):
        assert find_disagreements(graph, Spread(Processes(jobs), size)) == whole
