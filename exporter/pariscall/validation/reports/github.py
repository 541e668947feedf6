"""Workflow commands of GitHub Actions, which become annotations; the worst come first.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from ..report import Finding, Report
from ..shacl.result import rank

_COMMANDS = {"Warning": "warning", "Info": "notice"}


def github(report: Report, lang: str) -> str:
    """Write a command for each result that is not accepted."""
    findings = [finding for finding in report.findings if finding.accepted is None]
    findings.sort(key=lambda finding: (not report.fails(finding), rank(finding.severity)))
    return "".join(f"{_command(finding, lang)}\n" for finding in findings)


def _command(finding: Finding, lang: str) -> str:
    location = finding.location
    properties: dict[str, object] = {"file": location.name, "title": finding.rule}
    properties |= {"line": location.line, "endLine": location.line}
    properties |= {"col": location.column, "endColumn": location.end}
    written = ",".join(
        f"{name}={_property(str(value))}" for name, value in properties.items() if value is not None
    )
    message = finding.sentence(lang)
    return f"::{_COMMANDS.get(finding.severity, 'error')} {written}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
