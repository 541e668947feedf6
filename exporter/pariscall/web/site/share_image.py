"""The image that stands for a page where its address is shared: one for each kind of page.

The size is that which https://ogp.me/ leaves open and most readers show whole.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from html import escape

from ...project import current
from .messages import words
from .page import Content, Page
from .picture import COLOURS
from .raster import SANS, SERIF, to_png

WIDTH, HEIGHT = 1200, 630
FOLDER = "assets/share"
_EDGE = 80
_DARK, _PALE = "#14283f", "#d7e3f0"
# The kind of each template; of all others it is that of the site.
_KINDS = {
    "call.html": "call",
    "calls.html": "charts",
    "charts.html": "charts",
    "claim.html": "source",
    "codes.html": "data",
    "countries.html": "country",
    "country.html": "country",
    "dataset.html": "data",
    "map.html": "charts",
    "ontology.html": "data",
    "party.html": "party",
    "principle.html": "call",
    "question.html": "question",
    "questions.html": "question",
    "release.html": "data",
    "shapes.html": "data",
    "signatories.html": "signatories",
    "source.html": "source",
    "sources.html": "source",
    "sparql.html": "data",
}
_SITE = "site"


def images(content: Content) -> Iterator[tuple[str, bytes]]:
    """Yield the images of each language, by their path in the site."""
    for lang in content.pictures:
        for kind in sorted({_SITE, *_KINDS.values()}):
            yield _path(kind, lang), to_png(_drawn(kind, lang))


def path_for(page: Page, lang: str) -> str:
    """Return the path of the image of a page."""
    return _path(_KINDS.get(page.template, _SITE), lang)


def _path(kind: str, lang: str) -> str:
    return f"{FOLDER}/{kind}.{lang}.png"


def _drawn(kind: str, lang: str) -> str:
    """Return the image of a kind of page: what it is, and of which site."""
    said = words(lang)
    title, told = (
        (said["site"], said["tagline"])
        if kind == _SITE
        else (said[f"share_{kind}"], said[f"share_{kind}_told"])
    )
    lines = [(line, 76, SERIF, 600, "#ffffff") for line in textwrap.wrap(title, 24)[:3]]
    lines.append(("", 20, SANS, 400, _PALE))
    lines += [(line, 36, SANS, 400, _PALE) for line in textwrap.wrap(told, 56)[:3]]
    y, drawn = 90, ""
    for text, size, family, weight, colour in lines:
        y += round(size * (1.25 if family == SERIF else 1.4))
        drawn += _text(text, y, size, family, weight, colour)
    name = said["site"] if kind != _SITE else ""
    accent = current().site.accent or COLOURS["series-1"]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}">'
        f'<rect width="100%" height="100%" fill="{_DARK}"/>'
        f'<rect width="100%" height="20" fill="{accent}"/>{_dots(accent)}'
        f"{drawn}{_text(name, HEIGHT - _EDGE, 30, SERIF, 600, _PALE)}</svg>"
    )


def _dots(accent: str) -> str:
    """Return the mark of the site, signatories in rows, that fade out to the left."""
    return "".join(
        f'<circle cx="{WIDTH - 60 - 44 * column}" cy="{HEIGHT - 60 - 44 * row}" r="13" '
        f'fill="{accent}" fill-opacity="{max(0.15, 1 - 0.13 * (column + row)):.2f}"/>'
        for row in range(4)
        for column in range(7 - row)
    )


def _text(text: str, y: int, size: int, family: str, weight: int, colour: str) -> str:  # noqa: PLR0913, PLR0917 what a letter has
    return (
        f'<text x="{_EDGE}" y="{y}" font-size="{size}" font-weight="{weight}" '
        f'font-family="\'{family}\', sans-serif" fill="{colour}">{escape(text)}</text>'
    )
