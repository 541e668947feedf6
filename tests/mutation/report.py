"""The report: what was caught of each fault and by what, and every mutant that was missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from .judge import ACCOUNT, CONSISTENCY, MISSED, REPORT, SHAPES, TABLES, Verdict
from .mutant import Mutant

GOAL = 0.95
_BY = (TABLES, SHAPES, CONSISTENCY, ACCOUNT, REPORT)

Judged = Sequence[tuple[Mutant, Verdict]]


def score(judged: Judged) -> float:
    """Give the share of the mutants that were caught."""
    return sum(verdict.caught_by != MISSED for _, verdict in judged) / len(judged)


def lines(judged: Judged, equivalent: int) -> Iterator[str]:
    """Write the report, line by line."""
    width = max(len(mutant.fault) for mutant, _ in judged)
    yield f"{'fault':{width}}{'mutants':>9}{'caught':>8}{'missed':>8}{'score':>8}  caught by"
    for fault in dict.fromkeys(mutant.fault for mutant, _ in judged):
        yield _line(fault, [pair for pair in judged if pair[0].fault == fault], width)
    yield _line("all", judged, width)
    yield f"{equivalent} changes left the data as they were and are no mutants"
    missed = [mutant for mutant, verdict in judged if verdict.caught_by == MISSED]
    yield f"\n{len(missed)} missed:"
    for mutant in missed:
        yield f"{mutant.fault}: {mutant}"


def _line(name: str, judged: Judged, width: int) -> str:
    by = Counter(verdict.caught_by for _, verdict in judged)
    missed = by[MISSED]
    caught = len(judged) - missed
    shares = ", ".join(f"{by[check]} {check}" for check in _BY if by[check])
    return (
        f"{name:{width}}{len(judged):9,}{caught:8,}{missed:8,}{caught / len(judged):8.1%}  {shares}"
    )
