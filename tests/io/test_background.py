"""A background run returns its result, raises its errors, and does not outlive its caller."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from pariscall.io.background import run_in_background
from support.server import is_alive, needs_fork, wait_for


def test_a_result_comes_from_a_process_of_its_own() -> None:
    with run_in_background(os.getpid) as result:
        assert (result() == os.getpid()) == needs_fork


def test_the_body_runs_while_the_work_does(tmp_path: Path) -> None:
    flag = tmp_path / "flag"

    def work() -> bool:
        return wait_for(10, flag.exists)

    with run_in_background(work) as result:
        flag.touch()
        assert result()


def test_a_result_may_be_large() -> None:
    with run_in_background(lambda: bytes(10_000_000)) as result:
        assert len(result()) == 10_000_000


def test_work_that_fails_tells_its_error() -> None:
    def work() -> None:
        raise ZeroDivisionError

    with run_in_background(work) as result, pytest.raises(ZeroDivisionError):
        result()


@pytest.mark.skipif(needs_fork, reason="this system does not fork")
def test_work_that_is_killed_is_done_again() -> None:
    here = os.getpid()

    def work() -> str:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return "done"

    with run_in_background(work) as result:
        assert result() == "done"


@pytest.mark.skipif(needs_fork, reason="this system does not fork")
def test_a_body_that_fails_ends_the_work(tmp_path: Path) -> None:
    place = tmp_path / "pid"

    def work() -> None:
        (tmp_path / "partial").write_text(str(os.getpid()))
        (tmp_path / "partial").rename(place)
        time.sleep(60)

    with pytest.raises(ZeroDivisionError), run_in_background(work):
        assert wait_for(10, place.exists)
        raise ZeroDivisionError
    assert not is_alive(int(place.read_text()))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of such a death")
def test_work_does_not_outlive_a_process_that_is_killed() -> None:
    program = (
        "import os, time\n"
        "from pariscall.io.background import run_in_background\n"
        "with run_in_background(lambda: print(os.getpid(), flush=True) or time.sleep(60)) as result:\n"
        "    result()\n"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        child = int(process.stdout.readline())
        assert is_alive(child)
        process.kill()
    assert wait_for(5, lambda: not is_alive(child))


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells a child of such a death")
def test_work_ends_though_its_parent_had_ended_before_the_kernel_was_told() -> None:
    program = (
        "import os, time\n"
        "from pariscall.io.background import end_with_parent\n"
        "reading, writing = os.pipe()\n"
        "if child := os.fork():\n"
        "    print(child, flush=True)\n"
        "    os._exit(0)\n"
        "os.close(writing)\n"
        "os.read(reading, 1)\n"  # until the parent has ended
        "end_with_parent()\n"
        "time.sleep(60)\n"
    )
    command = [sys.executable, "-c", program]
    shown = subprocess.run(
        command, stdout=subprocess.PIPE, text=True, check=True, timeout=30
    ).stdout
    assert wait_for(5, lambda: not is_alive(int(shown)))
