"""The pictures of the site, each with its words, and the files in which they are taken along."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from html import escape

from ...project import current
from ..routes.preferences import PAGE_SUFFIXES
from . import calls, map_image
from .chart_sentences import what_to_see
from .charts import Chart
from .locale import format_date
from .messages import words
from .page import Content
from .picture import Picture, framed, in_light, legend
from .raster import to_png

FOLDER = "chart"
FORMATS = ("png", "svg", "csv", "json")
_ZOOM = 1.5  # pixels for each unit, for sharp screens and print


def pictures(content: Content, lang: str) -> dict[str, Picture]:
    """Return the pictures of a language by name."""
    found = [
        *(_of_chart(chart, lang) for chart in content.charts[lang]),
        *calls.pictures(content, lang),
        *map_image.pictures(content, lang),
    ]
    return {each.name: each for each in found}


def files(content: Content) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the pictures of each language, by their path in the site."""
    for lang, found in content.pictures.items():
        for picture in found.values():
            drawn = framed(picture, credit(content, lang))
            yield path(picture, lang, "png"), to_png(drawn, _ZOOM)
            yield path(picture, lang, "svg"), drawn.encode()
            yield path(picture, lang, "csv"), _table(picture).encode()
            if picture.spec:
                text = json.dumps(picture.spec, ensure_ascii=False, indent=1)
                yield path(picture, lang, "json"), f"{in_light(text)}\n".encode()


def path(picture: Picture, lang: str, ending: str) -> str:
    """Return the path of a file of a picture."""
    return f"{FOLDER}/{picture.name}.{lang}.{ending}"


def formats(picture: Picture) -> tuple[str, ...]:
    """Return the endings of the files of a picture."""
    return FORMATS if picture.spec else FORMATS[:-1]


def credit(content: Content, lang: str) -> str:
    """Return whose numbers a picture shows, of which date, and under which licence."""
    said = words(lang)
    day = format_date(content.dataset.date("dcterms:modified"), lang)
    licence = " ".join(term.code for term in content.dataset.resources("dcterms:license"))
    state = said["state_of"].format(day=day)
    return f"{said['site']}. {state} {licence}. {current().site.address or content.dataset.iri}"


def embedding(picture: Picture, lang: str) -> str:
    """Return the HTML that shows a picture on another website; its addresses begin with ``./`` if ours is unknown."""
    base = current().site.address or "./"
    page = f"{base}{picture.page}{PAGE_SUFFIXES[lang]}#chart-{picture.name}"
    told = escape(f"{picture.title}. {picture.sentence}")
    return f'<a href="{page}"><img src="{base}{path(picture, lang, "png")}" alt="{told}" width="100%"></a>'


def _of_chart(chart: Chart, lang: str) -> Picture:
    figure = chart.figure
    said = words(lang)
    is_timed = figure.name != "regions"
    names = [resource.name(lang).value for resource in figure.series]
    rows = [(row if is_timed else said[f"region_{row}"], *numbers) for row, numbers in figure.rows]
    return Picture(
        figure.name,
        "charts",
        said[f"chart_{figure.name}"],
        what_to_see(figure, lang),
        str(chart.drawings["wide"]),
        [(said["day" if is_timed else "region"], *names), *rows],
        legend(names),
        chart.spec,
    )


def _table(picture: Picture) -> str:
    text = io.StringIO()
    csv.writer(text, lineterminator="\n").writerows(picture.table)
    return text.getvalue()
