"""The end of a program that a test has started."""

from __future__ import annotations

import subprocess
from typing import Any

_PATIENCE = 20  # seconds in which a program that is told to end may tidy up


def stop(process: subprocess.Popen[Any], patience: float = _PATIENCE) -> None:
    """Tell a program to end, and kill it if it does not, so that no test waits for good."""
    process.terminate()
    try:
        process.wait(patience)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
