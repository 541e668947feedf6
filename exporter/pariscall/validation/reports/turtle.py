"""The validation report of SHACL itself (https://www.w3.org/TR/shacl/#validation-report)."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ...rdf import turtle as rdf_turtle
from ...rdf.namespaces import SH, TYPE
from ..report import Report
from ..shacl.path import PathTriples
from ..shacl.result import Messages, ValidationResult

_REPORT = BlankNode("report")


def turtle(report: Report, _lang: str) -> str:
    """Return the findings as validation results, in a stable order.

    As the recommendation has it, any result makes ``sh:conforms`` false, and those that a
    baseline accepts are results. Faults of the baseline itself are left out. Blank nodes of the
    data have labels that depend on their descriptions.
    """
    found = sorted(
        ((result, finding.messages) for finding in report.findings if (result := finding.result)),
        key=str,
    )
    return rdf_turtle.turtle(_triples(found))


def _triples(found: list[tuple[ValidationResult, Messages]]) -> Iterator[Triple]:
    yield Triple(_REPORT, TYPE, _shacl("ValidationReport"))
    yield Triple(_REPORT, _shacl("conforms"), Literal(not found))
    nodes = [BlankNode(f"result{number}") for number in range(1, len(found) + 1)]
    for node in nodes:
        yield Triple(_REPORT, _shacl("result"), node)
    for node, (result, messages) in zip(nodes, found, strict=True):
        yield from _result(node, result, messages)


def _result(node: BlankNode, result: ValidationResult, messages: Messages) -> Iterator[Triple]:
    path = PathTriples(result.path, f"{node.value}-path") if result.path else None
    yield Triple(node, TYPE, _shacl("ValidationResult"))
    yield Triple(node, _shacl("resultSeverity"), _shacl(result.severity))
    yield Triple(node, _shacl("focusNode"), result.focus)
    if path:
        yield Triple(node, _shacl("resultPath"), path.node)
    if result.value is not None:
        yield Triple(node, _shacl("value"), result.value)
    yield Triple(node, _shacl("sourceShape"), result.shape)
    yield Triple(node, _shacl("sourceConstraintComponent"), _shacl(result.component))
    for lang, text in messages:
        literal = Literal(text, language=lang) if lang else Literal(text)
        yield Triple(node, _shacl("resultMessage"), literal)
    yield from path.triples if path else ()


def _shacl(name: str) -> NamedNode:
    return NamedNode(name if ":" in name else SH + name)
