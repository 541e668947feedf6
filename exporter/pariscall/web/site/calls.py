"""The page of several calls: how many parties each two of them have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from .chart_sentences import see_overlaps
from .charts import draw_overlaps
from .ecosystem import Ecosystem, draw, ecosystem, endorsed_calls
from .messages import words
from .page import Content, Page
from .picture import Picture, legend
from .resources import Resource

PATH = "calls"


@dataclass(frozen=True)
class Overlap:
    """A call, how many endorse it, and how many of these endorse each call, itself among them."""

    call: Resource
    number: int
    shared: Sequence[tuple[Resource, int]]

    def shared_with(self, iri: str) -> int:
        """Return how many endorse a call too, given by its IRI."""
        return next((number for call, number in self.shared if call.iri == iri), 0)


def overlaps(content: Content, lang: str) -> list[Overlap]:
    """Return the overlaps of all calls that somebody endorses."""
    endorsers = {call: set(call.incoming("msc:endorses")) for call in endorsed_calls(content, lang)}
    return [
        Overlap(call, len(own), [(other, len(own & theirs)) for other, theirs in endorsers.items()])
        for call, own in endorsers.items()
    ]


def calls(content: Content, lang: str) -> Iterator[Page]:
    """Yield the page of the calls, if there are several."""
    found = overlaps(content, lang)
    if len(found) > 1:
        whole = ecosystem(content, lang)
        pairs = _pairs(found, lang)
        values = {
            "overlaps": found,
            "drawings": draw_overlaps(pairs, lang),
            "ecosystem": whole,
            "communities": draw(whole, lang),
        }
        yield Page(PATH, "calls.html", values=values)


def pictures(content: Content, lang: str) -> Iterator[Picture]:
    """Yield the pictures of the page of the calls, if there is one."""
    found = overlaps(content, lang)
    pairs = _pairs(found, lang)
    if pairs:
        yield Picture(
            "overlaps",
            PATH,
            words(lang)["chart_overlaps"],
            see_overlaps(pairs, lang),
            draw_overlaps(pairs, lang)["wide"],
            [(words(lang)["calls"], "", words(lang)["number"]), *pairs],
        )
    if len(found) > 1:
        yield _ecosystem_picture(ecosystem(content, lang), lang)


def _ecosystem_picture(found: Ecosystem, lang: str) -> Picture:
    said = words(lang)
    rows = [
        (
            " + ".join(call.name(lang).value for call in each.calls),
            *map(each.number_of, found.categories),
            len(each.parties),
        )
        for each in found.communities
    ]
    names = [category.name(lang).value for category in found.categories]
    return Picture(
        "ecosystem",
        PATH,
        said["chart_ecosystem"],
        found.sentence(lang),
        draw(found, lang)["wide"],
        [(said["endorsed_calls"], *names, said["total"]), *rows],
        legend(names),
    )


def _pairs(found: Sequence[Overlap], lang: str) -> tuple[tuple[str, str, int], ...]:
    """Return the names of each two calls that share a party, and how many, the most first."""
    pairs = [
        (one.call.name(lang).value, other.call.name(lang).value, one.shared_with(other.call.iri))
        for one, other in combinations(found, 2)
    ]
    return tuple(sorted((pair for pair in pairs if pair[2]), key=lambda pair: -pair[2]))
