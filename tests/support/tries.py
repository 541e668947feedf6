"""Tries in processes of their own: what came of them, and the most memory that they took."""

from __future__ import annotations

import gc
import os
import resource
import signal
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

_MIB = 1024**2
MOST_MEMORY = 1024 * _MIB
HEADER = f"{'':28}{'tries':>10}{'failures':>10}{'peak memory':>14}"


@dataclass(frozen=True)
class Result:
    """How many tries were made, how many failed, and the most memory one took, in bytes."""

    tries: int
    failures: int
    peak: int

    def __add__(self, other: Result) -> Result:
        return Result(
            self.tries + other.tries, self.failures + other.failures, max(self.peak, other.peak)
        )


def row(name: str, result: Result) -> str:
    """Write a result as a row of a table under ``HEADER``."""
    peak = f"{result.peak // _MIB:,} MiB"
    return f"{name:28}{result.tries:>10,}{result.failures:>10,}{peak:>14}"


def watch(work: Callable[[], object], seconds: float) -> tuple[str, int]:
    """Run work in a forked process; return why it failed, or nothing, and its peak memory in bytes.

    An exception, a signal, a gigabyte of memory or more than ``seconds`` is a failure. The memory
    that the process shares with this one is not counted.
    """
    shared = _resident()
    results, sender = os.pipe()
    gc.freeze()  # what the processes share stays shared when the child searches for garbage
    child = os.fork()
    if child == 0:
        os.close(results)
        _work(work, sender)
    gc.unfreeze()
    os.close(sender)
    ended = _wait(child, seconds)
    with os.fdopen(results, "rb") as said:
        failure = said.read().decode()
    code, peak = ended[0], max(0, ended[1] - shared)
    if code is None:
        failure = f"it took more than {seconds:g} seconds"
    elif code < 0:
        failure = f"it ended by {signal.Signals(-code).name}"
    elif peak > MOST_MEMORY:
        failure = failure or f"it took {peak // _MIB:,} MiB"
    return failure, peak


def _resident() -> int:
    """Return the memory of this process in bytes, or 0 where the system does not tell."""
    try:
        pages = Path("/proc/self/statm").read_text(encoding="ascii").split()[1]
    except OSError:
        return 0
    return int(pages) * resource.getpagesize()


def _work(work: Callable[[], object], sender: int) -> None:
    try:
        work()
    except BaseException:  # noqa: BLE001 whatever it is, it is reported
        os.write(sender, traceback.format_exc().encode("utf-8", "replace")[-60_000:])
    finally:
        sys.stdout.flush()
        os._exit(0)


def _wait(child: int, seconds: float) -> tuple[int | None, int]:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        pid, status, used = os.wait4(child, os.WNOHANG)
        if pid:
            return os.waitstatus_to_exitcode(status), used.ru_maxrss * 1024
        time.sleep(0.005)
    os.kill(child, signal.SIGKILL)
    _, _, used = os.wait4(child, 0)
    return None, used.ru_maxrss * 1024
