"""A report to read: grouped by file, each finding under its line with the cell marked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import click

from ...errors import printable
from ...io.numbers import format_number
from ..counts import format_counts, format_severity
from ..coverage import Coverage
from ..report import Finding, Report, count
from .messages import format_verdict, texts

_COLOURS = {"Violation": "red", "Warning": "yellow", "Info": "cyan"}


def text(report: Report, lang: str) -> str:
    """Write a report for a terminal, with its colours."""
    lines = []
    for file, group in groupby(report.findings, key=lambda finding: finding.file):
        findings = list(group)
        counts = {name: number for name, number in count(findings).items() if number}
        heading = click.style(printable(file), bold=True)
        lines.append(f"{heading}  {format_counts(counts, lang)}".rstrip())
        for finding in findings:
            lines += _lines(finding, lang)
        lines.append("")
    if report.coverage:
        lines += [*_coverage(report.coverage, lang), ""]
    colour = "green" if report.conforms else "red"
    return "\n".join([*lines, click.style(format_verdict(report, lang), fg=colour)]) + "\n"


def _lines(finding: Finding, lang: str) -> Iterator[str]:
    location = finding.location
    severity = click.style(
        format_severity(finding.severity, lang), fg=_COLOURS.get(finding.severity, "red")
    )
    where = f"{location.line}:{location.column}  "
    yield f"  {where}{severity}  {printable(finding.message(lang))}  [{printable(finding.rule)}]"
    if finding.about:
        yield f"    {printable('  '.join(finding.about))}"
    if finding.accepted is not None:
        yield f"    {printable(texts(lang)['accepted'].format(reason=finding.accepted))}"
    if location.excerpt:
        start, length = location.marked
        yield f"    | {_plain(location.excerpt)}"
        yield f"    | {' ' * start}{'^' * length}"


def _plain(text: str) -> str:
    """Keep what is not printable from reaching the terminal, without moving what follows."""
    return "".join(char if char.isprintable() or char == "\u202f" else " " for char in text)


def _coverage(coverage: Coverage, lang: str) -> Iterator[str]:
    words = texts(lang)
    for name in ("targets", "classes", "predicates"):
        yield click.style(words[name], bold=True)
        counted = getattr(coverage, name)
        width = max((len(format_number(number, lang)) for number in counted.values()), default=0)
        for term, number in counted.items():
            yield f"  {format_number(number, lang):>{width}}  {term}"
        if not counted:
            yield f"  {words['none']}"
    yield click.style(words["nodes"], bold=True)
    yield from (f"  {node}" for node in coverage.nodes or [words["none"]])
