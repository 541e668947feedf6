"""The order of the tests in a run of several processes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

# The marks of what takes long: first of tests that start programs of others.
_LONG = ({"server", "browser"}, {"slow"})


def in_order(items: Sequence[pytest.Item], processes: int) -> list[pytest.Item]:
    """Return the tests so that each process begins with what takes long, and ends with what is quick.

    xdist gives each process a share of the tests, and one that has no more takes over the end of
    the longest rest. What is quick should stand there: half of a module that starts a cluster would
    start another one, while no other process has anything left to do.
    """
    return [item for share in _shares(items, processes) for item in _longest_first(share)]


def _shares(items: Sequence[pytest.Item], processes: int) -> Iterator[Sequence[pytest.Item]]:
    """Yield the share of each process, as xdist cuts them (``--dist worksteal``)."""
    start = 0
    for left in range(processes, 0, -1):
        end = start + (len(items) - start) // left
        yield items[start:end]
        start = end


def _longest_first(share: Sequence[pytest.Item]) -> list[pytest.Item]:
    """Return a share in which whole modules, of which a test takes long, come before others."""
    ranks: dict[Path, int] = {}
    for item in share:
        ranks[item.path] = min(_rank(item), ranks.get(item.path, len(_LONG)))
    return sorted(share, key=lambda item: ranks[item.path])


def _rank(item: pytest.Item) -> int:
    marks = {mark.name for mark in item.iter_markers()}
    return next((rank for rank, long in enumerate(_LONG) if marks & long), len(_LONG))
