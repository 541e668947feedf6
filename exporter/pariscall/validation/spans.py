"""Documents of tables judged span by span, in several processes or on a cluster, with the findings of one.

The work on spans goes three times over the tables: what documents refer to, which of them others
must know, and the judging of each with those.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from pyoxigraph import Quad

from ..io.memory import no_collection
from ..tables.graph import TableGraph
from ..tables.spans import Span, TableSource, spans_of
from ..tables.spread import Spread
from .shacl.look.survey import Footprint, Survey
from .shacl.look.terms import Statements
from .shacl.oxigraph import OxigraphEngine
from .streaming import (
    Judge,
    Judged,
    Results,
    Surveyed,
    judge_tables,
    judged,
    neighbours,
    statements_of,
    survey_context,
)


def judge_graph(
    graph: TableGraph,
    engine: OxigraphEngine,
    context: Sequence[Quad],
    spread: Spread | None,
    key: str | None = None,
) -> Judged:
    """Judge the documents of tables, spread over processes, a cluster or, without a spread, in this one.

    ``key`` is as in ``judge_tables``, and not for what is spread.

    Raises:
        TableError: if a table cannot be read any more.
        EngineError: if the processes are ended again and again.
    """
    if spread is None:
        return judge_tables(graph, engine, context, key)
    return _judge_spans(graph, engine, context, spread)


@no_collection()
def _judge_spans(
    graph: TableGraph, engine: OxigraphEngine, context: Sequence[Quad], spread: Spread
) -> Judged:
    source = TableSource.of(graph)
    source.open()  # processes that are forked have it
    spans = spans_of(graph, spread.size)
    look = engine.look(is_streaming=True)
    footprint = look.footprint()

    surveyed = Surveyed(survey_context(footprint, context))
    for part in spread.engine.map(_Surveying(source, footprint), spans):
        surveyed.merge(part)

    def candidates() -> Iterable[Statements]:
        finding = _Finding(source, surveyed.survey)
        return chain.from_iterable(spread.engine.map(finding, spans))

    known = neighbours(surveyed.survey, candidates)
    judging = _Judging(source, engine, context, known)
    found = judging.judge.judge_known()
    for results in spread.engine.map(judging, spans):
        found.merge(results)
    if look.inexpressible:
        data = [*context, *graph.quads()]
        found.add_queries(engine.judge_whole(data, look.inexpressible))
    return judged(found, surveyed)


@dataclass(frozen=True)
class _Surveying:
    """The work of surveying the documents of a span."""

    source: TableSource
    footprint: Footprint

    def __call__(self, span: Span) -> Surveyed:
        found = Surveyed(Survey(self.footprint))
        for document in self.source.open().documents(span):
            found.add(document)
        return found


@dataclass(frozen=True)
class _Finding:
    """The work of finding the documents of a span that others must know."""

    source: TableSource
    survey: Survey

    def __call__(self, span: Span) -> list[Statements]:
        documents = map(statements_of, self.source.open().documents(span))
        return [each for each in documents if self.survey.is_neighbour(each)]


@dataclass(frozen=True, eq=False)
class _Judging:
    """The work of judging the documents of a span, by a judge that is made once for all spans.

    A process that is forked has the judge of its parent; a worker elsewhere makes its own.
    """

    source: TableSource
    engine: OxigraphEngine
    context: Sequence[Quad]
    known: Sequence[Statements]

    def __reduce__(self) -> tuple[object, ...]:
        return _Judging, (self.source, self.engine, self.context, self.known)

    @cached_property
    def judge(self) -> Judge:
        return Judge(self.engine, self.context, self.known)

    def __call__(self, span: Span) -> Results:
        return self.judge.judge(map(statements_of, self.source.open().documents(span)))
