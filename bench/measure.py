"""Run whole processes, and tell the time and the memory that they took."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
WORK = HERE.parent / "build" / "bench"
BIN = Path(sys.executable).parent
PARISCALL = str(BIN / "pariscall")

Command = Sequence[str]
_DONE = (0, 1)  # pyshacl ends with 1 for findings of any severity


@dataclass(frozen=True)
class Usage:
    """What a process took: seconds of processors and by the clock, and the megabytes of its largest process."""

    processor: float
    wall: float
    memory: float


def timed(command: Command) -> Usage:
    """Run a command to its end, with the processes that it starts."""
    launched = run([sys.executable, "-I", "-S", str(HERE / "launch.py"), *command])
    code, *took = json.loads(launched.stdout)
    if code not in _DONE:
        sys.exit(f"{' '.join(command)} ended with {code}")
    return Usage(*took)


def in_turns(*commands: Command, rounds: int) -> list[Usage]:
    """Run commands in turns, so that what disturbs one disturbs all; return the medians of each."""
    runs = [[timed(command) for command in commands] for _ in range(rounds)]
    return [_median(each) for each in zip(*runs, strict=True)]


def run(command: Command) -> subprocess.CompletedProcess[str]:
    """Run a command for what it prints."""
    return subprocess.run(command, capture_output=True, text=True, check=False)


def _median(runs: Sequence[Usage]) -> Usage:
    return Usage(
        round(median(each.processor for each in runs), 2),
        round(median(each.wall for each in runs), 2),
        round(max(each.memory for each in runs)),
    )
