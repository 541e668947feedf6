"""Reports of progress: what a long task has done so far, one line at a time."""

from __future__ import annotations

from collections.abc import Callable

Progress = Callable[[str], object]


class Detail(str):
    """A line for those only who want to know of each stage: what was done, when it is done."""

    __slots__ = ()


def silent(_line: str) -> None:
    """Report nothing."""
