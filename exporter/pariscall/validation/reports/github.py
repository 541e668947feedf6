"""Workflow commands of GitHub Actions, which become annotations; the worst come first.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from __future__ import annotations

from ..report import Report, Result
from ..shacl.finding import rank

_COMMANDS = {"Warning": "warning", "Info": "notice"}


def github(report: Report, lang: str) -> str:
    """Write a command for each result that is not accepted."""
    results = [result for result in report.results if result.accepted is None]
    results.sort(key=lambda result: (not report.fails(result), rank(result.severity)))
    return "".join(f"{_command(result, lang)}\n" for result in results)


def _command(result: Result, lang: str) -> str:
    place = result.place
    properties: dict[str, object] = {"title": result.rule}
    if place:
        properties = {"file": place.file} | properties
    if place and place.line:
        properties |= {"line": place.line, "endLine": place.line}
        properties |= {"col": place.column, "endColumn": place.end}
    spelt = ",".join(
        f"{name}={_property(str(value))}" for name, value in properties.items() if value is not None
    )
    message = result.sentence(lang)
    return f"::{_COMMANDS.get(result.severity, 'error')} {spelt}::{_data(message)}"


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
