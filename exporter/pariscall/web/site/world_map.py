"""The map of the world: how many supporters each country has, today and on earlier dates."""

from __future__ import annotations

from calendar import monthrange
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ...io.numbers import format_number
from ...project import current
from ...rdf.namespaces import COUNTRY
from .listing_history import Listing
from .messages import words
from .page import Content, Page
from .resources import Resource
from .world import Shape, shapes
from .world_regions import REGIONS, view_box

PATH = "map"
DATA = "assets/map-data.js"
_STATE = "state"
# The least number of supporters of each level of colour.
LEVELS = (1, 2, 5, 20, 60)


@dataclass(frozen=True)
class Place:
    """A country on the map: its shape, and today's supporters, states and organisations."""

    shape: Shape
    country: Resource | None
    states: int
    organisations: int

    @property
    def number(self) -> int:
        """All its supporters."""
        return self.states + self.organisations

    @property
    def level(self) -> int:
        """The level of its colour, from 0 for no supporter."""
        return sum(self.number >= least for least in LEVELS)


def world_map(content: Content, lang: str) -> Iterator[Page]:
    """Yield the page of the map, if a supporter has a country."""
    counted = _count(content)
    if counted:
        found = supporters(content)
        values = {
            "places": places(content),
            "ordered": found,
            "answer": answer(found, lang),
            "levels": LEVELS,
            "regions": list(_regions(content, found)),
        }
        yield Page(PATH, "map.html", values=values)


def places(content: Content) -> list[Place]:
    """Return the countries of the map with the supporters of today; none if nobody has a country."""
    counted = _count(content)
    used = {row.cells["country"] for row in _rows(content)}
    codes = {_alpha3(content, code): code for code in used}
    found = [(shape, codes.get(shape.alpha3) if shape.alpha3 else None) for shape in shapes()]
    return [_place(content, shape, code, counted) for shape, code in found] if counted else []


def supporters(content: Content) -> list[tuple[Resource, int, int]]:
    """Return the countries that have supporters today, with the states and organisations of each, the most first."""
    counted = _count(content)
    codes = sorted({code for code, _ in counted})
    rows = [(content.resources[COUNTRY + c], counted[c, True], counted[c, False]) for c in codes]
    return sorted(rows, key=lambda row: -row[1] - row[2])


def answer(found: Sequence[tuple[Resource, int, int]], lang: str) -> str:
    """Return what to see on the map, for the countries that have supporters, the most first."""
    most, *numbers = found[0]
    return words(lang)["map_answer"].format(
        countries=format_number(len(found), lang),
        total=format_number(sum(states + others for _, states, others in found), lang),
        most=most.name(lang).value,
        number=format_number(sum(numbers), lang),
    )


def data(content: Content) -> dict[str, object]:
    """Return when the number of each country changed, its region, and the months that a reader can choose.

    A change is a date, +1 or -1, and whether it is of a state. A supporter counts from the first
    date on which the support is known, to the date by which it had ended.
    """
    changes: dict[str, list[tuple[str, int, bool]]] = {}
    for row in _rows(content):
        own = changes.setdefault(row.cells["country"], [])
        own.append((row.cells["since"], 1, _is_state(row)))
        if row.cells["until"]:
            own.append((row.cells["until"], -1, _is_state(row)))
    days = [day for each in changes.values() for day, _, _ in each]
    last = content.dataset.date("dcterms:modified")
    return {
        "levels": LEVELS,
        "days": list(_months(min(days), last)) if days else [],
        "countries": {code: sorted(changes[code]) for code in sorted(changes)},
        "regions": {code: _region(content, code) for code in sorted(changes)},
    }


def _rows(content: Content) -> list[Listing]:
    return [
        row
        for row in content.listings
        if row.cells["call"] == current().call and row.cells["country"]
    ]


def _count(content: Content) -> Counter[tuple[str, bool]]:
    """Count today's supporters by country, states and others apart."""
    now = [row for row in _rows(content) if row.cells["status"] == "active"]
    return Counter((row.cells["country"], _is_state(row)) for row in now)


def _is_state(row: Listing) -> bool:
    return row.cells["category"] == _STATE


def _alpha3(content: Content, code: str) -> str:
    """Return the alpha-3 code of a country; Kosovo, which ISO has not, has the usual one."""
    document = content.documents.get(f"country/{code}")
    return (document.rows[0]["alpha3"] if document else "") or {"1A0": "XKX"}.get(code, code)


def _place(
    content: Content, shape: Shape, code: str | None, counted: Counter[tuple[str, bool]]
) -> Place:
    if code is None:
        return Place(shape, None, 0, 0)
    country = content.resources[COUNTRY + code]
    return Place(shape, country, counted[code, True], counted[code, False])


def _regions(
    content: Content, found: Sequence[tuple[Resource, int, int]]
) -> Iterator[tuple[str, str, int, int]]:
    """Yield each region that has supporters: code, part of the map, countries and supporters; the most first."""
    numbers: dict[str, list[int]] = {}
    for country, states, others in found:
        numbers.setdefault(_region(content, country.code), []).append(states + others)
    for region in sorted(numbers, key=lambda each: -sum(numbers[each])):
        if region in REGIONS:
            yield region, view_box(region), len(numbers[region]), sum(numbers[region])


def _region(content: Content, code: str) -> str:
    document = content.documents.get(f"country/{code}")
    return document.rows[0]["region"] if document else ""


def _months(first: str, last: str) -> Iterator[str]:
    """Yield the last date of each month, and of the last month the last known date."""
    year, month = int(first[:4]), int(first[5:7])
    while (day := f"{year}-{month:02}-{monthrange(year, month)[1]}") < last:
        yield day
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    yield last
