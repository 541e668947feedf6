"""The shapes as the site shows them: target, message and severity; those of the project last."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode, Quad

from ...rdf.namespaces import VOCABULARY
from ...rdf.prefixes import Prefixes
from ...rdf.reader import read_files
from ...validation.rulesets import read_shapes
from ...validation.shacl.graph import ShaclGraph, local_name, texts
from ...validation.shacl.result import Term
from ...validation.shape_files import SETS, project_shapes

_NAMESPACE = VOCABULARY + "shapes#"
_TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")
PROJECT_SET = "project"
_SAID_ELSEWHERE = {*_TARGETS, "severity", "message", "path"}


@dataclass(frozen=True)
class ShapeView:
    """A shape: its id on the page, its message by language, and its severity, path and targets.

    A target is a pair of its kind and the term it names: that of the shape, or of the shape that
    lists it as a property. A shape without a target or a severity is used by others.
    """

    code: str
    name: str
    set: str
    severity: str
    message: Mapping[str, str]
    path: str
    targets: Sequence[tuple[str, str]]
    constraints: Sequence[str]


def read_views() -> list[ShapeView]:
    """Return the shapes of all bundled sets and of the project, by set."""
    views = [view for name in SETS for view in _views(name, read_shapes([name]))]
    return [*views, *_views(PROJECT_SET, read_files(project_shapes()))]


def shape_sets(views: Sequence[ShapeView]) -> list[str]:
    """Return the names of the sets that have shapes, in order."""
    return list(dict.fromkeys(view.set for view in views))


def _views(name: str, quads: Sequence[Quad]) -> Iterator[ShapeView]:
    graph = ShaclGraph(quads)
    prefixes = Prefixes.preferring({})
    for subject in dict.fromkeys(quad.subject for quad in quads):
        if not isinstance(subject, NamedNode) or not _is_shape(graph, subject, name):
            continue
        said = graph.properties(subject)
        paths = [prefixes.compact_path(graph.path(path)) for path in said.get("path", [])]
        code = re.split("[#/]", subject.value)[-1]
        yield ShapeView(
            code=code if name != PROJECT_SET else f"{PROJECT_SET}-{code}",
            name=prefixes.compact_term(subject),
            set=name,
            severity=_severity(said),
            message=dict(texts(said.get("message", []))),
            path=next(iter(paths), ""),
            targets=[
                (kind, prefixes.compact_term(term)) for kind, term in _targets(graph, subject)
            ],
            constraints=[key for key in said if key not in _SAID_ELSEWHERE and "/" not in key],
        )


def _is_shape(graph: ShaclGraph, subject: NamedNode, name: str) -> bool:
    """Report whether a subject is a shape of the package or, in the set of the project, any shape."""
    if name != PROJECT_SET:
        return subject.value.startswith(_NAMESPACE)
    said = graph.properties(subject).keys()
    return bool(said & {*_TARGETS, "path", "property", "message"})


def _targets(graph: ShaclGraph, shape: Term) -> list[tuple[str, Term]]:
    holders = sorted(set(graph.having("property", shape)), key=str)
    return [
        (kind, term)
        for node in (shape, *holders)
        for kind in _TARGETS
        for term in graph.values(node, kind)
    ]


def _severity(said: Mapping[str, Sequence[Term]]) -> str:
    """Return the severity of a shape that reports, which is the one that has messages."""
    declared = next(map(local_name, said.get("severity", [])), "Violation")
    return declared if "message" in said else ""
