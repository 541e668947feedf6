"""What the publishing gate says of a graph; that of a graph that passed before is found without judging."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from ..errors import GateError
from ..io.numbers import counted
from ..io.progress import Progress, silent
from ..tables.graph import TableGraph
from . import clearance
from .counts import format_counts

_SHOWN = 20


@dataclass(frozen=True)
class GateReport:
    """What was found in a graph that is to be published: how much, and what forbids it."""

    triples: int
    counts: Mapping[str, int]
    problems: Sequence[str] = ()

    @property
    def findings(self) -> int:
        """How many findings there are, of any severity."""
        return sum(self.counts.values())

    def raise_if_failing(self, progress: Progress = silent) -> GateReport:
        """Return the report, if the graph may be published.

        Raises:
            GateError: if it may not.
        """
        progress(f"gate: {self.triples:,} triples, {format_counts(self.counts)}")
        if self.problems:
            raise GateError(*_refusal(self.problems))
        return self


def cleared(graph: TableGraph) -> GateReport | None:
    """Return the report of the same graph, if one has passed before."""
    key = clearance.key_of(graph)
    known = clearance.find(key) if key else None
    return GateReport(known.triples, known.counts) if known else None


def _refusal(problems: Sequence[str]) -> list[str]:
    lines = list(problems[:_SHOWN])
    if len(problems) > _SHOWN:
        more = counted(len(problems) - _SHOWN, "more violation", "more violations")
        lines.append(f"and {more}")
    lines.append("Nothing was written. Fix the rows; 'pariscall validate' lists all problems.")
    return lines
