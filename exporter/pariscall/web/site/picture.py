"""A picture of numbers, and the file of it that readers take along.

The file says what the page says around the drawing: title, what to see, legend, and whose numbers they are.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from xml.sax.saxutils import escape

from .raster import SANS, SERIF

# The colours that the style sheet gives on a light screen; a file has no style sheet.
COLOURS = {
    "series-1": "#1f4a7d",
    "series-2": "#c2611a",
    "series-3": "#2b8a7e",
    "series-4": "#8356a3",
    "series-5": "#6d7782",
    "paper": "#ffffff",
}
_INK, _SOFT = "#1d2530", "#566070"
# What no XML may hold, https://www.w3.org/TR/xml/#charsets
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_VARIABLE = re.compile(r"var\(--([\w-]+)\)")
_SIZE = re.compile(r'<svg\b[^>]*?\bwidth="([\d.]+)" height="([\d.]+)"')
_EDGE = 24
_LETTER = 0.55  # the width of a letter for each unit of the size of the font, at most


@dataclass(frozen=True)
class Picture:
    """A picture: its words, its drawing as SVG, and the table of its numbers.

    ``page`` is the path of the page that shows it. An entry of the legend is a colour and its meaning.
    ``spec`` is the Vega-Lite of the drawing, if it has one.
    """

    name: str
    page: str
    title: str
    sentence: str
    drawing: str
    table: Sequence[Sequence[object]]
    legend: Sequence[tuple[str, str]] = ()
    spec: Mapping[str, Any] | None = None

    @property
    def size(self) -> tuple[int, int]:
        """The width and height of the drawing; those of an SVG without them are an error."""
        found = _SIZE.search(self.drawing)
        if found is None:
            raise ValueError(self.name)
        return round(float(found[1])), round(float(found[2]))


def legend(names: Iterable[str]) -> list[tuple[str, str]]:
    """Return the legend of a series: the colours of the charts, in their order."""
    series = [colour for name, colour in COLOURS.items() if name.startswith("series")]
    return [(series[place % len(series)], name) for place, name in enumerate(names)]


def in_light(text: str) -> str:
    """Return a drawing or its source with the colours of a light screen."""
    coloured = _VARIABLE.sub(lambda found: COLOURS[found[1]], text)
    return coloured.replace("currentColor", _INK)


def framed(picture: Picture, credit: str) -> str:
    """Return the SVG of a picture with its words around it."""
    width, height = picture.size
    lines: list[str] = []
    y = 0
    for text, size, family, colour in (
        (picture.title, 24, SERIF, _INK),
        (picture.sentence, 15, SANS, _INK),
    ):
        for line in textwrap.wrap(text, int(width / size / _LETTER)):
            y += round(size * 1.4)
            lines.append(_text(line, _EDGE, y, size, family, colour))
        y += 6
    for entry, top in _legend(picture.legend, width, y + 18):
        lines.append(entry)
        y = top
    lines.append(f'<g transform="translate({_EDGE},{y + 14})">{in_light(picture.drawing)}</g>')
    y += height + 14
    for line in textwrap.wrap(credit, int(width / 12 / _LETTER)):
        y += 20
        lines.append(_text(line, _EDGE, y, 12, SANS, _SOFT))
    outer = (
        f'viewBox="0 0 {width + 2 * _EDGE} {y + 16}" width="{width + 2 * _EDGE}" height="{y + 16}"'
    )
    body = _NOT_XML.sub("", "\n".join(lines))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {outer}>\n'
        f'<rect width="100%" height="100%" fill="{COLOURS["paper"]}"/>\n{body}\n</svg>\n'
    )


def _legend(entries: Iterable[tuple[str, str]], width: int, top: int) -> Iterator[tuple[str, int]]:
    """Yield the entries of a legend, and how far down each is; a line ends where the next does not fit."""
    x = _EDGE
    for colour, text in entries:
        needed = round(len(text) * 14 * _LETTER) + 36
        if x > _EDGE and x + needed > width + _EDGE:
            x, top = _EDGE, top + 22
        mark = f'<rect x="{x}" y="{top - 11}" width="12" height="12" fill="{colour}"/>'
        yield mark + _text(text, x + 18, top, 14, SANS, _INK), top
        x += needed


def _text(text: str, x: int, y: int, size: int, family: str, colour: str) -> str:  # noqa: PLR0913, PLR0917 what a letter has
    weight = 600 if family == SERIF else 400
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" font-weight="{weight}" '
        f'font-family="\'{family}\', sans-serif" fill="{colour}">{escape(text)}</text>'
    )
