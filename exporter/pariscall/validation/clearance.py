"""The clearance of a graph: whether it may be published, and if not, why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from ..errors import GateError
from ..io.progress import Progress, silent
from ..tables.graph import Graph
from .consistency import find_disagreements
from .gate import check_gate
from .report import Report
from .reports.messages import format_counts

_SHOWN_VIOLATIONS = 20


@dataclass(frozen=True)
class Clearance:
    """What was found of a graph that is to be published."""

    report: Report
    disagreements: list[str]

    def settle(self, progress: Progress = silent) -> Report:
        """Give the report, if the graph may be published.

        Raises:
            GateError: if it may not.
        """
        report = self.report
        progress(f"gate: {report.triples:,} triples, {format_counts(report.counts())}")
        problems = [f"{r.location or r.about[0]}: {r.message()}" for r in report.failing]
        if problems or self.disagreements:
            raise GateError(_refusal(problems or self.disagreements))
        return report


def examine(graph: Graph) -> Clearance:
    """Look for violations of the publishing gate and for tables that contradict each other."""
    report = check_gate(graph)
    return Clearance(report, find_disagreements(graph) if report.conforms else [])


def _refusal(problems: Sequence[str]) -> str:
    lines = list(problems[:_SHOWN_VIOLATIONS])
    if len(problems) > _SHOWN_VIOLATIONS:
        lines.append(f"and {len(problems) - _SHOWN_VIOLATIONS} more violations")
    lines.append("Nothing was written. Mend the rows, or see them all with 'pariscall validate'.")
    return "\n".join(lines)
