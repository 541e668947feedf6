"""A report as JSON: all that is known of each finding, with terms as in N-Triples."""

from __future__ import annotations

from dataclasses import asdict
from json import dumps
from typing import Any

from ..report import Report, Result
from ..shacl.finding import Finding


def json(report: Report, lang: str) -> str:
    """Write a report as a JSON object."""
    document = {
        "conforms": report.conforms,
        "failOn": report.fail_on,
        "engine": report.engine,
        "triples": report.statements,
        "counts": report.counts(),
        "accepted": sum(result.accepted is not None for result in report.results),
        "results": [_result(report, result, lang) for result in report.results],
    }
    if report.coverage:
        document["coverage"] = asdict(report.coverage)
    return dumps(document, ensure_ascii=False, indent=1) + "\n"


def _result(report: Report, result: Result, lang: str) -> dict[str, Any]:
    place = result.place
    said: dict[str, Any] = {
        "rule": result.rule,
        "severity": result.severity,
        "message": result.message(lang),
        "fails": report.fails(result),
        "fingerprint": result.fingerprint,
        "accepted": result.accepted,
        "file": place and place.file,
        "line": place and place.line,
        "column": place and place.column,
        "endColumn": place and place.end,
        "row": place and place.row,
        "cell": place and place.cell,
        **(_finding(result.finding) if result.finding else {}),
    }
    return {name: value for name, value in said.items() if value is not None}


def _finding(finding: Finding) -> dict[str, str | None]:
    return {
        "focus": str(finding.focus),
        "path": finding.path,
        "value": None if finding.value is None else str(finding.value),
        "shape": str(finding.shape),
        "component": finding.component,
    }
