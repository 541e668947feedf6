"""The map as an image of its own: for the first page, which stays light, and for whoever wants to show it."""

from __future__ import annotations

from collections.abc import Iterable

from .page import Content
from .world import HEIGHT, WIDTH
from .world_map import Place, places

PATH = "assets/world.svg"
# The colours of each level, for light and dark screens: those of the style sheet, mixed.
_LIGHT = ("#dfe1e2", "#c5d1de", "#9fb2c8", "#7390b0", "#47698f", "#1e3f66")
_DARK = ("#2e343b", "#2b3c50", "#3a557a", "#4e7aad", "#6295d4", "#93bdf0")


def image(content: Content) -> Iterable[tuple[str, bytes]]:
    """Yield the image by its path, if a supporter has a country."""
    found = places(content)
    if found:
        yield PATH, _svg(found).encode()


def _svg(found: Iterable[Place]) -> str:
    light, dark = (_rules(colours) for colours in (_LIGHT, _DARK))
    style = f"{light}@media(prefers-color-scheme:dark){{{dark}}}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"<style>{style}</style>\n{''.join(map(_shape, found))}</svg>\n"
    )


def _rules(colours: Iterable[str]) -> str:
    return "".join(f".l{level}{{fill:{colour}}}" for level, colour in enumerate(colours))


def _shape(place: Place) -> str:
    if place.shape.middle is None:
        return f'<path class="l{place.level}" d="{place.shape.path}"/>\n'
    if place.country is None:
        return ""
    x, y = place.shape.middle
    return f'<circle class="l{place.level}" cx="{x}" cy="{y}" r="3"/>\n'
