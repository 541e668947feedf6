"""Dumps that are written in parts are the bytes of one process, whatever happens on the way."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from datetime import date
from functools import partial
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from pariscall import bundle
from pariscall.errors import EngineError, TableError
from pariscall.io.engines import Counter
from pariscall.io.engines.processes import Processes
from pariscall.io.storage import folder_at
from pariscall.publish.dumps import DUMPS
from pariscall.publish.export import choose, export, export_graph
from pariscall.publish.joining import DumpPart
from pariscall.publish.parts import PartWriting
from pariscall.publish.release.assembly import release
from pariscall.publish.release.checksums import file_names
from pariscall.tables.graph import TableGraph
from pariscall.tables.spans import Span, SpanReader, TableSource, cut
from pariscall.tables.spread import Spread, spread_of
from pariscall.validation.gate_report import GateReport
from support.process import children
from support.registry import digests
from support.releases import VERSION
from support.server import is_alive, needs_fork, wait_for
from support.spread import Changed, R, Work
from support.tables import edit

JUDGED = GateReport(0, {})

forked = pytest.mark.skipif(needs_fork, reason="this system does not fork")


def write(tables: Path, out: Path, spread: Spread | None, formats: Sequence[str] = ()) -> list[str]:
    """Write dumps, without judging the tables; return what is said of it."""
    said: list[str] = []
    graph = TableGraph(tables)
    export_graph(graph, out, choose(formats), said.append, JUDGED, spread=spread)
    return said


@pytest.fixture(scope="module")
def whole(small: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Write all dumps of the small tables in one process."""
    out = tmp_path_factory.mktemp("whole") / "out"
    write(small, out, None, ["all"])
    return digests(out)


@pytest.mark.slow
@pytest.mark.parametrize(("size", "jobs"), [(20, 1), (20, 3), (1000, 3)])
def test_parts_of_any_size_make_the_bytes_of_one_process(
    small: Path, tmp_path: Path, whole: dict[str, str], size: int, jobs: int
) -> None:
    said = write(small, tmp_path, Spread(Processes(jobs), size), ["all"])
    assert digests(tmp_path) == whole
    [line] = [line for line in said if "one process" in line]
    named = line.rpartition(": ")[2].split(", ")
    assert named == [dump.name for dump in DUMPS if not dump.is_parted]
    assert {"xlsx", "sqlite"} <= set(named)


@pytest.mark.slow
def test_a_format_alone_can_be_written_in_parts(
    small: Path, tmp_path: Path, whole: dict[str, str]
) -> None:
    for name in ("trig", "jsonld"):
        write(small, tmp_path / name, Spread(Processes(1), 30), [name])
        for file, digest in digests(tmp_path / name).items():
            assert whole[file] == digest or file.endswith("ledger.csv")


@pytest.mark.slow
@pytest.mark.parametrize("as_of", [None, date(2020, 1, 1)])
def test_the_bundled_tables_have_equal_bytes_with_two_jobs(
    tmp_path: Path, dumps: Path, as_of: date | None
) -> None:
    alone = dumps
    if as_of:
        alone = tmp_path / "alone"
        export(alone, as_of=as_of, jobs=1)
    export(tmp_path / "parts", as_of=as_of, jobs=2)
    assert digests(tmp_path / "parts") == digests(alone)


@pytest.mark.slow
def test_a_release_has_equal_bytes_with_two_jobs(
    small: Path, small_release: Path, tmp_path: Path
) -> None:
    release(VERSION, tmp_path, small, jobs=2)
    names = file_names(small_release)
    assert file_names(tmp_path / VERSION) == names
    for name in names:
        assert (tmp_path / VERSION / name).read_bytes() == (small_release / name).read_bytes(), name


@pytest.mark.slow
@forked
def test_a_part_whose_process_is_killed_is_written_again(
    small: Path, tmp_path: Path, whole: dict[str, str]
) -> None:
    out, flag = tmp_path / "out", tmp_path / "killed"

    def once_fatal(work: Work[R], span: Span) -> R:
        part = work(span)
        if span.number == 5 and not flag.exists():
            (out / ".parts.partial" / "half").mkdir()
            flag.touch()
            os.kill(os.getpid(), signal.SIGKILL)
        return part

    write(small, out, Spread(Changed(once_fatal), 20), ["ttl", "trig", "jsonld", "csv", "atom"])
    assert flag.exists()
    found = digests(out)
    assert len([name for name in found if "/" not in name]) == 6
    del found["paris-call-ledger.csv"]  # which counts in all dumps that there are
    assert found.items() <= whole.items()


