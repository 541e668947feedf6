"""A report as a page that needs nothing else: no script, no style or font from elsewhere."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from ...io.templates import template_environment
from ..counts import format_severity
from ..report import Finding, Report
from .messages import format_verdict, texts

if TYPE_CHECKING:
    from jinja2 import Template


def html(report: Report, lang: str) -> str:
    """Write a report as a page, a section for each file."""
    groups = groupby(report.findings, key=lambda finding: finding.file)
    return _template().render(
        lang=lang,
        words=texts(lang),
        verdict=format_verdict(report, lang),
        conforms=report.conforms,
        files=[(file, [_view(finding, lang) for finding in findings]) for file, findings in groups],
    )


def _view(finding: Finding, lang: str) -> dict[str, object]:
    location = finding.location
    start, length = location.marked
    excerpt = location.excerpt
    return {
        "finding": finding,
        "level": finding.severity if finding.severity in ("Warning", "Info") else "Violation",
        "severity": format_severity(finding.severity, lang),
        "message": finding.message(lang),
        "where": f"{location.line}:{location.column}",
        "line": (excerpt[:start], excerpt[start : start + length], excerpt[start + length :]),
    }


@cache
def _template() -> Template:
    environment = template_environment("validation/reports", keep_trailing_newline=True)
    return environment.get_template("report.html")
