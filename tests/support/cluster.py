"""A cluster of Dask on this machine: a scheduler and two workers, each a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from zipimport import zipimporter

from support.process import stop
from support.server import wait_for

TESTS = Path(__file__).parents[1]


@dataclass(frozen=True)
class Piece:
    """An item of work with a number."""

    number: int

    @property
    def location(self) -> str:
        return f"parties.csv:{self.number}"


def squared(piece: Piece) -> int:
    return piece.number**2


def fatal_at_four(piece: Piece) -> int:
    if piece.number == 4:
        os.kill(os.getpid(), signal.SIGKILL)
    return squared(piece)


def failing_at_four(piece: Piece) -> int:
    if piece.number == 4:
        raise ZeroDivisionError
    return squared(piece)


def process(_piece: Piece) -> int:
    return os.getpid()


def noted(folder: Path, piece: Piece) -> None:
    """Leave a file each time that the work on a piece is done; its name ends with the process."""
    time.sleep(0.05)
    (folder / f"{piece.number}.{time.monotonic_ns()}.{os.getpid()}").touch()


def archives(_piece: Piece) -> int:
    """Count the zip files of which Python knows the content."""
    return sum(isinstance(each, zipimporter) for each in sys.path_importer_cache.values())


@contextmanager
def dask_cluster(folder: Path, *, is_kept_up: bool = True, **environment: str) -> Iterator[str]:
    """Start a cluster, and yield the address of its scheduler.

    A worker that ends is started again, if the cluster is kept up.
    """
    file = folder / "scheduler.json"
    variables = {
        **os.environ,
        "PYTHONPATH": str(TESTS),
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1",
        "DASK_DISTRIBUTED__WORKER__MEMORY__TERMINATE": "false",
        "DASK_DISTRIBUTED__WORKER__PROFILE__ENABLED": "false",  # it looks a hundred times a second
        **environment,
    }
    here = ["--host", "127.0.0.1", "--no-dashboard", "--scheduler-file", str(file)]
    watched = "--nanny" if is_kept_up else "--no-nanny"
    programs = [
        ["scheduler", "--port", "0", *here],
        *2 * [["worker", "--nthreads", "1", watched, *here]],
    ]
    with ExitStack() as stack, (folder / "cluster.log").open("wb") as log:
        for number, program in enumerate(programs):
            if number:
                assert wait_for(60, file.exists)
            started = subprocess.Popen(
                [sys.executable, "-m", "dask", *program],
                cwd=folder,
                env=variables,
                stdout=log,
                stderr=log,
            )
            stack.callback(stop, started)
        yield json.loads(file.read_text(encoding="utf-8"))["address"]
