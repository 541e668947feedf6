"""Documents of tables judged a few at a time, in little memory.

Every document goes past the look with its neighbours, together with some that come after it; only
what the look stops is judged by the engine. Up to some thousand documents are judged at once, as all
of them are known then.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import chain, islice

from pyoxigraph import Quad

from ..io.memory import no_collection
from ..tables.document import Document
from ..tables.graph import KEPT, TableGraph
from .datatypes import ill_typed_in
from .shacl.look.graph import quads_of, spelled
from .shacl.look.plan import Pair
from .shacl.look.survey import Footprint, Survey
from .shacl.look.terms import Statements
from .shacl.look.view import united
from .shacl.oxigraph import OxigraphEngine
from .shacl.result import Term, ValidationResult, in_order
from .traces import Changes, LastRun

_TOGETHER = 50  # documents that go past the look at once, which costs half as much as one by one


def statements_of(document: Document) -> Statements:
    """Return what a document says, each value once."""
    found = {subject: each.values() for subject, each in document.descriptions.items()}
    for said in found.values():
        for predicate, values in said.items():
            if len(values) > 1:
                said[predicate] = list(dict.fromkeys(values))
    return found


class Results:
    """What judges found: the results of each pair of shape and focus node, and those of queries.

    Several judges may judge a pair, or run a query; equal results of these are the same ones. Equal
    results of two pairs, which nested property shapes have, are two.
    """

    def __init__(self) -> None:
        self._by_pair: dict[Pair, Counter[ValidationResult]] = {}
        self._by_query: Counter[ValidationResult] = Counter()

    def add(self, by_pair: Mapping[Pair, Iterable[ValidationResult]]) -> None:
        """Add the results of pairs."""
        for pair, results in by_pair.items():
            self._by_pair[pair] = self._by_pair.get(pair, Counter()) | Counter(results)

    def add_queries(self, results: Iterable[ValidationResult]) -> None:
        """Add the results of shapes that are judged as a whole."""
        self._by_query |= Counter(results)

    def merge(self, other: Results) -> None:
        """Add what another judge found."""
        self.add({pair: results.elements() for pair, results in other._by_pair.items()})
        self._by_query |= other._by_query

    def in_order(self) -> list[ValidationResult]:
        """Return all results, in order."""
        by_pair = chain(*(results.elements() for results in self._by_pair.values()))
        return in_order(chain(by_pair, self._by_query.elements()))


class Judge:
    """Judges documents that come one by one, together with those that stay known.

    ``context`` are the statements that all are read with, ``known`` the neighbours.
    """

    def __init__(
        self, engine: OxigraphEngine, context: Iterable[Quad], known: Iterable[Statements]
    ) -> None:
        self._engine = engine
        self._context = spelled(context)
        self._look = engine.look(is_streaming=True)
        self._look.add(self._context)
        for document in known:
            self._look.add(document)

    def judge_known(self) -> Results:
        """Return the results of what stays known."""
        known = self._look.view.said
        pairs = [*self._look.failing_named(), *self._look.failing(known)]
        found = Results()
        found.add(self._engine.judge_pairs(self._look.view, pairs))
        found.add_queries(self._judge_queries(self._look.failing_queries(known), []))
        return found

    def judge_some(self, documents: Mapping[str, Statements]) -> tuple[Results, set[str]]:
        """Return the results of some of what stays known, and the names of those that did not pass.

        The context is judged in any case, and so are focus nodes that the shapes name.
        """
        look, failed = self._look, set[str]()
        pairs = [*look.failing_named(), *look.failing(self._context)]
        for name, document in documents.items():
            if failing := list(look.failing(document)):
                pairs += failing
                failed.add(name)
        found = Results()
        found.add(self._engine.judge_pairs(look.view, pairs))
        if shapes := look.failing_queries(united([self._context, *documents.values()])):
            found.add_queries(self._judge_queries(shapes, []))
            failed.update(documents)  # in any of them may a solution begin
        return found, failed

    def judge(self, documents: Iterable[Statements]) -> Results:
        """Return the results of documents; those that are known are passed over."""
        found = Results()
        look, stopped, shapes, number = self._look, list[Statements](), dict[Term, None](), 0
        waiting = (each for each in documents if next(iter(each), "") not in look.view.said)
        while some := list(islice(waiting, _TOGETHER)):
            together = united(some)
            look.show(together)
            if pairs := list(look.failing(together)):
                found.add(self._engine.judge_pairs(look.view, pairs))
            if failing := look.failing_queries(together):
                shapes.update(dict.fromkeys(failing))
                stopped.append(together)
                number += len(some)
            look.hide()
            if number >= KEPT:
                found.add_queries(self._judge_queries(shapes, stopped))
                stopped, number = [], 0
        if stopped:
            found.add_queries(self._judge_queries(shapes, stopped))
        return found

    def _judge_queries(
        self, shapes: Iterable[Term], stopped: Iterable[Statements]
    ) -> list[ValidationResult]:
        """Return the results of shapes with queries about any node, in what is known and stopped."""
        chosen = list(shapes)
        if not chosen:
            return []
        data = chain(quads_of(self._look.view.said), *map(quads_of, stopped))
        return self._engine.judge_whole(list(data), chosen)


@dataclass(frozen=True)
class Judged:
    """What was found in the documents of tables: results, ill-typed literals, and what is in use."""

    results: list[ValidationResult]
    ill_typed: list[ValidationResult]
    triples: int
    survey: Survey


class Surveyed:
    """What is found in documents while they are surveyed: ill-typed literals, and how much there is."""

    def __init__(self, survey: Survey) -> None:
        self.survey = survey
        self.triples = 0
        self.ill_typed: list[ValidationResult] = []

    def add(self, document: Document) -> Statements:
        """Survey a document, and return what it says."""
        descriptions = document.descriptions.values()
        self.triples += sum(len(each.types) + len(each.properties) for each in descriptions)
        statements = statements_of(document)
        self.survey.add(statements)
        self.ill_typed += ill_typed_in(statements)
        return statements

    def merge(self, other: Surveyed) -> None:
        """Add what was found in documents that come later."""
        self.survey.merge(other.survey)
        self.triples += other.triples
        self.ill_typed += other.ill_typed


@no_collection()
def judge_tables(
    graph: TableGraph, engine: OxigraphEngine, context: Sequence[Quad], key: str | None = None
) -> Judged:
    """Judge the documents of tables, each together with what the shapes follow.

    Shapes that no look can tell are judged with all the data in memory. ``key`` is a hash of all that
    a verdict depends on but the tables. With it, only those documents of small tables are looked at
    that may be judged otherwise than in the last run with the same key.

    Raises:
        TableError: if a table cannot be read any more.
    """
    look = engine.look(is_streaming=True)
    footprint = look.footprint()
    surveyed = Surveyed(survey_context(footprint, context))
    kept: list[Statements] = []
    for document in graph.documents():
        statements = surveyed.add(document)
        if graph.is_kept:
            kept.append(statements)
    documents = partial(_documents, graph)
    judge = Judge(engine, context, kept or neighbours(surveyed.survey, documents))
    if kept and key is not None:
        changes = Changes(kept, footprint, surveyed.survey.predicates, LastRun.find(key))
        found, failed = judge.judge_some(changes.again())
        LastRun(changes.traces, failed).keep(key)
    else:
        found = judge.judge_known()
    if not graph.is_kept:
        found.merge(judge.judge(_documents(graph)))
    if look.inexpressible:
        data = [*context, *graph.quads()]
        found.add_queries(engine.judge_whole(data, look.inexpressible))
    return judged(found, surveyed)


def survey_context(footprint: Footprint, context: Iterable[Quad]) -> Survey:
    """Return a survey of the statements that all documents are read with."""
    survey, statements = Survey(footprint), spelled(context)
    survey.add(statements)
    survey.settle([statements])  # a document that describes the same is a neighbour
    return survey


def judged(found: Results, surveyed: Surveyed) -> Judged:
    """Return what was found in documents, in order."""
    return Judged(found.in_order(), surveyed.ill_typed, surveyed.triples, surveyed.survey)


def _documents(graph: TableGraph) -> Iterator[Statements]:
    return map(statements_of, graph.documents())


def neighbours(survey: Survey, documents: Callable[[], Iterable[Statements]]) -> list[Statements]:
    """Return the documents that others must know; each pass may show that there are more."""
    survey.settle(())
    while True:
        known = [document for document in documents() if survey.is_neighbour(document)]
        if not survey.settle(known):
            return known
