"""Documents of tables judged span by span, in several processes, with the findings of a single one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain

from pyoxigraph import Quad

from ..io.memory import no_collection
from ..tables.graph import TableGraph
from ..tables.spans import Span, SpanReader, cut
from ..tables.spread import Spread
from .shacl.look.survey import Survey
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
    graph: TableGraph, engine: OxigraphEngine, context: Sequence[Quad], spread: Spread | None
) -> Judged:
    """Judge the documents of tables, spread over processes or, without a spread, in this one.

    Raises:
        TableError: if a table cannot be read any more.
        EngineError: if the processes are ended again and again.
    """
    if spread is None:
        return judge_tables(graph, engine, context)
    return _judge_spans(graph, engine, context, spread)


@no_collection()
def _judge_spans(
    graph: TableGraph, engine: OxigraphEngine, context: Sequence[Quad], spread: Spread
) -> Judged:
    reader = SpanReader(graph.folder, graph.as_of)
    spans = cut(reader.schema, spread.size)
    look = engine.look(is_streaming=True)
    footprint = look.footprint()

    def documents(span: Span) -> Iterator[Statements]:
        return map(statements_of, reader.documents(span))

    def survey(span: Span) -> Surveyed:
        found = Surveyed(Survey(footprint))
        for document in reader.documents(span):
            found.add(document)
        return found

    surveyed = Surveyed(survey_context(footprint, context))
    for part in spread.engine.map(survey, spans):
        surveyed.merge(part)

    def find(span: Span) -> list[Statements]:
        return [each for each in documents(span) if surveyed.survey.is_neighbour(each)]

    def candidates() -> Iterable[Statements]:
        return chain.from_iterable(spread.engine.map(find, spans))

    judge = Judge(engine, context, neighbours(surveyed.survey, candidates))
    found: Results = judge.judge_known()
    for results in spread.engine.map(lambda span: judge.judge(documents(span)), spans):
        found |= results
    if look.inexpressible:
        data = [*context, *graph.quads()]
        found |= Counter(engine.judge_whole(data, look.inexpressible))
    return judged(found, surveyed)
