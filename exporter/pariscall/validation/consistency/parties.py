"""Parties compared with what the harvest concludes, span by span where the work is spread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property

from ...tables.graph import TableGraph, joined
from ...tables.spans import Span, spans_of
from ...tables.spread import Spread, local_spread
from .disagreement import Disagreement
from .endorsements import EndorsementCheck
from .windows import Windows

_HEAD = "parties.csv"
_Found = tuple[list[Disagreement], Windows]


def party_problems(graph: TableGraph, spread: Spread | None = None) -> Iterator[Disagreement]:
    """Report cells of parties, entries, endorsements, events and supports that differ.

    The work is spread over processes of this machine, whose paths are in what is reported.
    """
    windows = Windows()
    for problems, more in _found(graph, spread):
        yield from problems
        windows.merge(more)
    yield from windows.problems()


def _found(graph: TableGraph, spread: Spread | None) -> Iterable[_Found]:
    comparing = _Comparing(graph)
    if spread is None or any(table.derive for table in graph.schema.group(_HEAD)):
        return [comparing.check.find(graph.joined_parties())]
    spans = [span for span in spans_of(graph, spread.size) if span.head == _HEAD]
    return local_spread(spread).engine.map(comparing, spans)


@dataclass(frozen=True, eq=False)
class _Comparing:
    """The work of comparing the parties of a span, by a check that is made once for all spans."""

    graph: TableGraph

    @cached_property
    def check(self) -> EndorsementCheck:
        return EndorsementCheck(self.graph.table)

    def __call__(self, span: Span) -> _Found:
        return self.check.find(joined(self.graph.schema.group(span.head), span.read))
