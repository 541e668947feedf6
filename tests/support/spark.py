"""A standalone cluster of Spark on this machine: a master and two workers (``make spark``)."""

from __future__ import annotations

import gc
import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest

from support.hosts import free_port, wait_for
from support.process import stop

TESTS = Path(__file__).parents[1]
VENV = TESTS.parent / "build" / "spark"


@contextmanager
def spark_cluster(folder: Path) -> Iterator[str]:
    """Start a cluster, and yield the address of its master; whoever asks for it is its client.

    A test without Java, or without the packages, is skipped.
    """
    packages = next(VENV.glob("lib/python*/site-packages/pyspark"), None)
    if packages is None or shutil.which("java") is None:
        pytest.skip("java is not installed, or Spark is not there (make spark)")
    port, log = free_port(), folder / "log"
    master = f"spark://127.0.0.1:{port}"
    variables = {
        "SPARK_HOME": str(packages),
        "SPARK_LOCAL_IP": "127.0.0.1",
        "PYSPARK_PYTHON": sys.executable,
        "PYTHONPATH": os.pathsep.join((str(TESTS), str(packages.parent))),
    }
    programs = [
        ["master.Master", "--host", "127.0.0.1", "--port", str(port), "--webui-port", "0"],
        *2 * [["worker.Worker", master, "--cores", "1", "--memory", "1g", "--webui-port", "0"]],
    ]
    with ExitStack() as stack, log.open("wb") as output:
        for number, (name, *options) in enumerate(programs):
            started = subprocess.Popen(
                [packages / "bin" / "spark-class", f"org.apache.spark.deploy.{name}", *options],
                cwd=folder,
                env={**os.environ, **variables, "SPARK_WORKER_DIR": str(folder / str(number))},
                stdout=output,
                stderr=output,
            )
            stack.callback(stop, started)
            if not number:
                wait_for(port, started, log, seconds=60)
        patch = stack.enter_context(pytest.MonkeyPatch.context())
        for variable, value in variables.items():
            patch.setenv(variable, value)
        patch.setattr(sys, "path", [*sys.path, str(packages.parent)])
        pyspark = importlib.import_module("pyspark")
        yield master
        pyspark.SparkContext.getOrCreate().stop()
        gc.collect()  # what Spark has not closed is closed here, and warns of it in no other test


def executors() -> list[int]:
    """Return the processes that do the work of the cluster."""
    shown = subprocess.run(
        ["pgrep", "-f", "CoarseGrainedExecutorBackend"], capture_output=True, text=True, check=True
    ).stdout
    return [int(pid) for pid in shown.split()]
