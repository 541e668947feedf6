"""Parties and calls as a whole: who endorses the same calls, as a picture to explore and as a table."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import sqrt
from xml.sax.saxutils import escape, quoteattr

from markupsafe import Markup

from ...io.numbers import format_number
from .charts import COLOURS, WIDTHS
from .ecosystem_layout import Disc, arrange, dots
from .endorsements import CALL, by_category
from .messages import words
from .page import Content
from .resources import Resource, in_order

_SPACING = {"wide": 6.5, "narrow": 4.25}  # between two dots
_LETTERS = {"wide": 22, "narrow": 16}  # in a line of the name of a call
_LINE, _LETTER = 15, 6.5  # the height of a line, and the width of a letter, of a name
_DOT = 0.38  # the radius of a dot, by the spacing


@dataclass(frozen=True)
class Community:
    """Parties that endorse the same calls, by category."""

    calls: Sequence[Resource]
    categories: Sequence[tuple[Resource, Sequence[Resource]]]

    @property
    def parties(self) -> list[Resource]:
        """All its parties."""
        return [party for _, parties in self.categories for party in parties]

    def number_of(self, category: Resource) -> int:
        """Return how many of its parties are of a category."""
        return sum(len(parties) for each, parties in self.categories if each is category)


@dataclass(frozen=True)
class Ecosystem:
    """All communities, the largest first, and the categories of their parties."""

    calls: Sequence[Resource]
    communities: Sequence[Community]
    categories: Sequence[Resource]

    @property
    def total(self) -> int:
        """The number of parties."""
        return sum(len(each.parties) for each in self.communities)

    @property
    def several(self) -> int:
        """The number of parties that endorse several calls."""
        return sum(len(each.parties) for each in self.communities if len(each.calls) > 1)

    def sentence(self, lang: str) -> str:
        """Return what to see in its picture, in a language."""
        facts = {
            "total": format_number(self.total, lang),
            "several": format_number(self.several, lang),
        }
        return words(lang)["see_ecosystem"].format(**facts)


def endorsed_calls(content: Content, lang: str) -> list[Resource]:
    """Return the calls that somebody endorses, that of the project first."""
    calls = content.resources.of_class("msc:Call", lang)
    endorsed = [call for call in calls if call.incoming("msc:endorses")]
    return sorted(endorsed, key=lambda call: call.iri != CALL)


def ecosystem(content: Content, lang: str) -> Ecosystem:
    """Return who endorses which calls today."""
    calls = endorsed_calls(content, lang)
    endorsed: dict[Resource, list[Resource]] = {}
    for call in calls:
        for party in call.incoming("msc:endorses"):
            endorsed.setdefault(party, []).append(call)
    groups: dict[tuple[Resource, ...], list[Resource]] = {}
    for party in in_order(endorsed, lang):
        groups.setdefault(tuple(endorsed[party]), []).append(party)
    found = [Community(own, by_category(parties, own[0].iri)) for own, parties in groups.items()]
    found.sort(key=lambda each: (-len(each.parties), [call.iri for call in each.calls]))
    sizes = {category: 0 for each in found for category, _ in each.categories}
    for category in sizes:
        sizes[category] = sum(each.number_of(category) for each in found)
    categories = sorted(sizes, key=lambda category: (-sizes[category], category.iri))
    return Ecosystem(calls, found, categories)


def draw(found: Ecosystem, lang: str) -> dict[str, Markup]:
    """Return the drawings of an ecosystem, one per width: a dot for each party, a line to each of its calls."""
    return {width: Markup("".join(_drawn(found, lang, width))) for width in WIDTHS}  # noqa: S704 its texts are escaped


def _drawn(found: Ecosystem, lang: str, width: str) -> Iterator[str]:
    spacing = _SPACING[width]
    labels = {
        call: [
            *textwrap.wrap(call.name(lang).value, _LETTERS[width]),
            format_number(len(call.incoming("msc:endorses")), lang),
        ]
        for call in found.calls
    }
    marks = [Disc(max(map(len, labels[call])) * _LETTER / 2, []) for call in found.calls]
    clouds = [
        Disc(
            spacing * sqrt(len(each.parties) / 3.14) + spacing,
            [found.calls.index(call) for call in each.calls],
        )
        for each in found.communities
    ]
    height = arrange(marks, clouds, WIDTHS[width])
    yield (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTHS[width]}" height="{height}" '
        f'viewBox="0 0 {WIDTHS[width]} {height}">'
    )
    yield '<g stroke="currentColor" stroke-opacity="0.35">'
    for cloud in clouds:
        for at in cloud.ties:
            yield f'<line x1="{cloud.x}" y1="{cloud.y}" x2="{marks[at].x}" y2="{marks[at].y}"/>'
    yield "</g>"
    for cloud, community in zip(clouds, found.communities, strict=True):
        yield from _cloud(cloud, community, found, lang, spacing)
    for call, mark in zip(found.calls, marks, strict=True):
        yield from _mark(mark, labels[call], quoteattr(call.code))
    yield "</svg>"


def _cloud(
    cloud: Disc, community: Community, found: Ecosystem, lang: str, spacing: float
) -> Iterator[str]:
    calls = " ".join(call.code for call in community.calls)
    places = iter(dots(cloud, len(community.parties), spacing))
    yield (
        f'<circle cx="{cloud.x}" cy="{cloud.y}" r="{cloud.radius:.1f}" fill="var(--paper)" '
        'stroke="currentColor" stroke-opacity="0.35"/>'
    )
    for category, parties in community.categories:
        colour = found.categories.index(category) % COLOURS + 1
        yield (
            f'<g class="dots" fill="var(--series-{colour})" data-calls={quoteattr(calls)} '
            f"data-category={quoteattr(category.code)}>"
        )
        for party, (x, y) in zip(parties, places, strict=False):
            path = party.location.document if party.location else ""
            yield (
                f'<circle cx="{x}" cy="{y}" r="{spacing * _DOT:.1f}" data-page={quoteattr(path)}>'
                f"<title>{escape(party.name(lang).value)}</title></circle>"
            )
        yield "</g>"


def _mark(mark: Disc, lines: Iterable[str], code: str) -> Iterator[str]:
    lines = list(lines)
    top = round(mark.y - _LINE * (len(lines) - 1) / 2 + 4, 1)
    yield f'<g class="call" data-call={code} text-anchor="middle" font-size="13" fill="currentColor">'
    yield '<g stroke="var(--paper)" stroke-width="4" stroke-linejoin="round" paint-order="stroke">'
    for at, line in enumerate(lines):
        y = top + at * _LINE
        yield f'<text x="{mark.x}" y="{y}" font-family="sans-serif">{escape(line)}</text>'
    yield "</g></g>"
