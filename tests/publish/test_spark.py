"""A real cluster of Spark judges and writes as one process does, to an object store too, and though an executor is killed."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from pariscall.errors import EngineError, MisuseError
from pariscall.io.engines import connect
from pariscall.publish.export import export
from pariscall.publish.partitions.export import export_partitioned
from pariscall.publish.partitions.verify import verify
from pariscall.tables.copies import copy_of
from pariscall.validation.validate import validate_tables
from support.cluster import Piece, archives, failing_at_four, fatal_at_four, process, squared
from support.command import run_command
from support.object_store import BUCKET, ObjectStore, object_store
from support.partitions import BOTH, contents
from support.registry import digests
from support.server import wait_for
from support.spark import executors, spark_cluster
from support.tables import break_near_and_far, keep_some_parties

pytestmark = [
    pytest.mark.slow,
    pytest.mark.server,
    # Spark leaves it to the garbage collector to close its connections with Java.
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

PIECES = [Piece(number) for number in range(9)]


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ObjectStore | None]:
    """Start an object store, if it is there; most tests need none."""
    with ExitStack() as stack:
        try:
            started = stack.enter_context(object_store(tmp_path_factory.mktemp("store")))
        except pytest.skip.Exception:
            started = None
        yield started


@pytest.fixture(scope="module")
def master(
    store: ObjectStore | None,  # noqa: ARG001 whose address the workers learn when they start
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[str]:
    with spark_cluster(tmp_path_factory.mktemp("spark")) as address:
        yield address


# Before the others, whose connection with the master holds both workers to the end.
def test_the_command_takes_the_address_of_a_master(
    master: str, folder: Path, tmp_path: Path
) -> None:
    keep_some_parties(folder)
    options = ["export", "--tables", str(folder), "--format", "nt"]
    # Python reads where Spark is when it starts, so it is started: here, and for the last command.
    finished = run_command(tmp_path, [*options, "-o", "out", "--scheduler", master], {})
    assert finished.returncode == 0, finished.stderr
    assert run_command(tmp_path, [*options, "-o", "whole"]).returncode == 0
    assert digests(tmp_path / "out") == digests(tmp_path / "whole")
    assert "WARN" not in finished.stderr


def test_results_come_in_the_order_of_the_items_and_what_failed_is_named(master: str) -> None:
    counted: list[int] = []
    assert connect(master).map(squared, PIECES, counted.append) == list(map(squared, PIECES))
    assert counted == sorted(counted)
    assert counted[-1] == len(PIECES)
    assert connect(master).map(squared, []) == []
    assert os.getpid() not in connect(master).map(process, PIECES)
    with pytest.raises(ZeroDivisionError) as raised:
        connect(master).map(failing_at_four, PIECES)
    assert "This happened at parties.csv:4." in raised.value.__notes__
    with pytest.raises(EngineError, match=r"^parties\.csv:4: each worker that began this ended"):
        connect(master).map(fatal_at_four, PIECES)
    assert connect(master).map(squared, PIECES) == list(map(squared, PIECES))


def test_spark_does_not_read_its_archives_again_for_each_item(master: str) -> None:
    connect(master).map(process, PIECES)
    assert connect(master).map(archives, PIECES) == [0] * len(PIECES)


def test_an_executor_that_is_killed_loses_nothing(
    master: str, folder: Path, tmp_path: Path
) -> None:
    keep_some_parties(folder)
    out = tmp_path / "out"
    killed: list[int] = []

    def kill() -> None:
        wait_for(60, lambda: bool(list(out.glob(".parts.partial/*/part-*.json"))))
        killed.append(executors()[0])
        os.kill(killed[0], signal.SIGKILL)

    connect(master).map(process, PIECES)  # whatever has executors now
    killer = threading.Thread(target=kill)
    killer.start()
    export(out, folder=folder, scheduler=master)
    killer.join()
    assert killed
    export(tmp_path / "whole", folder=folder, jobs=1)
    assert digests(out) == digests(tmp_path / "whole")
    assert not list(out.glob(".*"))


def test_parts_that_are_written_to_a_store_are_those_of_one_process(
    store: ObjectStore | None, master: str, partitions: Path, small: Path
) -> None:
    if store is None:
        pytest.skip("no object store is there (make moto)")
    tables = store.put(small, "tables")
    export_partitioned(f"{BUCKET}/parts", BOTH, copy_of(tables), scheduler=master)
    assert store.contents("parts") == contents(partitions)
    assert verify(f"{BUCKET}/parts") == []


def test_the_findings_are_those_of_one_process(
    master: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Spark takes a tenth of a second for each span; there are some of each table.
    monkeypatch.setattr("pariscall.tables.spread._SPANS_OF_A_CLUSTER", 4)
    break_near_and_far(folder)
    whole, spread_out = (
        validate_tables(folder, jobs=1),
        validate_tables(folder, scheduler=master),
    )
    assert len(whole.findings) > 10
    assert spread_out.findings == whole.findings
    assert spread_out.triples == whole.triples


@pytest.mark.usefixtures("master")
def test_a_master_that_does_not_answer_is_one_line(tmp_path: Path) -> None:
    refused = run_command(tmp_path, ["validate", "--scheduler", "spark://127.0.0.1:1"], {})
    assert refused.returncode == 4
    assert refused.stderr.startswith(
        "Error: spark://127.0.0.1:1: no master of Spark answers there. Start one with "
    )


def test_without_spark_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pariscall.io.extras.find_spec", lambda _name: None)
    with pytest.raises(MisuseError, match=r"pip install 'pariscall\[spark\]'"):
        connect("spark://127.0.0.1:7077")
