"""A report as Markdown, for the summary of a job or a comment."""

from __future__ import annotations

from collections.abc import Iterable

from ...io.markdown import markdown as escaped
from ..counts import format_severity
from ..report import Finding, Report
from .messages import format_verdict, texts


def markdown(report: Report, lang: str) -> str:
    """Write a report as a heading, the verdict and a table."""
    words = texts(lang)
    lines = [f"# {words['title']}", "", f"**{escaped(format_verdict(report, lang))}**", ""]
    if report.findings:
        names = [words[name] for name in ("place", "severity", "message", "about", "rule")]
        lines += [_row(names), _row(["---"] * len(names))]
        lines += [_row(map(escaped, _cells(finding, lang))) for finding in report.findings]
    else:
        lines.append(words["nothing"])
    return "\n".join(lines) + "\n"


def _cells(finding: Finding, lang: str) -> list[str]:
    words = texts(lang)
    message = finding.message(lang)
    if finding.accepted is not None:
        message += f" ({words['accepted'].format(reason=finding.accepted)})"
    return [
        str(finding.location),
        format_severity(finding.severity, lang),
        message,
        "  ".join(finding.about),
        finding.rule,
    ]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"
