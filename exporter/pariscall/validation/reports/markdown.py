"""A report as Markdown, for the summary of a job or a comment."""

from __future__ import annotations

import re
from collections.abc import Iterable

from ..report import Report, Result
from .messages import spell_severity, spell_verdict, texts

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>()#+\-!|~&@])")


def markdown(report: Report, lang: str) -> str:
    """Write a report as a heading, the verdict and a table."""
    words = texts(lang)
    lines = [f"# {words['title']}", "", f"**{_escaped(spell_verdict(report, lang))}**", ""]
    if report.results:
        names = [words[name] for name in ("place", "severity", "message", "about", "rule")]
        lines += [_row(names), _row(["---"] * len(names))]
        lines += [_row(map(_escaped, _cells(result, lang))) for result in report.results]
    else:
        lines.append(words["nothing"])
    return "\n".join(lines) + "\n"


def _cells(result: Result, lang: str) -> list[str]:
    words = texts(lang)
    message = result.message(lang)
    if result.accepted is not None:
        message += f" ({words['accepted'].format(reason=result.accepted)})"
    return [
        str(result.place) if result.place else words["elsewhere"],
        spell_severity(result.severity, lang),
        message,
        "  ".join(result.about),
        result.rule,
    ]


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", " ".join(text.split()))
