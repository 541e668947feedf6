"""Time whole processes, and print what was found."""

from __future__ import annotations

import os
import resource
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from statistics import median
from time import perf_counter

HERE = Path(__file__).parent
WORK = HERE.parent / "build" / "bench"
BIN = Path(sys.executable).parent
PARISCALL = str(BIN / "pariscall")

Command = Sequence[str]
_DONE = (0, 1)  # pyshacl ends with 1 for findings of any severity


def report(what: str, ours: float, peer: float, *, goal: float, note: str = "") -> None:
    """Print one comparison."""
    print(f"{what:34}{ours:11.2f}s{peer:11.2f}s{peer / ours:8.1f}x{goal:6.0f}x  {note}", flush=True)


def fastest(ours: Command, peer: Command, *, rounds: int) -> tuple[float, float]:
    """Time two commands in turns and give the best time of each, in seconds."""
    pairs = [(timed(ours)[0], timed(peer)[0]) for _ in range(rounds)]
    return min(pair[0] for pair in pairs), min(pair[1] for pair in pairs)


def timed(command: Command) -> tuple[float, float]:
    """Run a command: wall-clock seconds, and the most megabytes that it held at once."""
    start = perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    seconds = perf_counter() - start
    if process.returncode not in _DONE:
        sys.exit(f"{' '.join(command)} ended with {process.returncode}")
    return seconds, usage.ru_maxrss / 1024


def used(command: Command, *, rounds: int) -> tuple[float, float, float]:
    """Run a command several times: the medians of processor and wall-clock seconds, and its megabytes."""
    processor, wall, memory = [], [], []
    for _ in range(rounds):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        seconds, megabytes = timed(command)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processor.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
        wall.append(seconds)
        memory.append(megabytes)
    return median(processor), median(wall), max(memory)


def run(command: Command) -> subprocess.CompletedProcess[str]:
    """Run a command for what it prints."""
    return subprocess.run(command, capture_output=True, text=True, check=False)
