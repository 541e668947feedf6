"""The validation report of SHACL itself (https://www.w3.org/TR/shacl/#validation-report)."""

from __future__ import annotations

from collections.abc import Iterator

from pyoxigraph import Literal

from ...rdf.namespaces import SH
from ..report import Report
from ..shacl.path import to_turtle
from ..shacl.result import Messages, ValidationResult

_HEAD = f"@prefix sh: <{SH}> .\n\n"


def turtle(report: Report, _lang: str) -> str:
    """Write the findings as validation results, in a stable order.

    As the recommendation has it, any result is one too many for ``sh:conforms``, and those
    that a baseline accepts are results. Faults of the baseline are none. Blank nodes have
    labels that depend on their descriptions.
    """
    found = sorted(
        _finding(result, finding.messages)
        for finding in report.findings
        if (result := finding.result)
    )
    conforms = "false" if found else "true"
    findings = " ,\n    ".join(found)
    tail = f" ;\n    sh:result {findings}" if found else ""
    return f"{_HEAD}[] a sh:ValidationReport ;\n    sh:conforms {conforms}{tail} .\n"


def _finding(result: ValidationResult, messages: Messages) -> str:
    triples = " ;\n        ".join(_statements(result, messages))
    return f"[\n        {triples}\n    ]"


def _statements(result: ValidationResult, messages: Messages) -> Iterator[str]:
    yield "a sh:ValidationResult"
    yield f"sh:resultSeverity {_shacl(result.severity)}"
    yield f"sh:focusNode {result.focus}"
    if result.path:
        yield f"sh:resultPath {to_turtle(result.path)}"
    if result.value is not None:
        yield f"sh:value {result.value}"
    yield f"sh:sourceShape {result.shape}"
    yield f"sh:sourceConstraintComponent {_shacl(result.component)}"
    for lang, text in messages:
        yield f"sh:resultMessage {Literal(text, language=lang) if lang else Literal(text)}"


def _shacl(name: str) -> str:
    return f"<{name}>" if ":" in name else f"sh:{name}"
