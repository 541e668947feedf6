"""The tests of the W3C's SHACL suites, judged by each engine and compared with what is expected."""

from __future__ import annotations

import logging
import warnings
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse, serialize

from pariscall.errors import ShapesError
from pariscall.validation.shacl.graph import ShaclGraph, local_name
from pariscall.validation.shacl.oxigraph import OxigraphEngine
from pariscall.validation.shacl.result import Node, Term, ValidationResult
from support.w3c_shacl import FAILURE, FOLDER, Case, cases, files

from .engine import ENGINES, Engine, EngineError

EQUAL, DIFFERENT, REFUSED, CRASHED = VERDICTS = ("equal", "different", "refused", "crashed")
OURS = "pariscall"
_IMPORTS = NamedNode("http://www.w3.org/2002/07/owl#imports")

# Focus node, value, path, severity, shape and constraint component; blank nodes are alike, since
# each engine reports them under labels of its own.
Results = Counter[tuple[str, ...]]
Validate = Callable[[Case], Results]


class RefusedError(Exception):
    """An engine says why it does not judge the shapes."""


class UnknownError(RefusedError):
    """An engine does not know a part of SHACL."""


@dataclass(frozen=True)
class Outcome:
    """What an engine made of a test."""

    test: str
    verdict: str
    detail: str = ""


def all_cases() -> Iterator[tuple[str, Case]]:
    """Return every test by the path of its file in the suites."""
    for path in files():
        for case in cases(path):
            yield path.relative_to(FOLDER).with_suffix("").as_posix(), case


def validators(folder: Path) -> Mapping[str, Validate]:
    """Return how each engine judges a case; those that need files get them in a folder."""
    others = {name: partial(_other, engine, folder) for name, engine in ENGINES.items()}
    return {OURS: _ours, "pyshacl": partial(_pyshacl, folder), **others}


def judge(validate: Validate, test: str, case: Case) -> Outcome:
    """Run a test and compare the results.

    Where a failure is expected, an engine passes that gives no report, unless it does not know
    what it would have to refuse.
    """
    fails = case.report == FAILURE
    try:
        found = validate(case)
    except UnknownError as error:
        return Outcome(test, REFUSED, str(error))
    except RefusedError as error:
        return Outcome(test, EQUAL if fails else REFUSED, str(error))
    except EngineError as error:
        return Outcome(test, EQUAL if fails else CRASHED, str(error))
    if fails:
        return Outcome(test, DIFFERENT, "a failure is expected")
    expected = _results(case.file, case.report)
    return Outcome(test, EQUAL if found == expected else DIFFERENT, _compared(found, expected))


def _compared(found: Results, expected: Results) -> str:
    pairs = (("unexpected", found - expected), ("missing", expected - found))
    return "; ".join(
        f"{word} {' '.join(filter(None, result))}"
        for word, results in pairs
        for result in sorted(results.elements())
    )


def _ours(case: Case) -> Results:
    try:
        return Counter(map(_comparable, OxigraphEngine(case.shapes).validate(case.data)))
    except ShapesError as error:
        raise RefusedError(str(error)) from error


def _pyshacl(folder: Path, case: Case) -> Results:
    import pyshacl
    import rdflib
    from pyshacl.errors import ReportableRuntimeError

    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)
    data, shapes = _written(case, folder)
    try:
        with warnings.catch_warnings(action="ignore"):
            _, report, text = pyshacl.validate(str(data), shacl_graph=str(shapes))
    except (ReportableRuntimeError, NotImplementedError) as error:
        raise RefusedError(str(error)) from error
    except Exception as error:
        raise EngineError(f"{type(error).__name__}: {error}") from error
    if not isinstance(report, rdflib.Graph):
        raise RefusedError(text)
    return _read(parse(report.serialize(format="nt"), format=RdfFormat.N_TRIPLES))


def _other(engine: Engine, folder: Path, case: Case) -> Results:
    data, shapes = _written(case, folder)
    try:
        [report] = engine.validate(shapes, [data])
    except EngineError as error:
        if engine.refusal and engine.refusal in str(error):
            raise UnknownError(engine.refusal) from error
        raise
    return _read(report)


def _written(case: Case, folder: Path) -> tuple[Path, Path]:
    """Write a case without the imports of other files, which engines would fetch."""
    described = {quad.subject for quad in case.shapes}
    own = [q for q in case.shapes if q.predicate != _IMPORTS or q.object in described]
    return _write(case.data, folder / "data.nt"), _write(own, folder / "shapes.nt")


def _write(quads: Sequence[Quad], path: Path) -> Path:
    serialize((quad.triple for quad in quads), str(path), format=RdfFormat.N_TRIPLES)
    return path


def _read(report: Iterable[Quad]) -> Results:
    graph = ShaclGraph(report)
    [node] = [node for node in graph.subjects() if graph.values(node, "conforms")]
    return _results(graph, node)


def _results(graph: ShaclGraph, report: Term) -> Results:
    return Counter(_result(graph, node) for node in graph.values(report, "result"))


def _result(graph: ShaclGraph, node: Term) -> tuple[str, ...]:
    said = graph.properties(node)
    return (
        *(_term(next(iter(said.get(name, ())), None)) for name in ("focusNode", "value")),
        graph.path(said["resultPath"][0]) if "resultPath" in said else "",
        local_name(said["resultSeverity"][0]),
        _term(said["sourceShape"][0]),
        local_name(said["sourceConstraintComponent"][0]),
    )


def _comparable(result: ValidationResult) -> tuple[str, ...]:
    return (
        *(_term(result.focus), _term(result.value), result.path or "", result.severity),
        *(_term(result.shape), result.component),
    )


def _term(term: Node | None) -> str:
    if isinstance(term, BlankNode):
        return "_:"
    if isinstance(term, Literal) and term.language:
        return str(term).lower()
    return "" if term is None else str(term)
