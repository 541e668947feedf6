"""How each engine is run, and its report as results that can be compared."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import NamedNode, Quad, RdfFormat, parse

from pariscall.rdf.namespaces import SH
from pariscall.validation.shacl.graph import ShaclGraph, local_name
from pariscall.validation.shacl.result import Term, ValidationResult
from support.stores.fuseki import SERVER as JENA
from support.stores.java import SHORT_RUNS, java
from support.stores.server import MissingError

HERE = Path(__file__).parent
_BUILD = HERE.parents[2] / "build" / "engines"
NPM = _BUILD / "npm"
TOPBRAID = _BUILD / "topbraid"

# Severity, focus node, path if it is a predicate, value, shape, and constraint component.
Results = Counter[tuple[str, str, str, str, str, str]]


class EngineError(Exception):
    """An engine gives no report; the message is what it printed instead."""


@dataclass(frozen=True)
class Engine:
    """An engine: how it validates files of N-Triples, and what it does not do.

    ``subclasses_in_shapes`` is said of one that looks for subclasses in the shapes graph only,
    ``calendar`` of one that knows which days a month has. ``refusal`` is in the error of one that
    names what it does not know.
    """

    validate: Callable[[Path, Sequence[Path]], list[Iterable[Quad]]]
    sparql: bool = True
    subclasses_in_shapes: bool = False
    calendar: bool = True
    refusal: str | None = None


def _jena(shapes: Path, data: Sequence[Path]) -> list[Iterable[Quad]]:
    return _java(str(JENA.checked("fuseki")), "Jena", [shapes, *data])


def _topbraid(shapes: Path, data: Sequence[Path]) -> list[Iterable[Quad]]:
    if not TOPBRAID.is_dir():
        raise MissingError("TopBraid SHACL is not there (make engines)")
    return _java(f"{TOPBRAID}/*", "TopBraid", [shapes, *data])


def _java(classes: str, name: str, files: Sequence[Path]) -> list[Iterable[Quad]]:
    """Run a program of this folder, which Java compiles first."""
    if not shutil.which("javac"):
        raise MissingError("no Java compiler (Debian package default-jdk-headless)")
    command = [java(), "-cp", classes, str(HERE / f"{name}.java"), *map(str, files)]
    ran = subprocess.run(
        command, env={**os.environ, **SHORT_RUNS}, capture_output=True, text=True, check=False
    )
    if ran.returncode != 0:
        raise EngineError(ran.stderr)
    *reports, _ = ran.stdout.split("#\n")
    return [parse(report, format=RdfFormat.N_TRIPLES) for report in reports]


def _package(name: str) -> Callable[[Path, Sequence[Path]], list[Iterable[Quad]]]:
    def validate(shapes: Path, data: Sequence[Path]) -> list[Iterable[Quad]]:
        node = shutil.which("node")
        if node is None:
            raise MissingError("node is not installed (Debian package nodejs)")
        if not (NPM / "node_modules" / name).is_dir():
            raise MissingError(f"{name} is not there (make engines)")
        command = [node, "--input-type=module", "-", name, str(shapes), *map(str, data)]
        program = (HERE / "validate.mjs").read_text(encoding="utf-8")
        ran = subprocess.run(
            command, cwd=NPM, input=program, capture_output=True, text=True, check=False
        )
        if ran.returncode != 0:
            raise EngineError(ran.stderr)
        return [parse(report, format=RdfFormat.N_TRIPLES) for report in json.loads(ran.stdout)]

    return validate


ENGINES = {
    "jena": Engine(_jena),
    "topbraid": Engine(_topbraid),
    "shacl-engine": Engine(_package("shacl-engine"), subclasses_in_shapes=True, calendar=False),
    "rdf-validate-shacl": Engine(
        _package("rdf-validate-shacl"),
        sparql=False,
        calendar=False,
        refusal="Cannot find validator for constraint component",
    ),
}


def read_report(report: Iterable[Quad]) -> Results:
    """Return the results of a report; those that only explain another one are left out."""
    graph = ShaclGraph(report)
    [node] = [node for node in graph.subjects() if graph.values(node, "conforms")]
    return Counter(_result(graph, result) for result in graph.values(node, "result"))


def _result(graph: ShaclGraph, node: Term) -> tuple[str, str, str, str, str, str]:
    said = graph.properties(node)
    path = said.get("resultPath", [None])[0]
    component = str(said["sourceConstraintComponent"][0])[1:-1].removeprefix(SH)
    # The recommendation has no value for sh:uniqueLang; Jena reports the literal.
    valued = component != "UniqueLangConstraintComponent"
    return (
        local_name(said["resultSeverity"][0]),
        str(said["focusNode"][0]),
        str(path) if isinstance(path, NamedNode) else "",
        str(said.get("value", [""])[0]) if valued else "",
        str(said["sourceShape"][0]),
        component,
    )


def comparable(results: Iterable[ValidationResult]) -> Results:
    """Return results of our own engine as those of others are read."""
    return Counter(
        (
            result.severity,
            str(result.focus),
            result.path if result.path and result.path.startswith("<") else "",
            "" if result.value is None else str(result.value),
            str(result.shape),
            result.component,
        )
        for result in results
    )
