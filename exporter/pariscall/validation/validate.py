"""Which data are validated against which shapes, by which engine."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Protocol, TypedDict, Unpack

from pyoxigraph import Quad

from ..errors import MisuseError
from ..io.memory import no_collection
from ..rdf.reader import RdfFile
from ..rdf.vocabulary import vocabulary, vocabulary_files
from ..tables.csvw import TABLES
from ..tables.graph import TableGraph
from ..tables.spread import Spread, spread_of
from .choices import ENGINES
from .clearance import key_of_rules
from .consistency import find_disagreements
from .context import about_data, context_of, uses_terms
from .coverage import Reach, SurveyReach, measure
from .datatypes import find_ill_typed
from .locations import Locator, find
from .locations.cells import CellLocator
from .locations.rdf import RdfFileLocator
from .locations.tables import TableLocator
from .report import IMPORT, NOT_RUN, Finding, Report, about_shapes, disagreements, make_findings
from .rulesets import RuleSet, open_rules, published_rules
from .shacl.blank import BlankNodes
from .shacl.oxigraph import OxigraphEngine
from .shacl.pyshacl import PyShaclEngine
from .shacl.query_texts import check_reaches_nothing
from .shacl.result import ValidationResult, in_order
from .shacl.shapes import ShapesGraph
from .shape_files import FOREIGN, SETS
from .spans import judge_graph
from .unmapped import unmapped_findings


class Choices(TypedDict, total=False):
    """How strict a validation is, and what it tells.

    ``allow_empty`` names shapes, or sets, that need not find anything to look at.
    ``allow_unmapped`` passes over what JSON-LD does not map to triples. ``allow_ill_typed`` leaves
    out the rule that every literal is a value of its datatype, which no shape asks for.
    ``require_imports`` makes an import of the shapes that is not followed a violation.
    ``allow_not_run`` goes on where no engine here runs a constraint. ``coverage`` measures what the
    shapes look at. ``jobs`` is the number of processes in which tables are judged; by default, that of
    the cores if they are large, else one. ``scheduler`` is the address of a cluster that judges them.
    """

    allow_empty: Sequence[str]
    allow_unmapped: bool
    allow_ill_typed: bool
    require_imports: bool
    allow_not_run: bool
    coverage: bool
    jobs: int | None
    scheduler: str | None


class Engine(Protocol):
    """Validates data against the shapes it was made with."""

    @property
    def name(self) -> str:
        """What the engine is called, and what it left to something else, and why."""

    def validate(self, data: Iterable[Quad]) -> list[ValidationResult]:
        """Find what does not conform in the default graph of the data."""


def make_engine(shapes: ShapesGraph, name: str = "oxigraph") -> Engine:
    """Return an engine: the fast one, or the reference.

    Raises:
        MisuseError: if there is no engine of that name.
        ShapesError: if the shapes are broken.
        NothingValidatedError: if no shape has a target.
    """
    if name not in ENGINES:
        raise MisuseError(f"there is no engine {name!r}. Choose one of {', '.join(ENGINES)}.")
    check_reaches_nothing(shapes.quads)
    if name == "oxigraph":
        return OxigraphEngine(shapes)
    return PyShaclEngine(shapes)


def validate_tables(
    folder: Path = TABLES,
    shapes: Sequence[str] = (),
    engine: str = "oxigraph",
    **choices: Unpack[Choices],
) -> Report:
    """Validate the graph that the tables of a folder hold, and whether the tables agree.

    Raises:
        TableError: if the tables cannot be read or break their description.
        ShapesError, MisuseError, NothingValidatedError: as ``validate_graph``.
    """
    graph = TableGraph(folder, jobs=choices.get("jobs"))
    return validate_graph(graph, shapes, engine, **choices)


@no_collection()
def validate_graph(
    graph: TableGraph,
    shapes: Sequence[str] = (),
    engine: str = "oxigraph",
    **choices: Unpack[Choices],
) -> Report:
    """Validate a graph of tables, and whether the tables agree.

    Raises:
        ShapesError, MisuseError: if the shapes or the engine cannot be used.
        NothingValidatedError: if a target matches nothing.
    """
    rules = open_rules(shapes) if shapes else published_rules()
    allow_empty = choices.get("allow_empty", ())
    rules.check_names(allow_empty)
    if not shapes:  # a project may have shapes for what has not happened yet
        allow_empty = (*allow_empty, "*")
    judge = make_engine(rules.rules.graph, engine)
    check_reach = partial(rules.check_reach, needed=needed_sets(shapes), allow_empty=allow_empty)
    if isinstance(judge, OxigraphEngine) and not choices.get("coverage"):
        spread = spread_of(graph, choices.get("jobs"), choices.get("scheduler"))
        key = None if shapes else key_of_rules(graph)
        check = partial(_streamed, rules, judge, check_reach, choices, spread=spread, key=key)
        return verdict(graph, check, spread)
    data, context = list(graph.quads()), vocabulary()
    check_reach(Reach([*data, *context]))
    material = _Material(data, context, lambda found: table_locators(graph, found))
    return verdict(graph, lambda _: _judged(material, rules, judge, choices))


def _streamed(  # noqa: PLR0913 one for each thing that the report depends on
    rules: RuleSet,
    engine: OxigraphEngine,
    check_reach: Callable[[Reach], None],
    choices: Choices,
    graph: TableGraph,
    *,
    spread: Spread | None,
    key: str | None,
) -> Report:
    """Return the report on tables that are judged document by document."""
    judged = judge_graph(graph, engine, vocabulary(), spread, key)
    check_reach(SurveyReach(judged.survey, vocabulary()))
    if not choices.get("allow_not_run"):
        rules.check_run()
    results = judged.results
    if not choices.get("allow_ill_typed"):
        results += judged.ill_typed
    findings = locate(results, rules, lambda found: table_locators(graph, found))
    report = Report(findings, judged.triples, engine.name, rules.names())
    return report.with_more(about_rules(rules, choices))


def verdict(
    graph: TableGraph,
    check_shapes: Callable[[TableGraph], Report],
    spread: Spread | None = None,
) -> Report:
    """Return the verdict on tables: the shapes first and, if none is violated, the consistency.

    Every command that judges tables asks this function, so that all come to one verdict.
    """
    report = check_shapes(graph)
    if not report.conforms:
        return report
    cells = CellLocator()
    return report.with_more(
        disagreements(
            find_disagreements(graph, spread),
            lambda found: cells.location(found.table, found.line, found.column),
        )
    )


@no_collection()
def validate_rdf(
    files: Sequence[RdfFile],
    shapes: Sequence[str] = (),
    engine: str = "oxigraph",
    **choices: Unpack[Choices],
) -> Report:
    """Validate RDF, together with the ontology, the code lists and the countries.

    Data that use no term of the ontology are validated by shapes of one's own alone.

    Raises:
        ShapesError, MisuseError: if the shapes or the engine cannot be used.
        NothingValidatedError: if a target matches nothing.
    """
    prefixes = {prefix: iri for file in files for prefix, iri in file.prefixes.items()}
    rules = open_rules(shapes or FOREIGN, prefixes)
    allow_empty = choices.get("allow_empty", ())
    rules.check_names(allow_empty)
    data = [Quad(*quad.triple) for file in files for quad in file.quads]
    judge = make_engine(rules.rules.graph, engine)
    context = (
        context_of({quad.subject for quad in data}) if rules.bundled or uses_terms(data) else []
    )
    own = [*data, *vocabulary()] if "ontology" in rules.bundled else data
    rules.check_reach(Reach(own, context), needed_sets(shapes), allow_empty)
    material = _Material(data, context, lambda _: list(map(RdfFileLocator, files)))
    report = _judged(material, rules, judge, choices)
    return report if choices.get("allow_unmapped") else report.with_more(unmapped_findings(files))


@dataclass(frozen=True)
class _Material:
    """Statements to validate, those that they are read with, and where to look them up."""

    data: list[Quad]
    context: Sequence[Quad]
    sources: Callable[[list[ValidationResult]], Sequence[Locator]]


def _judged(material: _Material, rules: RuleSet, engine: Engine, choices: Choices) -> Report:
    if not choices.get("allow_not_run"):
        rules.check_run()
    data, context = material.data, material.context
    results = engine.validate([*context, *data])
    if results and not rules.bundled:
        mentioned = {term for quad in data for term in (quad.subject, quad.object)}
        results = about_data(mentioned, context, results)
    if not choices.get("allow_ill_typed"):
        results += find_ill_typed(data)
    report = Report(
        findings=locate(results, rules, material.sources, data),
        triples=len(data),
        engine=engine.name,
        rules=rules.names(),
        coverage=measure(data, context, rules.rules) if choices.get("coverage") else None,
    )
    return report.with_more(about_rules(rules, choices))


def about_rules(rules: RuleSet, choices: Choices) -> list[Finding]:
    """Return the findings of what is not done with the shapes."""
    imports = "Violation" if choices.get("require_imports") else "Info"
    return [
        *about_shapes(IMPORT, rules.unfollowed_imports(), imports),
        *about_shapes(NOT_RUN, rules.not_run, "Info"),
    ]


def locate(
    results: Iterable[ValidationResult],
    rules: RuleSet,
    sources: Callable[[list[ValidationResult]], Sequence[Locator]],
    data: Iterable[Quad] = (),
) -> list[Finding]:
    """Return the findings of results, with their locations in the data, or else in the shapes.

    ``data`` are needed to tell blank nodes apart, if they have any.
    """
    ordered = in_order(results)
    locations = sources(ordered) if ordered else []
    looked_at = cache(rules.rules.predicates)
    return make_findings(
        ordered,
        rules.rules,
        BlankNodes(data if ordered else ()),
        lambda result: (
            find(result, locations, looked_at(result.shape)) or rules.locate(result.shape)
        ),
    )


def table_locators(graph: TableGraph, results: Sequence[ValidationResult]) -> list[Locator]:
    """Return the locators of tables, and of the vocabulary that comes with them."""
    return [TableLocator(graph, results), *map(RdfFileLocator, vocabulary_files())]


def needed_sets(shapes: Sequence[str]) -> Sequence[str]:
    """Name the sets that must find something: those that were asked for, else the gate.

    Privacy is a set of prohibitions, for which to find nothing is as it should be.
    """
    return [name for name in shapes or ("gate",) if name in SETS and name != "privacy"]
