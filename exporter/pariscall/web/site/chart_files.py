"""A chart to take along: its drawing as SVG, its numbers as CSV, and its Vega-Lite."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator

from .charts import Chart
from .messages import words
from .page import Content

FOLDER = "chart"
FORMATS = ("svg", "csv", "json")
# The colours that the style sheet gives on a light screen; a file has no style sheet.
_COLOURS = {
    "series-1": "#1f4a7d",
    "series-2": "#c2611a",
    "series-3": "#2b8a7e",
    "series-4": "#8356a3",
    "series-5": "#6d7782",
    "paper": "#ffffff",
}
_VARIABLE = re.compile(r"var\(--([\w-]+)\)")
_INK = "#1d2530"


def chart_files(content: Content) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the charts of each language, by their path in the site."""
    for lang, drawn in content.charts.items():
        for chart in drawn:
            for ending, written in zip(FORMATS, _written(chart, lang), strict=True):
                yield path(chart, lang, ending), written.encode()


def path(chart: Chart, lang: str, ending: str) -> str:
    """Return the path of a file of a chart."""
    return f"{FOLDER}/{chart.figure.name}.{lang}.{ending}"


def _written(chart: Chart, lang: str) -> tuple[str, str, str]:
    text = json.dumps(chart.spec, ensure_ascii=False, indent=1)
    return _coloured(str(chart.drawings["wide"])), _table(chart, lang), f"{_coloured(text)}\n"


def _coloured(text: str) -> str:
    coloured = _VARIABLE.sub(lambda found: _COLOURS[found[1]], text)
    return coloured.replace("currentColor", _INK)


def _table(chart: Chart, lang: str) -> str:
    figure = chart.figure
    is_timed = figure.name != "regions"
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    heading = words(lang)["day" if is_timed else "region"]
    writer.writerow([heading, *(resource.name(lang).value for resource in figure.series)])
    for row, numbers in figure.rows:
        writer.writerow([row if is_timed else words(lang)[f"region_{row}"], *numbers])
    return text.getvalue()
