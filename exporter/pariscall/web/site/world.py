"""The shapes of the countries, projected for a map of the world that keeps areas.

The projection is Equal Earth (Šavrič, Patterson and Jenny 2018,
https://doi.org/10.1080/13658816.2018.1504949).
"""

from __future__ import annotations

import hashlib
import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import astuple, dataclass
from functools import cache
from itertools import groupby, pairwise
from math import asin, cos, radians, sin, sqrt
from pathlib import Path

from ...io.cache import Cache, hash_files
from ...tables.borders import SOURCES, Border, Point, Ring, borders

WIDTH, HEIGHT = 960, 440
_A = (1.340264, -0.081106, 0.000893, 0.003796)  # of the polynomial of the projection
_HALF_ROOT, _TWICE_ROOT = sqrt(3) / 2, 2 * sqrt(3)
_SCALE = WIDTH / 5.41299
_MIDDLE = 11  # degrees east, so that the edge is in the Bering Strait
_NORTH = 84  # degrees: the top of the map
_ANTARCTICA = "ATA"
_SMALLEST = 12  # square pixels: what is smaller has a disc to point at
_CACHE = Cache("maps", 4)


@dataclass(frozen=True)
class Shape:
    """A country on the map: its alpha-3 code, its path in SVG, and its middle if it is small."""

    alpha3: str
    path: str
    middle: Point | None


@cache
def shapes() -> tuple[Shape, ...]:
    """Return the shapes of all countries but Antarctica, with pixels as units, small ones last.

    What was projected before is not projected again.
    """
    digest = hashlib.sha256(sys.version.encode())
    hash_files(digest, [Path(__file__), *SOURCES])
    kept = json.loads(_CACHE.made_once(digest.hexdigest(), _projected))
    return tuple(
        Shape(alpha3, path, (middle[0], middle[1]) if middle else None)
        for alpha3, path, middle in kept
    )


def _projected() -> bytes:
    """Return the shapes in JSON."""
    found = [_shape(each) for each in borders()]
    large = {shape.alpha3 for shape in found if shape.middle is None}
    kept = [
        shape
        for shape in found
        if shape.alpha3 != _ANTARCTICA
        and (shape.middle is None or (shape.alpha3 and shape.alpha3 not in large))
    ]
    kept.sort(key=lambda shape: (shape.middle is not None, shape.alpha3, shape.path))
    return json.dumps(list(map(astuple, kept))).encode()


def project(longitude: float, latitude: float) -> Point:
    """Return where a point is on the map, for degrees east and north."""
    theta = _parametric(latitude)
    a1, a2, a3, a4 = _A
    slope = 9 * a4 * theta**8 + 7 * a3 * theta**6 + 3 * a2 * theta**2 + a1
    x = _TWICE_ROOT * radians(longitude - _MIDDLE) * cos(theta) / (3 * slope)
    return WIDTH / 2 + x * _SCALE, (_TOP - _height(theta)) * _SCALE


def _parametric(latitude: float) -> float:
    """Return the angle, in radians, that the projection has for a latitude in degrees."""
    return asin(_HALF_ROOT * sin(radians(latitude)))


def _height(theta: float) -> float:
    """Return how far north of the equator an angle of the projection is."""
    a1, a2, a3, a4 = _A
    return a4 * theta**9 + a3 * theta**7 + a2 * theta**3 + a1 * theta


_TOP = _height(_parametric(_NORTH))


def _shape(border: Border) -> Shape:
    rings = [_ring(ring) for polygon in border.polygons for ring in polygon]
    areas = [abs(_area(ring)) for ring in rings]
    largest = rings[areas.index(max(areas))]
    path = "".join(_path(ring) for ring in rings)
    middle = _middle(largest) if sum(areas) < _SMALLEST else None
    return Shape(border.alpha3, path, middle)


def _ring(points: Ring) -> Ring:
    """Return the points of a ring on the map."""
    return [project(longitude, latitude) for longitude, latitude in _unwrapped(points)]


def _unwrapped(points: Sequence[Point]) -> Iterator[Point]:
    """Yield the points of a ring with longitudes that go on beyond 180°, so that no ring is torn."""
    last = 0.0
    for at, (longitude, latitude) in enumerate(points):
        around = last if at else _MIDDLE
        last = longitude + 360 * round((around - longitude) / 360)
        yield last, latitude


def _path(ring: Sequence[Point]) -> str:
    """Return a ring as a path of whole pixels; nothing if it is smaller than one."""
    pixels = [point for point, _ in groupby((round(x), round(y)) for x, y in ring)]
    if len(set(pixels)) < 3:
        return ""
    x, y = pixels[0]
    steps = "".join(f"{here[0] - last[0]},{here[1] - last[1]} " for last, here in pairwise(pixels))
    return f"M{x},{y}l{steps.rstrip()}z"


def _area(ring: Sequence[Point]) -> float:
    turned = zip(ring, [*ring[1:], ring[0]], strict=True)
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in turned) / 2


def _middle(ring: Sequence[Point]) -> Point:
    xs, ys = zip(*ring, strict=True)
    return round(sum(xs) / len(xs), 1), round(sum(ys) / len(ys), 1)
