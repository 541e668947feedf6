"""A real cluster writes the bytes of one process, though its workers are killed or are of another version."""

from __future__ import annotations

import os
import pickle
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest

from pariscall.errors import EngineError, MisuseError
from pariscall.io.engines import connect
from pariscall.io.engines.shipping import Shipped, ship
from pariscall.publish.export import export
from pariscall.publish.partitions.export import export_partitioned
from pariscall.publish.release.assembly import release
from pariscall.publish.release.checksums import file_names
from support.cluster import (
    Piece,
    dask_cluster,
    failing_at_four,
    fatal_at_four,
    noted,
    process,
    squared,
)
from support.command import Run
from support.harbour import HARBOUR
from support.registry import digests
from support.releases import VERSION
from support.server import wait_for

pytestmark = [pytest.mark.slow, pytest.mark.server]

PIECES = [Piece(number) for number in range(9)]


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    pytest.importorskip("distributed")
    with dask_cluster(tmp_path_factory.mktemp("cluster")) as address:
        assert wait_for(60, lambda: len(workers(address)) == 2)
        yield address


def workers(address: str) -> set[int]:
    return set(connect(address).map(process, PIECES * 4))


def test_results_come_in_the_order_of_the_items_from_two_workers(cluster: str) -> None:
    counted: list[int] = []
    assert connect(cluster).map(squared, PIECES, counted.append) == list(map(squared, PIECES))
    assert counted == list(range(1, 10))
    assert connect(cluster).map(squared, []) == []
    assert os.getpid() not in workers(cluster)


def test_an_item_that_ends_workers_is_named_and_the_cluster_goes_on(cluster: str) -> None:
    with pytest.raises(EngineError, match=r"^parties\.csv:4: each worker that began this ended"):
        connect(cluster).map(fatal_at_four, PIECES)  # whatever was beside it
    assert connect(cluster).map(squared, PIECES) == list(map(squared, PIECES))


def test_what_has_come_is_not_done_again_when_the_worker_that_did_it_ends(
    cluster: str, tmp_path: Path
) -> None:
    pieces = [Piece(number) for number in range(40)]

    def kill(number: int) -> None:
        if number == 30:
            processes = Counter(int(path.suffix[1:]) for path in tmp_path.iterdir())
            os.kill(processes.most_common(1)[0][0], signal.SIGKILL)

    connect(cluster).map(partial(noted, tmp_path), pieces, kill)
    done = Counter(path.name.partition(".")[0] for path in tmp_path.iterdir())
    assert len(done) == len(pieces)
    assert done.total() < len(pieces) + 5  # but what it had in hand


def test_an_error_of_the_work_is_raised_with_its_place_and_the_cluster_goes_on(
    cluster: str,
) -> None:
    with pytest.raises(ZeroDivisionError) as raised:
        connect(cluster).map(failing_at_four, PIECES)
    assert "This happened at parties.csv:4." in raised.value.__notes__
    assert connect(cluster).map(squared, PIECES) == list(map(squared, PIECES))


def test_a_cluster_writes_the_bytes_of_one_process(
    cluster: str, dumps: Path, tmp_path: Path
) -> None:
    export(tmp_path / "cluster", scheduler=cluster)
    assert digests(tmp_path / "cluster") == digests(dumps)
    assert not list((tmp_path / "cluster").glob(".*"))


def test_a_cluster_writes_the_parts_of_one_process(
    cluster: str, small: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("pariscall.tables.spread.PARTITION", 20)
    for name, scheduler in (("alone", None), ("cluster", cluster)):
        export_partitioned(tmp_path / name, ["nt", "parquet"], small, scheduler=scheduler)
    names = file_names(tmp_path / "alone")
    assert len([name for name in names if name.startswith("nt/")]) > 20
    assert file_names(tmp_path / "cluster") == names
    for name in names:
        written = (tmp_path / "cluster" / name).read_bytes()
        assert written == (tmp_path / "alone" / name).read_bytes(), name


def test_an_export_on_a_cluster_that_is_killed_is_resumed(
    cluster: str, dumps: Path, tmp_path: Path
) -> None:
    out = tmp_path / "out"
    options = ["-o", str(out), "--scheduler", cluster]
    with subprocess.Popen([sys.executable, "-m", "pariscall", "export", *options]) as command:
        while command.poll() is None and not list(out.glob(".parts.partial/*/part-*.json")):
            time.sleep(0.001)
        command.kill()
    said: list[str] = []
    export(out, progress=said.append, scheduler=cluster)
    assert any("are there from an earlier run" in line for line in said)
    assert digests(out) == digests(dumps)


def test_a_release_made_on_a_cluster_has_the_bytes_of_one_process(
    cluster: str, small: Path, small_release: Path, tmp_path: Path
) -> None:
    release(VERSION, tmp_path, small, scheduler=cluster)
    assert digests(tmp_path / VERSION) == digests(small_release)


def test_the_command_judges_on_a_cluster(cluster: str, run: Run) -> None:
    finished = run("validate", "--scheduler", cluster)
    assert finished.returncode == 0, finished.stderr
    assert run("validate", "--jobs", "1").stdout == finished.stdout
    for wrong in (("--jobs", "2"), ("--coverage",), ("--engine", "pyshacl"), ("list.ttl",)):
        assert run("validate", "--scheduler", cluster, *wrong).returncode == 2
        assert run("validate", *wrong, "--scheduler", cluster).returncode == 2


def test_a_worker_on_another_project_is_refused(tmp_path: Path) -> None:
    pytest.importorskip("distributed")
    other = str(HARBOUR)
    with (
        dask_cluster(tmp_path, is_kept_up=False, PARISCALL_PROJECT=other) as address,
        pytest.raises(EngineError, match=r"A worker has pariscall .* Start the workers"),
    ):
        connect(address).map(squared, PIECES)


def test_another_version_does_not_even_open_the_work() -> None:
    shipped = ship(squared)
    assert shipped(Piece(3)) == 9
    strange = Shipped("0.0.1", b"not a pickle")
    with pytest.raises(EngineError, match=r"this is 0\.0\.1"):
        pickle.loads(pickle.dumps(strange))(Piece(3))  # noqa: S301 ours


def test_an_address_of_no_scheduler_is_refused() -> None:
    with pytest.raises(MisuseError, match="tcp://HOST:8786"):
        connect("localhost:8786")
    with pytest.raises(EngineError, match="no scheduler of Dask answers"):
        connect("tcp://127.0.0.1:1").map(squared, PIECES)


def test_nothing_of_the_engine_is_imported_unless_asked_for() -> None:
    program = (
        "import sys; from pariscall.publish import export; print('distributed' in sys.modules)"
    )
    shown = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, check=True
    ).stdout
    assert shown == "False\n"
