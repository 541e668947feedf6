"""The page of several calls: how many parties each two of them have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from .charts import draw_overlaps
from .endorsements import CALL
from .page import Content, Page
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


def endorsed_calls(content: Content, lang: str) -> list[Resource]:
    """Return the calls that somebody endorses, that of the project first."""
    calls = content.resources.of_class("msc:Call", lang)
    endorsed = [call for call in calls if call.incoming("msc:endorses")]
    return sorted(endorsed, key=lambda call: call.iri != CALL)


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
        drawings = draw_overlaps(_pairs(found, lang), lang)
        yield Page(PATH, "calls.html", values={"overlaps": found, "drawings": drawings})


def _pairs(found: Sequence[Overlap], lang: str) -> list[tuple[str, str, int]]:
    """Return the names of each two calls that share a party, and how many, the most first."""
    pairs = [
        (one.call.name(lang).value, other.call.name(lang).value, one.shared_with(other.call.iri))
        for one, other in combinations(found, 2)
    ]
    return sorted((pair for pair in pairs if pair[2]), key=lambda pair: -pair[2])
