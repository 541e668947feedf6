"""Processes in which a test changes the work on spans."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from pariscall.io.engines import Counter
from pariscall.io.engines.processes import Processes
from pariscall.tables.spans import Span

R = TypeVar("R")
Work = Callable[[Any], R]


@dataclass
class Changed:
    """Processes whose work is changed."""

    change: Callable[[Work[Any], Span], Any]

    def map(self, work: Work[R], items: Sequence[Any], count: Counter = id) -> list[R]:
        return Processes(2).map(lambda span: self.change(work, span), items, count)
