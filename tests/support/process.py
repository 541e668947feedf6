"""Programs that a test has started: their children and their end."""

from __future__ import annotations

import subprocess
from typing import Any

_PATIENCE = 20  # seconds in which a program that is told to end may tidy up


def children(process: subprocess.Popen[Any]) -> list[int]:
    """Return the process identifiers of the children of a program."""
    program = ["ps", "-o", "pid=", "--ppid", str(process.pid)]
    listed = subprocess.run(program, capture_output=True, text=True, check=False)
    return [int(pid) for pid in listed.stdout.split()]


def stop(process: subprocess.Popen[Any], patience: float = _PATIENCE) -> None:
    """Tell a program to end, and kill it if it does not, so that no test waits for good."""
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
