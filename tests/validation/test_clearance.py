"""What passed the gate is not judged again, and nothing else passes for it."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from pariscall import bundle
from pariscall.errors import GateError
from pariscall.publish.export import export
from pariscall.tables.graph import TableGraph
from pariscall.tables.spread import Spread
from pariscall.validation import clearance, gate, gate_report
from pariscall.validation.report import Report
from pariscall.validation.validate import verdict
from support.command import Run
from support.tables import edit

pytestmark = pytest.mark.slow


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    return tmp_path / "cache" / "pariscall" / "clearances"


@pytest.fixture
def tables(small: Path, tmp_path: Path) -> Path:
    return shutil.copytree(small, tmp_path / "tables")


@pytest.fixture
def judged(monkeypatch: pytest.MonkeyPatch) -> list[TableGraph]:
    """Count the graphs that are judged."""
    graphs: list[TableGraph] = []

    def counting(
        graph: TableGraph, check: Callable[[TableGraph], Report], spread: Spread | None
    ) -> Report:
        graphs.append(graph)
        return verdict(graph, check, spread)

    monkeypatch.setattr(gate, "verdict", counting)
    return graphs


def test_unchanged_tables_are_judged_once(
    home: Path, tables: Path, judged: list[TableGraph]
) -> None:
    first, second = (gate.examine(TableGraph(tables)) for _ in range(2))
    assert first == second
    assert first.triples > 0
    assert len(judged) == 1
    assert len(list(home.iterdir())) == 1


def test_the_same_tables_elsewhere_are_the_same(
    tables: Path, tmp_path: Path, judged: list[TableGraph]
) -> None:
    gate.examine(TableGraph(tables))
    gate.examine(TableGraph(shutil.copytree(tables, tmp_path / "copy")))
    assert len(judged) == 1


def test_a_changed_cell_is_judged(tables: Path, judged: list[TableGraph]) -> None:
    gate.examine(TableGraph(tables))
    edit(tables / "counts.csv", ",51,", ",52,")
    gate.examine(TableGraph(tables))
    assert len(judged) == 2


def test_another_day_is_judged(tables: Path) -> None:
    days = [None, date(2020, 1, 1), date(2021, 1, 1)]
    assert len({clearance.key_of(TableGraph(tables, day)) for day in days}) == 3


@pytest.mark.parametrize("changed", ["PACKAGE", "SHAPES", "ONTOLOGY", "CODES"])
def test_another_program_or_shape_judges_anew(
    tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, changed: str
) -> None:
    before = clearance.key_of(TableGraph(tables))
    source, copy = getattr(bundle, changed), tmp_path / "copy"
    shutil.copytree(source, copy) if source.is_dir() else shutil.copy(source, copy)
    monkeypatch.setattr(bundle, changed, copy)
    files = sorted(copy.rglob("*.*")) if copy.is_dir() else [copy]
    changeable = next(file for file in files if file.suffix in (".py", ".ttl", ""))
    changeable.write_text(changeable.read_text(encoding="utf-8") + "\n#", encoding="utf-8")
    after = clearance.key_of(TableGraph(tables))
    assert before is not None
    assert after not in (None, before)


def test_the_shapes_of_a_project_count(
    tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = clearance.key_of(TableGraph(tables))
    more = tmp_path / "more.ttl"
    more.write_text("# one more", encoding="utf-8")
    monkeypatch.setattr(clearance, "project_shapes", lambda: [more])
    assert clearance.key_of(TableGraph(tables)) != before


def test_what_does_not_pass_has_no_clearance(home: Path, tables: Path) -> None:
    edit(tables / "endorsements.csv", ",paris-call,1,active", ",paris-call,1,gone")
    for _ in range(2):
        with pytest.raises(GateError):
            gate.examine(TableGraph(tables)).raise_if_failing()
    assert not home.exists()


def test_an_info_is_counted_from_the_cache_too() -> None:
    first, second = (gate.examine(TableGraph()) for _ in range(2))
    assert first.findings == second.findings > 0


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda _: b"\xff",
        lambda _: b"[]",
        lambda _: b'{"triples": 1, "counts": {}}',
        lambda _: b'{"triples": 1, "counts": {}, "seal": "0"}',
        lambda text: text[:-9],
        lambda text: text.replace(b'"Info": ', b'"Info": 7'),
    ],
)
def test_a_damaged_clearance_is_none(
    home: Path, tables: Path, judged: list[TableGraph], damage: Callable[[bytes], bytes]
) -> None:
    first = gate.examine(TableGraph(tables))
    [entry] = home.iterdir()
    whole = entry.read_bytes()
    entry.write_bytes(damage(whole))
    assert gate.examine(TableGraph(tables)) == first
    assert len(judged) == 2
    assert entry.read_bytes() == whole


def test_the_clearance_of_other_tables_is_none(
    home: Path, tables: Path, judged: list[TableGraph]
) -> None:
    gate.examine(TableGraph(tables))
    [entry] = home.iterdir()
    edit(tables / "counts.csv", ",51,", ",52,")
    key = clearance.key_of(TableGraph(tables))
    shutil.copy(entry, home / str(key))
    gate.examine(TableGraph(tables))
    assert len(judged) == 2


def test_tables_that_change_after_they_are_read_are_not_known(tables: Path) -> None:
    gate.examine(TableGraph(tables))
    graph = TableGraph(tables)
    edit(tables / "counts.csv", ",51,", ",-51,")
    assert gate_report.cleared(graph) is None


def test_tables_that_change_while_they_are_judged_get_no_clearance(
    home: Path, tables: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def changing(graph: TableGraph, spread: Spread | None = None) -> Report:
        edit(tables / "counts.csv", ",51,", ",52,")
        return check(graph, spread)

    check = gate.check_gate
    monkeypatch.setattr(gate, "check_gate", changing)
    gate.examine(TableGraph(tables)).raise_if_failing()
    assert not home.exists()


def test_without_a_place_to_keep_it_the_tables_are_judged_each_time(
    tables: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, judged: list[TableGraph]
) -> None:
    (tmp_path / "file").write_bytes(b"")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "file"))
    for _ in range(2):
        gate.examine(TableGraph(tables)).raise_if_failing()
    assert len(judged) == 2


def test_old_clearances_are_cleared_away(home: Path) -> None:
    for number in range(103):
        clearance.keep(f"{number:03}", clearance.Clearance(number, {}))
    assert len(list(home.iterdir())) == 100
    assert clearance.find("102") == clearance.Clearance(102, {})


def test_an_export_is_the_same_with_and_without(tables: Path, tmp_path: Path) -> None:
    for out in ("judged", "known"):
        export(tmp_path / out, folder=tables)
    names = sorted(
        path.relative_to(tmp_path / "judged") for path in (tmp_path / "judged").rglob("*.*")
    )
    assert names
    for name in names:
        assert (tmp_path / "judged" / name).read_bytes() == (tmp_path / "known" / name).read_bytes()


@pytest.mark.parametrize("command", ["export", "site"])
def test_no_cache_judges_again(home: Path, tables: Path, run: Run, command: str) -> None:
    gate.examine(TableGraph(tables))
    [entry] = home.iterdir()
    kept = clearance.find(entry.name)
    assert kept is not None
    wrong = clearance.Clearance(kept.triples, {"Violation": 0, "Warning": 0, "Info": 77})
    clearance.keep(entry.name, wrong)
    if command == "export":  # a site takes longer, and asks the same function
        known = run(command, "--tables", tables, "-o", "known")
        assert "77 infos" in known.stderr
    anew = run(command, "--tables", tables, "-o", "anew", "--no-cache")
    assert anew.returncode == 0
    assert "77 infos" not in anew.stderr
    assert clearance.find(entry.name) == kept
