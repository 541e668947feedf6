"""The publishing gate: the shapes run before anything is published, in little memory.

A large registry is judged document by document (``streaming``): every document goes past a look
with its neighbours, and only what the look stops is judged by the engine.
"""

from __future__ import annotations

from functools import partial

from ..io.memory import no_collection
from ..rdf.vocabulary import vocabulary
from ..tables.graph import TableGraph
from ..tables.spread import Spread
from . import clearance
from .gate_report import GateReport, cleared
from .report import Report
from .rulesets import published_rules
from .shacl.oxigraph import OxigraphEngine
from .shacl.query_texts import check_reaches_nothing
from .spans import judge_graph
from .validate import locate, table_locators, verdict


def examine(graph: TableGraph) -> GateReport:
    """Return the verdict on a graph: the one that is kept, or a new one.

    Raises:
        TableError: if a table cannot be read any more.
    """
    return cleared(graph) or judge(graph)


def judge(graph: TableGraph, spread: Spread | None = None) -> GateReport:
    """Check a graph against the published shapes and, if none is violated, for consistency.

    If it passes, its clearance is kept.

    Raises:
        TableError: if a table cannot be read any more.
    """
    key = clearance.key_of(graph)
    report = summarize(verdict(graph, partial(check_gate, spread=spread), spread))
    if key and not report.problems and key == clearance.key_of(graph):  # nothing changed meanwhile
        clearance.keep(key, clearance.Clearance(report.triples, report.counts))
    return report


def summarize(report: Report) -> GateReport:
    """Return what a report on a graph means for its publication."""
    problems = tuple(f"{r.location or r.about[0]}: {r.message()}" for r in report.failing)
    return GateReport(report.triples, report.counts(), problems)


@no_collection()
def check_gate(graph: TableGraph, spread: Spread | None = None) -> Report:
    """Validate a graph against the published shapes, document by document.

    Raises:
        TableError: if a table cannot be read any more.
    """
    rules = published_rules()
    check_reaches_nothing(rules.rules.graph.quads)
    engine = OxigraphEngine(rules.rules.graph)
    judged = judge_graph(graph, engine, vocabulary(), spread, clearance.key_of_rules(graph))
    findings = locate(judged.results, rules, lambda found: table_locators(graph, found))
    return Report(findings, judged.triples, engine.name, rules.names())
