"""How work on tables is spread: over the processes of this machine, or over a cluster."""

from __future__ import annotations

from dataclasses import dataclass

from ..io.engines import Engine, available_cores, connect
from .graph import KEPT, TableGraph

_SPANS_OF_A_CLUSTER = 16
# Documents of a part of a partitioned export, some 120,000 triples: its bytes depend on it.
PARTITION = 2500
_SPANS_A_JOB = 4  # so that a process that is done early goes on with another


@dataclass(frozen=True)
class Spread:
    """How work is spread: the engine that does it, and how many documents a span has."""

    engine: Engine
    size: int


def spread_of(
    graph: TableGraph, jobs: int | None = None, scheduler: str | None = None
) -> Spread | None:
    """Return how the work on a graph is spread over processes or a cluster, or nothing if it is not.

    By default, that on a large graph is spread over all cores, and that on a small one is not.

    Raises:
        MisuseError: as ``connect``.
    """
    documents = max(graph.rows[head] for head in graph.heads)
    if scheduler:
        return Spread(connect(scheduler), min(KEPT, documents // _SPANS_OF_A_CLUSTER + 1))
    jobs = jobs or (1 if graph.is_kept else available_cores())
    if jobs == 1:
        return None
    from ..io.engines.processes import Processes

    return Spread(Processes(jobs), min(KEPT, documents // (jobs * _SPANS_A_JOB) + 1))


def local_spread(spread: Spread) -> Spread:
    """Return how work is spread that is done on this machine, whatever the rest is done on."""
    from ..io.engines.processes import Processes

    is_local = isinstance(spread.engine, Processes)
    return spread if is_local else Spread(Processes(available_cores()), spread.size)


def partition_spread(spread: Spread | None) -> Spread:
    """Return how work is spread whose pieces do not depend on what it is done on."""
    from ..io.engines.processes import Processes

    return Spread(spread.engine if spread else Processes(1), PARTITION)
