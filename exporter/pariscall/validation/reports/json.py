"""A report as JSON: all that is known of each finding, with terms as in N-Triples."""

from __future__ import annotations

from dataclasses import asdict
from json import dumps
from typing import Any

from ..report import Finding, Report
from ..shacl.result import ValidationResult


def json(report: Report, lang: str) -> str:
    """Write a report as a JSON object."""
    document = {
        "conforms": report.conforms,
        "failOn": report.fail_on,
        "engine": report.engine,
        "triples": report.triples,
        "counts": report.counts(),
        "accepted": sum(finding.accepted is not None for finding in report.findings),
        "results": [_finding(report, finding, lang) for finding in report.findings],
    }
    if report.coverage:
        document["coverage"] = asdict(report.coverage)
    return dumps(document, ensure_ascii=False, indent=1) + "\n"


def _finding(report: Report, finding: Finding, lang: str) -> dict[str, Any]:
    location = finding.location
    said: dict[str, Any] = {
        "rule": finding.rule,
        "severity": finding.severity,
        "message": finding.message(lang),
        "fails": report.fails(finding),
        "fingerprint": finding.fingerprint,
        "accepted": finding.accepted,
        "file": location.name,
        "line": location.line,
        "column": location.column,
        "endColumn": location.end,
        "row": location.row,
        "cell": location.cell,
        **(_result(finding.result) if finding.result else {}),
    }
    return {name: value for name, value in said.items() if value is not None}


def _result(result: ValidationResult) -> dict[str, str | None]:
    return {
        "focus": str(result.focus),
        "path": result.path,
        "value": None if result.value is None else str(result.value),
        "shape": str(result.shape),
        "component": result.component,
    }
