"""Only what a change can be seen from is looked at again, and the findings are those of the whole."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, assume, given, settings
from hypothesis import strategies as st
from pyoxigraph import Quad

from pariscall.io.cache import cache_folder, caching
from pariscall.tables.graph import TableGraph
from pariscall.validation import streaming
from pariscall.validation.clearance import key_of_rules
from pariscall.validation.gate import check_gate
from pariscall.validation.shacl.look.graph import quads_of, spelled
from pariscall.validation.shacl.look.terms import Statements
from pariscall.validation.shacl.oxigraph import OxigraphEngine
from pariscall.validation.shacl.result import ValidationResult
from pariscall.validation.streaming import Judge, survey_context
from pariscall.validation.traces import Changes, LastRun
from pariscall.validation.validate import validate_tables
from support.command import Run
from support.crossing import CROSSING
from support.drawn_shapes import data_graphs, shapes_graphs
from support.shacl import is_streamable, read
from support.tables import break_near_and_far, read_records

Described = dict[str, Statements]
_MANY = settings(
    max_examples=60,
    deadline=None,
    suppress_health_check=list(HealthCheck),
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@pytest.fixture(autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep traces that say what is wrong away from all other tests."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))


def by_subject(turtle: str) -> Described:
    said = spelled(read(turtle.replace("_:d", "ex:d")))
    return {subject: {subject: each} for subject, each in said.items()}


class Judging:
    """The judging of documents, which knows what was kept by the one before it."""

    def __init__(self, shapes: Sequence[Quad], documents: Described, kept: LastRun) -> None:
        engine = OxigraphEngine(shapes)
        footprint = engine.look(is_streaming=True).footprint()
        survey = survey_context(footprint, ())
        for document in documents.values():
            survey.add(document)
        changes = Changes(documents.values(), footprint, survey.predicates, kept)
        self.again = changes.again()
        found, failed = Judge(engine, (), documents.values()).judge_some(self.again)
        self.results = found.in_order()
        self.kept = LastRun(changes.traces, failed)


def whole(shapes: Sequence[Quad], documents: Described) -> list[ValidationResult]:
    data = [quad for document in documents.values() for quad in quads_of(document)]
    return OxigraphEngine(shapes, looks_first=False).validate(data)


def check_each(shapes: str, *versions: Described) -> list[Judging]:
    """Judge versions one after the other, each with what the one before kept."""
    rules, kept, runs = read(shapes), LastRun(), list[Judging]()
    for documents in versions:
        runs.append(Judging(rules, documents, kept))
        assert runs[-1].results == whole(rules, documents)
        kept = runs[-1].kept
    return runs


@pytest.mark.slow
@_MANY
@given(
    shapes=shapes_graphs(),
    one=data_graphs(),
    other=data_graphs(),
    taken=st.lists(st.sampled_from(["one", "other", "none"]), min_size=8, max_size=8),
)
def test_drawn_changes_are_judged_as_the_whole(
    shapes: str, one: str, other: str, taken: list[str]
) -> None:
    assume(is_streamable(read(shapes)))
    versions = {"one": by_subject(one), "other": by_subject(other), "none": {}}
    subjects = sorted(versions["one"].keys() | versions["other"])
    mixed = {
        subject: versions[name][subject]
        for subject, name in zip(subjects, taken, strict=False)
        if subject in versions[name]
    }
    check_each(shapes, versions["one"], mixed, versions["one"], mixed)


@pytest.mark.parametrize(("shapes", "data", "expected"), CROSSING)
def test_what_others_see_of_a_change_is_judged_again(shapes: str, data: str, expected: int) -> None:
    documents = by_subject(data)
    for changed in documents:
        without = {name: said for name, said in documents.items() if name != changed}
        runs = check_each(shapes, documents, without, documents)
        assert len(runs[-1].results) == expected


def test_what_nobody_sees_is_looked_at_alone_and_what_failed_always() -> None:
    shapes = (
        "ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:maxCount 1 ] ,"
        " [ sh:path ex:of ; sh:class ex:T ] ."
    )
    data = "ex:a a ex:T ; ex:of ex:b . ex:b a ex:T . ex:c a ex:T ; ex:p {} . ex:d a ex:T ; ex:p 1 , 2 ."
    first, second, third = check_each(
        shapes, *map(by_subject, (data.format(1), data.format(3), data.format(3)))
    )
    a, b, c, d = (f"<http://example.org/{name}>" for name in "abcd")
    assert set(first.again) == {a, b, c, d}
    assert set(second.again) == {c, d}
    assert set(third.again) == {d}
    gone = by_subject(data.format(3))
    del gone[b]
    assert set(Judging(read(shapes), gone, third.kept).again) == {a, d}


def test_documents_of_one_name_are_judged_as_one() -> None:
    shapes = read(
        "ex:S a sh:NodeShape ; sh:targetClass ex:T ; sh:property [ sh:path ex:p ; sh:maxCount 1 ] ."
    )
    engine = OxigraphEngine(shapes)
    parts = [
        by_subject(said)["<http://example.org/a>"]
        for said in ("ex:a a ex:T .", "ex:a ex:p 1 , 2 .")
    ]
    footprint = engine.look(is_streaming=True).footprint()
    for documents in (parts, parts[::-1], [*parts, {}]):
        again = Changes(documents, footprint, (), LastRun()).again()
        found, failed = Judge(engine, (), documents).judge_some(again)
        assert len(found.in_order()) == 1
        assert failed == {"<http://example.org/a>"}


@pytest.mark.slow
def test_documents_have_the_findings_of_the_whole_after_each_change(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked_at: list[int] = []
    judge_some = Judge.judge_some

    def counted(self: Judge, documents: Statements) -> object:
        looked_at.append(len(documents))
        return judge_some(self, documents)  # type: ignore[arg-type]

    monkeypatch.setattr(streaming.Judge, "judge_some", counted)

    def check() -> int:
        """Return how many documents were looked at."""
        graph = TableGraph(folder)
        with caching(is_used=False):
            fresh = check_gate(graph)
        looked_at.clear()
        assert check_gate(graph) == fresh
        return looked_at[0]

    number = sum(1 for _ in TableGraph(folder).documents())
    assert check() < 30  # what did not pass without the cache is kept as it was
    path = folder / "parties.csv"
    before = path.read_text(encoding="utf-8")
    records = read_records(path)
    records[5]["name"] += " Limited"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, records[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(records)
    assert check() < 60
    path.write_text(before, encoding="utf-8")
    break_near_and_far(folder)
    assert check() <= number
    assert validate_tables(folder) == validate_tables(folder)


@pytest.mark.slow
def test_traces_that_are_damaged_are_none(folder: Path) -> None:
    graph = TableGraph(folder)
    report = check_gate(graph)
    kept = cache_folder("traces") / key_of_rules(graph)
    kept.write_bytes(kept.read_bytes()[:-40] + b"x" * 40)
    assert LastRun.find(kept.name) == LastRun()
    assert check_gate(graph) == report


@pytest.mark.slow
def test_no_cache_looks_at_everything(run: Run, folder: Path) -> None:
    break_near_and_far(folder)
    command = ["validate", "--tables", folder, "--report", "json"]
    first = run(*command)
    assert first.returncode == 1
    key = key_of_rules(TableGraph(folder))
    LastRun(LastRun.find(key).traces, ()).keep(key)  # as if all had passed
    assert run(*command).stdout != first.stdout
    anew = run(*command, "--no-cache")
    assert anew.returncode == 1
    assert anew.stdout == first.stdout
