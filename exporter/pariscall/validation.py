"""Which data are validated against which shapes, by which engine, and which row to mend."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Protocol

from pyoxigraph import Literal, NamedNode, Quad, Store

from . import bundle
from .errors import MisuseError
from .graph import Graph, documents, quads, vocabulary
from .iris import RDF, XSD
from .rdf import read_files
from .schema import read_schema
from .shacl.finding import SEVERITIES, Finding
from .shacl.oxigraph import OxigraphEngine
from .shacl.pyshacl import PyShaclEngine
from .shacl.shapes import UnsupportedError

SETS = ("gate", "privacy", "dataset", "ontology", "registry")
PUBLISHED = ("gate", "privacy", "dataset", "ontology")
FOREIGN = ("gate", "privacy", "dataset")
ENGINES = ("oxigraph", "pyshacl")


class Engine(Protocol):
    """Validates data against the shapes it was made with."""

    @property
    def name(self) -> str:
        """What the engine is called and, if it was not asked for, why it runs."""

    def validate(self, data: Iterable[Quad]) -> list[Finding]:
        """Find what does not conform in the default graph of the data."""


@dataclass
class Report:
    """What was found in how many statements, by which engine, and in which rows."""

    findings: list[Finding]
    statements: int
    engine: str
    places: Mapping[NamedNode, str] = field(default_factory=dict)

    @property
    def conforms(self) -> bool:
        """Whether there is no finding worse than a warning."""
        return all(finding.severity in ("Warning", "Info") for finding in self.findings)

    def counts(self) -> dict[str, int]:
        """Count the findings of each severity."""
        found = Counter(finding.severity for finding in self.findings)
        return {severity: found.pop(severity, 0) for severity in SEVERITIES} | found

    def place(self, finding: Finding) -> str | None:
        """Give the ``file:line`` of the row that a finding is about, if it is about a row."""
        return next((self.places[term] for term in _about(finding) if term in self.places), None)


def read_shapes(names: Sequence[str]) -> list[Quad]:
    """Read shapes: bundled sets by name, other files by path.

    Raises:
        RdfError: if a file cannot be read.
    """
    return read_files(
        [bundle.SHAPES / f"{name}.ttl" if name in SETS else Path(name) for name in names]
    )


def make_engine(shapes: Sequence[Quad], name: str = "oxigraph") -> Engine:
    """Make an engine; shapes that are beyond the fast one go to the reference.

    Raises:
        MisuseError: if there is no engine of that name.
        ShapesError: if the shapes validate nothing or are broken.
    """
    if name not in ENGINES:
        raise MisuseError(f"there is no engine {name!r}. Choose one of {', '.join(ENGINES)}.")
    if name == "oxigraph":
        try:
            return OxigraphEngine(shapes)
        except UnsupportedError as reason:
            return PyShaclEngine(shapes, f"the shapes use {reason}")
    return PyShaclEngine(shapes)


def validate_tables(
    folder: Path = bundle.TABLES, shapes: Sequence[str] = PUBLISHED, engine: str = "oxigraph"
) -> Report:
    """Validate the graph that the tables of a folder hold.

    Raises:
        TableError: if the tables cannot be read or break their description.
        RdfError, ShapesError, MisuseError: if the shapes or the engine cannot be used.
    """
    judge = make_engine(read_shapes(shapes), engine)
    graph = Graph(folder)
    data = list(graph.quads())
    findings = judge.validate([*vocabulary(), *data])
    return Report(findings, len(data), judge.name, find_places(graph, findings))


def validate_files(
    paths: Sequence[Path], shapes: Sequence[str] = FOREIGN, engine: str = "oxigraph"
) -> Report:
    """Validate RDF files, together with the ontology, the code lists and the countries.

    Raises:
        RdfError, ShapesError, MisuseError: if files, shapes or engine cannot be used.
    """
    quads_of_shapes = read_shapes(shapes)
    judge = make_engine(quads_of_shapes, engine)
    data = [Quad(*quad.triple) for quad in read_files(paths)]
    spelling = _rewritten_by_oxigraph(data) if isinstance(judge, OxigraphEngine) else None
    if spelling:
        judge = PyShaclEngine(quads_of_shapes, f"Oxigraph would respell {spelling}")
    findings = judge.validate([*vocabulary(), *countries_beyond(data), *data])
    return Report(findings, len(data), judge.name)


def countries_beyond(data: Iterable[Quad]) -> list[Quad]:
    """Give the bundled countries, except those that the data describe themselves."""
    described = {quad.subject for quad in data}
    countries = quads(documents((read_schema(bundle.TABLES)["countries.csv"],)))
    return [quad for quad in countries if quad.subject not in described]


def find_places(graph: Graph, findings: Sequence[Finding]) -> dict[NamedNode, str]:
    """Find the rows that introduce the terms which findings are about."""
    wanted = {term for finding in findings for term in _about(finding)}
    if not wanted:
        return {}
    return {
        subject: document.descriptions[subject].row.place
        for document in graph.documents()
        for subject in document.descriptions.keys() & wanted
    }


def _about(finding: Finding) -> list[NamedNode]:
    return [term for term in (finding.focus, finding.value) if isinstance(term, NamedNode)]


def _rewritten_by_oxigraph(data: Iterable[Quad]) -> Literal | None:
    """Find a literal that an Oxigraph store does not give back as it was spelt."""
    kept = {RDF + "langString", XSD + "string", XSD + "date", XSD + "anyURI"}
    node = NamedNode(RDF + "value")
    for literal in {quad.object for quad in data if isinstance(quad.object, Literal)}:
        if literal.datatype.value not in kept:
            store = Store()
            store.add(Quad(node, node, literal))
            if next(iter(store)).object != literal:
                return literal
    return None
