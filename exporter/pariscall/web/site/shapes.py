"""The shapes as the site shows them: target, message and severity."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from pyoxigraph import NamedNode

from ...rdf.namespaces import VOCABULARY
from ...rdf.prefixes import Prefixes
from ...validation.rulesets import SETS, read_shapes
from ...validation.shacl.graph import ShaclGraph, local_name, texts
from ...validation.shacl.result import Term

_NAMESPACE = VOCABULARY + "shapes#"
_TARGETS = ("targetClass", "targetSubjectsOf", "targetObjectsOf", "targetNode")
_SAID_ELSEWHERE = {*_TARGETS, "severity", "message", "path"}


@dataclass(frozen=True)
class ShapeView:
    """A shape: its id on the page, its message by language, and its severity, path and targets.

    A target is a pair of its kind and the term it names: that of the shape, or of the shape that
    lists it as a property. A shape without a target or a severity is used by others.
    """

    code: str
    set: str
    severity: str
    message: Mapping[str, str]
    path: str
    targets: Sequence[tuple[str, str]]
    constraints: Sequence[str]


def read_views() -> list[ShapeView]:
    """Return the shapes of all bundled sets, by set."""
    return [view for name in SETS for view in _views(name)]


def _views(name: str) -> Iterator[ShapeView]:
    quads = read_shapes([name])
    graph = ShaclGraph(quads)
    prefixes = Prefixes.preferring({})
    for subject in dict.fromkeys(quad.subject for quad in quads):
        if not isinstance(subject, NamedNode) or not subject.value.startswith(_NAMESPACE):
            continue
        said = graph.properties(subject)
        paths = [prefixes.compact_path(graph.path(path)) for path in said.get("path", [])]
        yield ShapeView(
            code=subject.value.removeprefix(_NAMESPACE),
            set=name,
            severity=_severity(said),
            message=dict(texts(said.get("message", []))),
            path=next(iter(paths), ""),
            targets=[
                (kind, prefixes.compact_term(term)) for kind, term in _targets(graph, subject)
            ],
            constraints=[key for key in said if key not in _SAID_ELSEWHERE and "/" not in key],
        )


def _targets(graph: ShaclGraph, shape: Term) -> list[tuple[str, Term]]:
    holders = [node for node in graph.subjects() if shape in graph.values(node, "property")]
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
