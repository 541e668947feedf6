"""Drawings as PNG, with letters of fonts that the package brings along.

No font of the system is read, so that a drawing gives the same bytes on any machine.
"""

from __future__ import annotations

import hashlib
from functools import cache, partial
from typing import Any

from ...io.cache import Cache, hash_files
from .vendor import FOLDER

SANS, SERIF = "Arimo", "Source Serif 4"
_FONTS = [FOLDER / "arimo/400.ttf", FOLDER / "source-serif/600.ttf"]
SETTINGS: dict[str, Any] = {
    "background": "#ffffff",
    "skip_system_fonts": True,
    "font_family": SANS,
    "sans_serif_family": SANS,
    "serif_family": SERIF,
}
_CACHE = Cache("pictures", 500)


def to_png(svg: str, zoom: float = 1) -> bytes:
    """Return an SVG as PNG on white; ``zoom`` is the number of pixels for each of its units.

    What was drawn before is not drawn again.
    """
    import resvg_py

    made_from = f"{resvg_py.__version__} {SETTINGS} {_digest_of_fonts()} {zoom} {svg}"
    key = hashlib.sha256(made_from.encode()).hexdigest()
    return _CACHE.made_once(key, partial(_drawn, svg, zoom))


def _drawn(svg: str, zoom: float) -> bytes:
    import resvg_py

    fonts = [str(path) for path in _FONTS]
    return resvg_py.svg_to_bytes(svg_string=svg, zoom=zoom, font_files=fonts, **SETTINGS)


@cache
def _digest_of_fonts() -> str:
    digest = hashlib.sha256()
    hash_files(digest, _FONTS)
    return digest.hexdigest()
