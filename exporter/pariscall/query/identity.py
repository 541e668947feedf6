"""Parties of different projects that are one: by evidence, and never by their names.

Two parties are one if both are matched exactly with one thing, such as an item of Wikidata, or if a
mapping says so: ``skos:exactMatch`` in the data of a project, or in a file.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from pyoxigraph import NamedNode, Store

from ..project import Project
from ..rdf.namespaces import PREFIXES

EXACT_MATCH = NamedNode(PREFIXES["skos"] + "exactMatch")
_CHAINED, _STATED = "semapv:MappingChaining", "semapv:UnspecifiedMatching"


@dataclass(frozen=True, order=True)
class Match:
    """A statement that two things are one; ``place`` is the file and line that says so, if any."""

    subject: str
    object: str
    place: str = ""


@dataclass(frozen=True, order=True)
class Identity:
    """Two parties that are one, the evidence, and how SSSOM calls it (a term of SEMAPV)."""

    subject: str
    object: str
    evidence: str
    justification: str


def matches_of(store: Store) -> Iterator[Match]:
    """Yield the exact matches that the data of projects state."""
    for quad in store.quads_for_pattern(None, EXACT_MATCH, None):
        if isinstance(quad.subject, NamedNode) and isinstance(quad.object, NamedNode):
            yield Match(quad.subject.value, quad.object.value)


def party_prefix(project: Project) -> str:
    """Return how the IRIs of the parties of a project begin."""
    return f"{project.base}actor/"


def identities(matches: Iterable[Match], projects: Sequence[Project]) -> list[Identity]:
    """Return the pairs of parties of different projects that are one, in order.

    Two parties of one project stay two, whatever they are matched with: that they may be one is a
    question to its keeper.
    """
    known = _Matches(matches)
    owners = [(party_prefix(project), project.slug) for project in projects]
    found = [
        known.identity(*sorted(pair))
        for group in known.groups()
        for pair in combinations(sorted(group), 2)
        if _are_of_two(pair, owners)
    ]
    return sorted(found)


class _Matches:
    """Exact matches, by what they are of."""

    def __init__(self, matches: Iterable[Match]) -> None:
        self._targets: dict[str, set[str]] = defaultdict(set)
        self._places: dict[tuple[str, str], str] = {}
        for match in sorted(set(matches)):
            self._targets[match.subject].add(match.object)
            self._places.setdefault((match.subject, match.object), match.place)

    def groups(self) -> list[set[str]]:
        """Return the things that are one by any chain of matches."""
        groups: dict[str, set[str]] = {}
        for subject, object_ in self._places:
            small, large = sorted(
                (groups.setdefault(each, {each}) for each in (subject, object_)), key=len
            )
            if small is not large:
                large |= small
                groups.update(dict.fromkeys(small, large))
        return list({id(group): group for group in groups.values()}.values())

    def identity(self, one: str, other: str) -> Identity:
        """Return that two things are one, and why."""
        for pair in ((one, other), (other, one)):
            if pair in self._places:
                return Identity(one, other, self._places[pair] or "stated in the data", _STATED)
        shared = sorted(self._targets.get(one, set()) & self._targets.get(other, set()))
        return Identity(one, other, " ".join(shared) or "a chain of matches", _CHAINED)


def _are_of_two(pair: Iterable[str], owners: Sequence[tuple[str, str]]) -> bool:
    """Report whether two things are parties of two projects, given how the IRIs of each begin."""
    found = {slug for iri in pair for prefix, slug in owners if iri.startswith(prefix)}
    return len(found) > 1
