"""The parts of the map of the world that have a small map of their own: the regions of M49 of the United Nations."""

from __future__ import annotations

from itertools import product

from .world import project

# West, south, east and north of each region, in degrees; what is far from the rest is left out.
_EDGES = {
    "002": (-19, -36, 52, 38),
    "019": (-168, -56, -34, 74),
    "142": (26, -11, 150, 56),
    "150": (-25, 34, 60, 72),
    "009": (112, -48, 180, 8),
}
REGIONS = tuple(_EDGES)


def view_box(region: str) -> str:
    """Return the part of the map that shows a region, as ``viewBox`` of SVG."""
    west, south, east, north = _EDGES[region]
    latitudes = (south, (south + north) / 2, north)
    corners = [project(*corner) for corner in product((west, east), latitudes)]
    xs, ys = zip(*corners, strict=True)
    left, top = round(min(xs)), round(min(ys))
    return f"{left} {top} {round(max(xs)) - left} {round(max(ys)) - top}"
