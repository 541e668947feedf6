"""The publishing gate: the shapes run before anything is published, in little memory.

A large registry is checked in batches. Every shape of the gate looks at one document and at
what the document refers to; a batch therefore comes with the vocabulary, all documents that
are not a party's, and the parties that any other document refers to. What a source claims of a
party comes with the party, since one list may name all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice

from pyoxigraph import Quad

from ..rdf.namespaces import BASE
from ..rdf.vocabulary import vocabulary
from ..tables.document import Document, quads
from ..tables.graph import KEPT, TableGraph
from ..tables.rows import Row
from . import clearance
from .gate_report import GateReport, cleared
from .report import Report
from .rulesets import published_rules
from .shacl.result import ValidationResult
from .validate import locate, make_engine, table_locators, verdict

_PARTIES = "parties.csv"
_OURS = f"<{BASE}"  # how IRIs of the data begin


def examine(graph: TableGraph, *, use_cache: bool = True) -> GateReport:
    """Return the verdict on a graph: the one that is kept, unless told otherwise, or a new one.

    Raises:
        TableError: if a table cannot be read any more.
    """
    return (cleared(graph) if use_cache else None) or judge(graph)


def judge(graph: TableGraph) -> GateReport:
    """Check a graph against the published shapes and, if none is violated, for consistency.

    If it passes, its clearance is kept.

    Raises:
        TableError: if a table cannot be read any more.
    """
    key = clearance.key_of(graph)
    report = summarize(verdict(graph, check_gate))
    if key and not report.problems and key == clearance.key_of(graph):  # nothing changed meanwhile
        clearance.keep(key, clearance.Clearance(report.triples, report.counts))
    return report


def summarize(report: Report) -> GateReport:
    """Return what a report on a graph means for its publication."""
    problems = tuple(f"{r.location or r.about[0]}: {r.message()}" for r in report.failing)
    return GateReport(report.triples, report.counts(), problems)


def check_gate(graph: TableGraph, batch: int = KEPT) -> Report:
    """Validate a graph against the published shapes, a batch of parties at a time.

    Raises:
        TableError: if a table cannot be read any more.
    """
    rules = published_rules()
    engine = make_engine(rules.rules.graph)
    shared, claims = _shared(graph)
    neighbours = _referenced_parties(graph, shared) if graph.rows[_PARTIES] > batch else []
    context = [*vocabulary(), *shared, *_with_claims(neighbours, claims)]
    triples = len(shared) + sum(map(len, claims.values()))
    results: set[ValidationResult] = set()
    for parties in _batches(graph.documents([_PARTIES]), batch):
        data = _with_claims(parties, claims)
        triples += sum(len(document.quads()) for document in parties)
        results.update(engine.validate([*context, *data]))
    if unknown := claims.keys() - {row["party"] for row in graph.table(_PARTIES)}:
        data = [quad for party in sorted(unknown) for quad in claims[party]]
        results.update(engine.validate([*context, *data]))
    findings = locate(results, rules, lambda found: table_locators(graph, found))
    return Report(findings, triples, engine.name, rules.names())


def _shared(graph: TableGraph) -> tuple[list[Quad], dict[str, list[Quad]]]:
    """Return the triples of documents that are not a party's, and by party what sources claim of it."""
    shared: list[Quad] = []
    claims: dict[str, list[Quad]] = {}
    for document in graph.documents([head for head in graph.heads if head != _PARTIES]):
        for description in document.descriptions.values():
            party = _claimed_party(description.row)
            found = claims.setdefault(party, []) if party else shared
            found += description.quads()
    return shared, claims


def _claimed_party(row: Row) -> str:
    """Return the party that the claim of a row is about, or nothing."""
    if row.table.name == "claims.csv":
        return row["party"]
    about = row["about"] if row.table.name == "attributes.csv" else ""
    return about.removeprefix("actor/") if about.startswith("actor/") else ""


def _with_claims(parties: Sequence[Document], claims: Mapping[str, list[Quad]]) -> list[Quad]:
    """Return the triples of parties, and of what sources claim of them."""
    found = list(quads(parties))
    for document in parties:
        found += claims.get(document.rows[0]["party"], [])
    return found


def _batches(stream: Iterator[Document], size: int) -> Iterator[list[Document]]:
    """Cut a stream into lists; a stream without documents gives one empty list."""
    yield list(islice(stream, size))
    while batch := list(islice(stream, size)):
        yield batch


def _referenced_parties(graph: TableGraph, shared: list[Quad]) -> list[Document]:
    """Find the parties that documents other than their own refer to."""
    referenced = {str(quad.object) for quad in shared if str(quad.object).startswith(_OURS)} | {
        term
        for document in graph.documents([_PARTIES])
        for description in document.descriptions.values()
        for _, term in description.properties
        if term.startswith(_OURS) and term not in document.descriptions
    }
    return [
        document
        for document in graph.documents([_PARTIES])
        if not referenced.isdisjoint(document.descriptions)
    ]