@pytest.mark.slow
@forked
def test_a_span_that_kills_each_process_is_named_and_nothing_is_left(
    small: Path, tmp_path: Path
) -> None:
    def fatal(work: Work[R], span: Span) -> R:
        if span.head == "parties.csv":
            os.kill(os.getpid(), signal.SIGKILL)
        return work(span)

    with pytest.raises(EngineError, match=r"parties\.csv:\d+ \(\d+ rows\): .* ended 3 times"):
        write(small, tmp_path / "out", Spread(Changed(fatal), 20))
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_tables_that_change_while_they_are_read_are_not_published(
    small: Path, tmp_path: Path
) -> None:
    tables = copytree(small, tmp_path / "tables")

    def changing(work: Work[R], span: Span) -> R:
        (tables / "parties.csv").touch()
        return work(span)

    with pytest.raises(TableError, match="written while they were read"):
        write(tables, tmp_path / "out", Spread(Changed(changing), 20))
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_a_process_reads_tables_anew_that_are_others_than_before(
    small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = copytree(small, tmp_path / "tables")
    read: list[Path] = []

    def reader(folder: Path, as_of: date | None) -> SpanReader:
        read.append(folder)
        return SpanReader(folder, as_of)

    monkeypatch.setattr("pariscall.tables.spans.SpanReader", reader)
    for _ in range(2):
        write(tables, tmp_path / "first", Spread(Processes(1), 200), ["nt"])
    edit(tables / "parties.csv", "ABB", "Abb")
    write(tables, tmp_path / "second", Spread(Processes(1), 200), ["nt"])
    assert read == [tables, tables]
    assert digests(tmp_path / "first") != digests(tmp_path / "second")


def test_a_worker_that_sees_other_tables_is_refused(small: Path, tmp_path: Path) -> None:
    tables = copytree(small, tmp_path / "tables")
    openers = {"nt": partial(DumpPart, "nt")}
    source = TableSource(tables, TableGraph(small).files.digest(), None)
    work = PartWriting(source, openers, folder_at(tmp_path))
    span = cut(TableGraph(small).schema, 200)[0]
    edit(tables / "parties.csv", "ABB", "Abb")
    with pytest.raises(TableError, match="not those that were checked"):
        work(span)
    assert not list(tmp_path.glob("part-*"))


def run_and_signal(tables: Path, out: Path, number: int) -> tuple[int, list[int]]:
    """Start an export in two processes, and send it a signal when a part is whole."""
    options = ["--tables", str(tables), "-o", str(out), "--jobs", "2"]
    program = [sys.executable, "-m", "pariscall", "export", *options]
    with subprocess.Popen(program, stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None and not list(out.glob(".parts.partial/*/part-*.json")):
            time.sleep(0.001)
        started = children(process)
        process.send_signal(number)
        return process.wait(60), started


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="only Linux ends children with their parent")
@pytest.mark.parametrize(
    ("number", "code"), [(signal.SIGTERM, 143), (signal.SIGINT, 130), (signal.SIGKILL, -9)]
)
def test_an_export_in_parts_that_is_ended_leaves_nothing_or_is_resumed(
    tmp_path: Path, dumps: Path, number: int, code: int
) -> None:
    # A run in the background may have been told to ignore the signal, which a child inherits.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    out = tmp_path / "out"
    ended, started = run_and_signal(bundle.TABLES, out, number)
    assert ended == code
    assert started
    assert wait_for(10, lambda: not any(map(is_alive, started)))
    if number == signal.SIGKILL:
        assert not [path for path in out.iterdir() if not path.name.startswith(".")]
    else:
        assert not out.exists()
    said: list[str] = []
    export(out, progress=said.append, jobs=2)
    is_resumed = any("are there from an earlier run" in line for line in said)
    assert is_resumed == (number == signal.SIGKILL)
    assert digests(out) == digests(dumps)
    assert not list(out.glob(".*"))


@pytest.mark.slow
def test_only_whole_parts_of_the_same_tables_are_taken(small: Path, tmp_path: Path) -> None:
    tables, out = copytree(small, tmp_path / "tables"), tmp_path / "out"
    kept = tmp_path / "kept"

    def keep(work: Work[R], span: Span) -> R:
        part = work(span)
        [folder] = (out / ".parts.partial").iterdir()
        copytree(folder, kept / folder.name, dirs_exist_ok=True)
        return part

    class Keeping:
        def map(self, work: Work[R], items: Sequence[Any], count: Counter = id) -> list[R]:
            count(len(items))
            return [keep(work, span) for span in items]

    write(tables, out, Spread(Keeping(), 20))
    right = digests(out)

    def resumed() -> list[str]:
        copytree(kept, out / ".parts.partial", dirs_exist_ok=True)
        said = write(tables, out, Spread(Processes(1), 20))
        return [line for line in said if "are there from an earlier run" in line]

    [folder] = kept.iterdir()
    number = len(list(folder.glob("*.json")))
    assert resumed() == [f"spans: {number} of {number} are there from an earlier run"]
    (folder / "part-000003.ttl").write_bytes(b"damaged")
    (folder / "part-000004.json").write_bytes(b"{")
    (folder / "part-000005.nt").unlink()
    (folder / "part-000006.json").unlink()
    assert resumed() == [f"spans: {number - 4} of {number} are there from an earlier run"]
    assert digests(out) == right
    edit(tables / "parties.csv", "ABB", "Abb")
    assert resumed() == []


def test_large_tables_are_spread_over_all_cores_unless_told_otherwise(
    small: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    graph = TableGraph(small)
    assert spread_of(graph, None) is None
    assert spread_of(graph, 1) is None
    chosen = spread_of(graph, 3)
    assert chosen
    assert isinstance(chosen.engine, Processes)
    monkeypatch.setattr("pariscall.tables.graph.KEPT", 3)
    monkeypatch.setattr("pariscall.tables.spread.available_cores", lambda: 2)
    large = spread_of(TableGraph(small), None)
    assert large
    assert isinstance(large.engine, Processes)
    monkeypatch.setattr("pariscall.tables.spread.available_cores", lambda: 1)
    assert spread_of(TableGraph(small), None) is None
