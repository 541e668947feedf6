"""Work in a watched process ends as it should, or as an error of its caller."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time

import pytest

from pariscall.errors import QueryError
from pariscall.io.watchdog import CrashedError, TooLongError, can_watch, run_watched

pytestmark = pytest.mark.skipif(not can_watch(), reason="no process can be forked here")
MIB = 1024 * 1024
FILLED_BY_OXIGRAPH = """
from pyoxigraph import NamedNode
from pariscall.io.watchdog import CrashedError, run_watched

def fill():
    node, names = NamedNode("http://example.org/" + "x" * 500), [""] * 100_000
    for number in range(len(names)):
        names[number] = str(node)

try:
    run_watched(fill, seconds=20, extra_memory=3_000_000)
except CrashedError:
    print("crashed")
"""


def test_the_result_comes_back_whatever_its_size() -> None:
    assert run_watched(lambda: "é" * 5_000_000, seconds=20) == "é" * 5_000_000
    assert run_watched(lambda: {"pid": os.getpid()})["pid"] != os.getpid()


def test_work_that_takes_too_long_is_killed() -> None:
    start = time.monotonic()
    with pytest.raises(TooLongError):
        run_watched(lambda: time.sleep(30), seconds=0.2)
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    "death",
    [
        lambda: os.kill(os.getpid(), signal.SIGKILL),
        lambda: os.kill(os.getpid(), signal.SIGTERM),
        lambda: os._exit(1),
    ],
)
def test_a_process_that_dies_is_an_error_of_the_caller(death: object) -> None:
    with pytest.raises(CrashedError):
        run_watched(death)  # type: ignore[arg-type]


@pytest.mark.skipif(sys.platform != "linux", reason="macOS keeps no limit on memory")
def test_work_that_takes_too_much_memory_ends() -> None:
    with pytest.raises(CrashedError):
        run_watched(lambda: len(bytearray(2048 * MIB)), memory=1024 * MIB)
    assert run_watched(lambda: len(bytearray(8 * MIB)), memory=4096 * MIB) == 8 * MIB


@pytest.mark.skipif(sys.platform != "linux", reason="macOS keeps no limit on memory")
def test_native_code_without_memory_ends_also_where_backtraces_are_wanted() -> None:
    """Rust's backtrace needs memory that is not there: Oxigraph waited for itself, for good."""
    finished = subprocess.run(
        [sys.executable, "-c", FILLED_BY_OXIGRAPH],
        env={**os.environ, "RUST_BACKTRACE": "1"},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert finished.stdout == "crashed\n", finished.stderr


def test_what_the_work_raises_is_raised_here() -> None:
    def fail() -> None:
        raise QueryError("query: no.")

    with pytest.raises(QueryError, match=r"query: no\.") as caught:
        run_watched(fail)
    assert "in fail" in "".join(caught.value.__notes__)


def test_standard_input_can_be_read_there(monkeypatch: pytest.MonkeyPatch) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"what is piped")
    os.close(writing)
    with os.fdopen(reading) as piped:
        monkeypatch.setattr(sys, "stdin", piped)
        assert run_watched(lambda: sys.stdin.read()) == "what is piped"  # noqa: PLW0108 it is replaced
