"""A report to read: grouped by file, each finding under its line with the cell marked."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

import click

from ..coverage import Coverage
from ..report import Report, Result, count
from .messages import spell_counts, spell_number, spell_severity, spell_verdict, texts

_COLOURS = {"Violation": "red", "Warning": "yellow", "Info": "cyan"}


def text(report: Report, lang: str) -> str:
    """Write a report for a terminal, with its colours."""
    lines = []
    for file, group in groupby(report.results, key=lambda result: result.file):
        results = list(group)
        counts = {name: number for name, number in count(results).items() if number}
        heading = click.style(file or texts(lang)["elsewhere"], bold=True)
        lines.append(f"{heading}  {spell_counts(counts, lang)}".rstrip())
        for result in results:
            lines += _lines(result, lang)
        lines.append("")
    if report.coverage:
        lines += [*_coverage(report.coverage, lang), ""]
    colour = "green" if report.conforms else "red"
    return "\n".join([*lines, click.style(spell_verdict(report, lang), fg=colour)]) + "\n"


def _lines(result: Result, lang: str) -> Iterator[str]:
    place = result.place
    severity = click.style(
        spell_severity(result.severity, lang), fg=_COLOURS.get(result.severity, "red")
    )
    where = f"{place.line}:{place.column}  " if place and place.line else ""
    yield f"  {where}{severity}  {_plain(result.message(lang))}  [{_plain(result.rule)}]"
    if result.about:
        yield f"    {_plain('  '.join(result.about))}"
    if result.accepted is not None:
        yield f"    {_plain(texts(lang)['accepted'].format(reason=result.accepted))}"
    if place and place.line:
        start, length = place.marked
        yield f"    | {_plain(place.excerpt)}"
        yield f"    | {' ' * start}{'^' * length}"


def _plain(text: str) -> str:
    """Keep what is not printable from reaching the terminal, without moving what follows."""
    return "".join(char if char.isprintable() or char == "\u202f" else " " for char in text)


def _coverage(coverage: Coverage, lang: str) -> Iterator[str]:
    words = texts(lang)
    for name in ("targets", "classes", "predicates"):
        yield click.style(words[name], bold=True)
        counted = getattr(coverage, name)
        width = max((len(spell_number(number, lang)) for number in counted.values()), default=0)
        for term, number in counted.items():
            yield f"  {spell_number(number, lang):>{width}}  {term}"
        if not counted:
            yield f"  {words['none']}"
    yield click.style(words["nodes"], bold=True)
    yield from (f"  {node}" for node in coverage.nodes or [words["none"]])
