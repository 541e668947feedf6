"""Five times the signatories: one process, two and a cluster agree, though processes are killed."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from pariscall.publish.export import export
from support.cluster import dask_cluster
from support.process import children
from support.registry import digests
from support.server import needs_fork
from support.shared import made_once
from support.tables import break_rows
from synthetic import multiply

pytestmark = [
    pytest.mark.slow,
    pytest.mark.server,
    pytest.mark.skipif(needs_fork, reason="this system does not fork"),
]

Process = subprocess.Popen[str]
Victim = Callable[[Process], int | None]


@pytest.fixture(scope="module")
def fivefold(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made_once(tmp_path_factory, "fivefold", lambda folder: multiply(folder, 5))


@pytest.fixture(scope="module")
def whole(fivefold: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Write the dumps in one process, which nothing ends."""
    make = partial(export, folder=fivefold, jobs=1)
    return digests(made_once(tmp_path_factory, "fivefold-dumps", make))


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Connect to a cluster of two workers, so that they can be seen at work."""
    distributed = pytest.importorskip("distributed")
    with (
        dask_cluster(tmp_path_factory.mktemp("cluster")) as address,
        distributed.Client(address) as client,
    ):
        client.wait_for_workers(2, timeout=60)
        yield client


def run(*arguments: str, kill: Victim) -> str:
    """Run the command, kill a process as soon as there is one to be killed, return what it prints."""
    program = [sys.executable, "-m", "pariscall", *arguments]
    with subprocess.Popen(program, stdout=-1, stderr=subprocess.DEVNULL, text=True) as process:
        end = time.monotonic() + 60
        while (victim := kill(process)) is None:
            assert time.monotonic() < end
            time.sleep(0.05)
        os.kill(victim, signal.SIGKILL)
        return process.communicate()[0]


def one_of_two(process: Process) -> int | None:
    """Choose one of the processes among which a command shares its work."""
    return next(iter(children(process)), None)


def busy_worker(client: Any) -> Victim:
    """Choose a worker of the cluster that is at work."""
    pids = client.run(os.getpid)
    return lambda _: next(
        (pids[name] for name, tasks in client.processing().items() if tasks), None
    )


def test_a_run_that_is_killed_is_done_again_though_one_of_its_processes_is_killed_too(
    fivefold: Path, whole: dict[str, str], tmp_path: Path
) -> None:
    export_it = ["export", "--tables", str(fivefold), "-o", str(tmp_path / "out"), "--jobs"]
    run(*export_it, "1", kill=lambda process: process.pid if list(tmp_path.glob("*/.*")) else None)
    assert not list(tmp_path.glob("out/[!.]*"))
    run(*export_it, "2", kill=one_of_two)
    assert digests(tmp_path / "out") == whole


def test_a_cluster_writes_the_dumps_of_one_process_though_a_worker_is_killed(
    fivefold: Path, whole: dict[str, str], client: Any, tmp_path: Path
) -> None:
    share = ["--scheduler", client.scheduler.address]
    run("export", "--tables", str(fivefold), "-o", str(tmp_path), *share, kill=busy_worker(client))
    assert digests(tmp_path) == whole


def test_findings_are_those_of_one_process_though_others_are_killed(
    fivefold: Path, client: Any, tmp_path: Path
) -> None:
    broken = shutil.copytree(fivefold, tmp_path / "tables")
    break_rows(broken)
    client.wait_for_workers(2, timeout=60)
    validate = ["validate", "--tables", str(broken), "--report", "json"]
    alone = subprocess.run(
        [sys.executable, "-m", "pariscall", *validate, "--jobs", "1"],
        stdout=subprocess.PIPE,
        text=True,
        check=False,
    ).stdout
    assert alone.count("shapes:") > 200
    assert run(*validate, "--jobs", "2", kill=one_of_two) == alone
    address = client.scheduler.address
    assert run(*validate, "--scheduler", address, kill=busy_worker(client)) == alone
