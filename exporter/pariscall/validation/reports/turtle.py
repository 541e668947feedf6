"""The validation report of SHACL itself (https://www.w3.org/TR/shacl/#validation-report)."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal

from ...rdf.namespaces import SH
from ..report import Report
from ..shacl.finding import Finding, Messages
from ..shacl.path import to_turtle

_HEAD = f"@prefix sh: <{SH}> .\n\n"


def turtle(report: Report, _lang: str) -> str:
    """Write the findings as validation results, in a stable order.

    As the recommendation has it, any result is one too many for ``sh:conforms``, and those
    that a baseline accepts are results. Faults of the baseline are none. Blank nodes have
    labels that depend on their descriptions.
    """
    found = sorted(
        _result(finding, result.messages)
        for result in report.results
        if (finding := result.finding)
    )
    conforms = "false" if found else "true"
    results = " ,\n    ".join(found)
    tail = f" ;\n    sh:result {results}" if found else ""
    return f"{_HEAD}[] a sh:ValidationReport ;\n    sh:conforms {conforms}{tail} .\n"


def _result(finding: Finding, messages: Messages) -> str:
    statements = " ;\n        ".join(_statements(finding, messages))
    return f"[\n        {statements}\n    ]"


def _statements(finding: Finding, messages: Messages) -> Iterator[str]:
    yield "a sh:ValidationResult"
    yield f"sh:resultSeverity {_shacl(finding.severity)}"
    yield f"sh:focusNode {finding.focus}"
    if finding.path:
        yield f"sh:resultPath {to_turtle(finding.path)}"
    if finding.value is not None:
        yield f"sh:value {finding.value}"
    yield f"sh:sourceShape {finding.shape}"
    yield f"sh:sourceConstraintComponent {_shacl(finding.component)}"
    for lang, text in messages:
        yield f"sh:resultMessage {Literal(text, language=lang) if lang else Literal(text)}"


def _shacl(name: str) -> str:
    return f"<{name}>" if ":" in name else f"sh:{name}"
