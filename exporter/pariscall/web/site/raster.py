"""Drawings as PNG, with letters of fonts that the package brings along.

No font of the system is read, so that a drawing gives the same bytes on any machine.
"""

from __future__ import annotations

from .vendor import FOLDER

SANS, SERIF = "Arimo", "Source Serif 4"
_FONTS = ("arimo/400.ttf", "source-serif/600.ttf")


def to_png(svg: str, zoom: float = 1) -> bytes:
    """Return an SVG as PNG on white; ``zoom`` is the number of pixels for each of its units."""
    import resvg_py

    return resvg_py.svg_to_bytes(
        svg_string=svg,
        zoom=zoom,
        background="#ffffff",
        skip_system_fonts=True,
        font_files=[str(FOLDER / name) for name in _FONTS],
        font_family=SANS,
        sans_serif_family=SANS,
        serif_family=SERIF,
    )
