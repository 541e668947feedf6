"""A report as a page that needs nothing else: no script, no style or font from elsewhere."""

from __future__ import annotations

from functools import cache
from itertools import groupby
from typing import TYPE_CHECKING

from ..report import Report, Result
from .messages import spell_severity, spell_verdict, texts

if TYPE_CHECKING:
    from jinja2 import Template


def html(report: Report, lang: str) -> str:
    """Write a report as a page, a section for each file."""
    groups = groupby(report.results, key=lambda result: result.file)
    return _template().render(
        lang=lang,
        words=texts(lang),
        verdict=spell_verdict(report, lang),
        conforms=report.conforms,
        files=[(file, [_view(result, lang) for result in results]) for file, results in groups],
    )


def _view(result: Result, lang: str) -> dict[str, object]:
    place = result.place
    start, length = place.marked if place else (0, 0)
    excerpt = place.excerpt if place else ""
    return {
        "result": result,
        "level": result.severity if result.severity in ("Warning", "Info") else "Violation",
        "severity": spell_severity(result.severity, lang),
        "message": result.message(lang),
        "where": f"{place.line}:{place.column}" if place and place.line else "",
        "line": (excerpt[:start], excerpt[start : start + length], excerpt[start + length :]),
    }


@cache
def _template() -> Template:
    from jinja2 import Environment, PackageLoader, StrictUndefined

    environment = Environment(
        loader=PackageLoader("pariscall", "validation/reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("report.html")
