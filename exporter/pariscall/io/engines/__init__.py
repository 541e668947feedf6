"""Engines: what a piece of work is done on, for each of many items: processes, or a cluster.

An engine is one function. It takes a piece of work, which gives the same result wherever and however
often it is done, and gives back the results in the order of the items.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Protocol, TypeVar

from ...errors import MisuseError
from ..extras import require

TRIES = 3  # how often an item is begun, if what works on it is killed


class Item(Protocol):
    """An item of work, which knows how it is called in an error."""

    @property
    def location(self) -> str:
        """Where the item is in the input."""


I = TypeVar("I", bound=Item)  # noqa: E741 an item
R = TypeVar("R")
Counter = Callable[[int], object]  # is told how many items are done


class Engine(Protocol):
    """Does a piece of work on each of many items."""

    def map(
        self,
        work: Callable[[I], R],
        items: Sequence[I],
        count: Counter = lambda _number: None,
    ) -> list[R]:
        """Return the results of the work on all items, in the order of the items.

        Raises:
            EngineError: if whatever worked on an item was ended, again and again.
            Exception: what the work raised.
        """


def available_cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def connect(scheduler: str) -> Engine:
    """Return the engine of a cluster by the address of its scheduler.

    Raises:
        MisuseError: if no engine has such addresses, or what it needs is not installed.
    """
    if scheduler.startswith("spark://"):
        require("a cluster of Spark", "spark")
        from .spark import Spark

        return Spark(scheduler)
    if not scheduler.startswith(("tcp://", "tls://")):
        raise MisuseError(
            f"{scheduler!r} is not the address of a scheduler. Write it like tcp://HOST:8786, for Dask, "
            "or spark://HOST:7077, for Spark."
        )
    require("a cluster", "dask")
    from .dask import Dask

    return Dask(scheduler)
