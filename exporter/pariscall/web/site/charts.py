"""Charts: figures drawn with Vega-Lite as SVG and coloured by the style sheet of the page.

An SVG has presentation attributes only, which a strict Content-Security-Policy allows inline;
its colours are ``currentColor`` and the custom properties ``--series-1`` and so on.
"""

from __future__ import annotations

import hashlib
import json
import re
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from importlib import resources
from importlib.metadata import version
from typing import Any, Literal

from markupsafe import Markup

from ...io.cache import Cache
from ...io.numbers import format_number
from .figures import Figure
from .locale import format_share
from .messages import words

# One drawing per kind of screen, because scaling a drawing would also scale its text.
WIDTHS = {"wide": 720, "narrow": 300}
COLOURS = 5  # of the style sheet
_HEIGHTS = {"wide": 320, "narrow": 260}
_BAR = 38
_LINE = 15  # of the names above a bar
_LETTERS = {"wide": 90, "narrow": 38}  # that fit into a line of these names
_MARGINS = {True: 72, False: 180}  # for the labels of a chart over time, and of any other
# Where Vega draws the numbers: the corner of the outermost group, and the size of its background.
_PLOT = re.compile(
    r'translate\(([\d.]+),([\d.]+)\).*?class="background"[^>]* d="M0,0h([\d.]+)v([\d.]+)h'
)
_LOCALES: dict[str, Literal["en-US", "fr-FR"]] = {"en": "en-US", "fr": "fr-FR"}
_CACHE = Cache("charts", 500)


@dataclass(frozen=True)
class Chart:
    """A figure with its drawings, one per width, and the Vega-Lite of the wide one."""

    figure: Figure
    drawings: Mapping[str, Markup]
    spec: Mapping[str, Any]


def plot_of(drawing: str) -> tuple[float, ...]:
    """Return where a drawing has its numbers: left, top, width and height; nothing if it has no numbers."""
    found = _PLOT.search(drawing)
    return tuple(map(float, found.groups())) if found else ()


def draw(figure: Figure, lang: str) -> Chart:
    """Return the chart of a figure in a language, in all widths."""
    specs = {width: _filled(figure, lang, width) for width in WIDTHS}
    drawings = {width: _drawn(spec, lang) for width, spec in specs.items()}
    return Chart(figure, drawings, specs["wide"])


def _filled(figure: Figure, lang: str, width: str) -> dict[str, Any]:
    """Return the Vega-Lite of a figure: its numbers, sizes and colours."""
    is_timed = figure.name != "regions"
    spec = _spec("days" if is_timed else "regions")
    spec["width"] = WIDTHS[width] - _MARGINS[is_timed]
    spec["height"] = _HEIGHTS[width] if is_timed else _BAR * len(figure.rows)
    spec["data"] = {"values": list(_values(figure, lang))}
    names = [resource.name(lang).value for resource in figure.series]
    encoding = spec["encoding"] if is_timed else spec["layer"][0]["encoding"]
    encoding["color"]["scale"] = {
        "domain": names,
        "range": [f"var(--series-{place % COLOURS + 1})" for place in range(len(names))],
    }
    return spec


@cache
def draw_overlaps(pairs: tuple[tuple[str, str, int], ...], lang: str) -> Mapping[str, Markup]:
    """Return drawings of how many parties two calls share, one per width; none without pairs.

    A pair is the names of two calls, and the number.
    """
    return {width: _overlaps(pairs, lang, width) for width in WIDTHS} if pairs else {}


def _overlaps(pairs: Sequence[tuple[str, str, int]], lang: str, width: str) -> Markup:
    """Draw a bar for each pair, below the names of its calls, which are broken into lines."""
    labels = [
        [line for name in names for line in textwrap.wrap(name, _LETTERS[width])]
        for *names, _ in pairs
    ]
    most = max(map(len, labels))
    height = _LINE * most + _BAR
    spec = _spec("overlaps")
    spec["width"] = WIDTHS[width] - _MARGINS[True]
    spec["height"] = height * len(pairs)
    spec["data"] = {
        "values": [
            {
                "place": place,
                "label": "\n".join([" "] * (most - len(label)) + label),
                "number": number,
                "shown": format_number(number, lang),
            }
            for place, (label, (_, _, number)) in enumerate(zip(labels, pairs, strict=True))
        ]
    }
    bar, names, numbers = (layer["mark"] for layer in spec["layer"])
    bar["yOffset"] = numbers["dy"] = height // 2 - _BAR // 2
    names["dy"] = _LINE // 2 - height // 2
    return _drawn(spec, lang)


def _drawn(spec: Mapping[str, Any], lang: str) -> Markup:
    """Return the drawing of a specification; what was drawn before is not drawn again."""
    text = json.dumps(spec)
    key = json.dumps([version("vl-convert-python"), text, _read("config"), _LOCALES[lang]])
    drawn = _CACHE.made_once(
        hashlib.sha256(key.encode()).hexdigest(), partial(_converted, text, lang)
    )
    return Markup(drawn.decode())  # noqa: S704 Vega writes whatever text it is given with its escapes


def _converted(spec: str, lang: str) -> bytes:
    import vl_convert

    return vl_convert.vegalite_to_svg(
        spec,
        config=_spec("config"),
        allowed_base_urls=[],
        format_locale=_LOCALES[lang],
        time_format_locale=_LOCALES[lang],
    ).encode()


def _values(figure: Figure, lang: str) -> Iterator[dict[str, object]]:
    total = figure.total
    for row, numbers in figure.rows:
        share = format_share(sum(numbers), total, lang)
        for place, (resource, number) in enumerate(zip(figure.series, numbers, strict=True)):
            yield {
                "row": row if figure.name != "regions" else words(lang)[f"region_{row}"],
                "series": resource.name(lang).value,
                "place": place,
                "number": number,
                "share": share,
            }


def _spec(name: str) -> dict[str, Any]:
    spec: dict[str, Any] = json.loads(_read(name))
    return spec


@cache
def _read(name: str) -> str:
    return (
        resources.files("pariscall.web.site").joinpath("specs", f"{name}.json").read_text("utf-8")
    )
