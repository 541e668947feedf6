"""Reports of progress: what a long task has done so far, one line at a time."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str], object]


def silent(_line: str) -> None:
    """Report nothing."""
