"""The borders of the countries: Natural Earth 1:50m, in the TopoJSON of the package ``world-atlas``.

https://github.com/topojson/topojson-specification; the data of Natural Earth are in the public domain.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parents[1] / "web" / "site" / "vendor"
_TOPOLOGY = _FOLDER / "world-atlas" / "countries-50m.json"
_CODES = _FOLDER / "iso-countries" / "codes.json"
SOURCES = (Path(__file__), _TOPOLOGY, _CODES)  # of which the borders are made
# Shapes without a code of ISO 3166, by the name that they have in Natural Earth.
_WITHOUT_CODE = {"Kosovo": "XKX"}

Point = tuple[float, float]
Ring = list[Point]


@dataclass(frozen=True)
class Border:
    """A country: its alpha-3 code, if it has one, and its polygons, each with its rings.

    A point has a longitude and a latitude in degrees. The last point of a ring is the first. No ring crosses
    180° of longitude.
    """

    alpha3: str
    polygons: Sequence[Sequence[Ring]]


@cache
def borders() -> tuple[Border, ...]:
    """Return the borders of all countries, in the order of the package."""
    topology = json.loads(_TOPOLOGY.read_text("utf-8"))
    arcs = [_decode(arc, topology["transform"]) for arc in topology["arcs"]]
    return tuple(_border(each, arcs) for each in topology["objects"]["countries"]["geometries"])


def _border(geometry: Any, arcs: Sequence[Ring]) -> Border:
    lists = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    name = geometry["properties"]["name"]
    code = _alpha3().get(geometry.get("id", ""), _WITHOUT_CODE.get(name, ""))
    return Border(code, [[list(_ring(ring, arcs)) for ring in polygon] for polygon in lists])


def _ring(numbers: Sequence[int], arcs: Sequence[Ring]) -> Iterator[Point]:
    """Yield the points of a ring; an arc with a number below zero is taken backwards."""
    for at, number in enumerate(numbers):
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        yield from arc[1:] if at else arc


def _decode(arc: Sequence[Sequence[int]], transform: Any) -> Ring:
    """Return the points of an arc in degrees; its positions are differences of integers."""
    (sx, sy), (tx, ty) = transform["scale"], transform["translate"]
    xs, ys = (list(accumulate(steps)) for steps in zip(*arc, strict=True))
    return [(x * sx + tx, y * sy + ty) for x, y in zip(xs, ys, strict=True)]


@cache
def _alpha3() -> dict[str, str]:
    """Return the alpha-3 code of each numeric code of ISO 3166-1."""
    codes = json.loads(_CODES.read_text("utf-8"))
    return {numeric: alpha3 for _, alpha3, numeric, _ in codes}
