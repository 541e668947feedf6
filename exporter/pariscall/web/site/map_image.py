"""The map as an image of its own: for the first page, which stays light, and for whoever wants to show it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from ...io.numbers import format_number
from .messages import words
from .page import Content
from .picture import Picture
from .world import HEIGHT, WIDTH
from .world_map import LEVELS, Place, answer, places, supporters
from .world_map import PATH as PAGE

PATH = "assets/world.svg"
# The colours of each level, for light and dark screens: those of the style sheet, mixed.
_LIGHT = ("#dfe1e2", "#c5d1de", "#9fb2c8", "#7390b0", "#47698f", "#1e3f66")
_DARK = ("#2e343b", "#2b3c50", "#3a557a", "#4e7aad", "#6295d4", "#93bdf0")


def image(content: Content) -> Iterable[tuple[str, bytes]]:
    """Yield the image by its path, if a supporter has a country."""
    found = places(content)
    if found:
        yield PATH, _svg(found).encode()


def pictures(content: Content, lang: str) -> Iterator[Picture]:
    """Yield the map as a picture to take along, if a supporter has a country."""
    found = supporters(content)
    if not found:
        return
    said = words(lang)
    rows = [
        (country.name(lang).value, country.code, states, others, states + others)
        for country, states, others in found
    ]
    head = (said["country"], said["country_code"], said["map_states"], said["map_organisations"])
    shapes = "".join(_shape(place, fill=True) for place in places(content))
    yield Picture(
        "map",
        PAGE,
        said["map_title"],
        answer(found, lang),
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" '
        f'viewBox="0 0 {WIDTH} {HEIGHT}" stroke="#ffffff" stroke-width="0.6">\n{shapes}</svg>',
        [(*head, said["total"]), *rows],
        [(_LIGHT[at + 1], _range(at, lang)) for at in range(len(LEVELS))],
    )


def _range(at: int, lang: str) -> str:
    """Return from how many to how many supporters a level of colour goes."""
    least = format_number(LEVELS[at], lang)
    if at + 1 == len(LEVELS):
        return f"{least}+"
    most = LEVELS[at + 1] - 1
    return least if most == LEVELS[at] else f"{least}–{format_number(most, lang)}"


def _svg(found: Iterable[Place]) -> str:
    light, dark = (_rules(colours) for colours in (_LIGHT, _DARK))
    style = f"{light}@media(prefers-color-scheme:dark){{{dark}}}"
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}">'
        f"<style>{style}</style>\n{''.join(map(_shape, found))}</svg>\n"
    )


def _rules(colours: Iterable[str]) -> str:
    return "".join(f".l{level}{{fill:{colour}}}" for level, colour in enumerate(colours))


def _shape(place: Place, *, fill: bool = False) -> str:
    """Return the shape of a country, coloured by a class or, where no style is read, by itself.

    Its identifier is the code that the IRI of the country ends with.
    """
    code = place.country.code if place.country else place.shape.alpha3
    name = f' id="{escape(code)}"' if code else ""
    colour = f'fill="{_LIGHT[place.level]}"' if fill else f'class="l{place.level}"'
    if place.shape.middle is None:
        return f'<path{name} {colour} d="{place.shape.path}"/>\n'
    if place.country is None:
        return ""
    x, y = place.shape.middle
    return f'<circle{name} {colour} cx="{x}" cy="{y}" r="3"/>\n'
