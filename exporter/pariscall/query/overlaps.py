"""The overlaps of the calls of several projects: how many parties endorse two, and since when both."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import combinations

from pyoxigraph import DefaultGraph, Literal, NamedNode, Quad, Store

from ..project import Project
from ..rdf.namespaces import PREFIXES, msc
from .union import Union

_LABEL = NamedNode(PREFIXES["skos"] + "prefLabel")
_ACTIVE = NamedNode(PREFIXES["status"] + "active")
_DEFAULT = DefaultGraph()


@dataclass(frozen=True)
class Call:
    """A call that somebody endorses today, with its names by language and those who do, by IRI."""

    iri: str
    project: Project
    names: Mapping[str, str]
    endorsers: frozenset[str]

    def shared_with(self, other: Call) -> int:
        """Return how many parties endorse another call too."""
        return len(self.endorsers & other.endorsers)


@dataclass(frozen=True)
class Shared:
    """A party of several projects: its IRI in each, its names, and the calls that it endorses.

    ``since`` has each call with the first date known of it; ``evidence`` is why it is one party.
    """

    parties: tuple[str, ...]
    names: Mapping[str, str]
    since: Mapping[str, str]
    evidence: str

    @property
    def since_all(self) -> str:
        """The date from which it endorses all of them, at the latest."""
        return max(self.since.values())


@dataclass(frozen=True)
class Overlaps:
    """The calls of several projects, each project's own first, and what they share."""

    calls: Sequence[Call]
    shared: Sequence[Shared] = field(default=())

    @property
    def parties(self) -> int:
        """How many parties endorse any of the calls today."""
        return len(frozenset[str]().union(*(call.endorsers for call in self.calls)))

    @property
    def pairs(self) -> list[tuple[Call, Call, int]]:
        """Each two calls with the number of parties that endorse both, the most first."""
        found = [(one, other, one.shared_with(other)) for one, other in combinations(self.calls, 2)]
        return sorted(found, key=lambda pair: -pair[2])


def read_overlaps(union: Union, projects: Sequence[Project]) -> Overlaps:
    """Return the overlaps of the calls of projects today; parties that are one count once."""
    first = _first_of_each(union)
    endorsers: dict[str, set[str]] = defaultdict(set)
    for quad in _quads(union.store, msc("endorses")):
        party = _iri(quad.subject)
        endorsers[_iri(quad.object)].add(first.get(party, party))
    calls = [
        Call(iri, project, names(union.store, iri), frozenset(endorsers[iri]))
        for project in projects
        for iri in sorted(endorsers, key=lambda iri: (not iri.endswith(f"/{project.call}"), iri))
        if iri.startswith(f"{project.base}call/")
    ]
    return Overlaps(calls, _shared(union, first))


def names(store: Store, iri: str) -> Mapping[str, str]:
    """Return the names of a thing by language; one without a language is under the empty one."""
    found = store.quads_for_pattern(NamedNode(iri), _LABEL, None, _DEFAULT)
    texts = [quad.object for quad in found if isinstance(quad.object, Literal)]
    return {text.language or "": text.value for text in sorted(texts, key=str)}


def _first_of_each(union: Union) -> dict[str, str]:
    """Return the first IRI of a party by each of its IRIs, if it has several."""
    first: dict[str, str] = {}
    for each in union.identities:  # in order, so that the first of a group comes first
        root = first.setdefault(each.subject, each.subject)
        first.setdefault(each.object, root)
    return first


def _shared(union: Union, first: Mapping[str, str]) -> list[Shared]:
    since: dict[str, dict[str, str]] = defaultdict(dict)
    calls = _objects(union.store, "call")
    days = _objects(union.store, "since")
    active = {quad.subject for quad in _quads(union.store, msc("status")) if quad.object == _ACTIVE}
    for quad in _quads(union.store, msc("signatory")):
        if quad.subject in active and (party := first.get(_iri(quad.object))):
            key = _iri(quad.subject)
            day = min(days[key], since[party].get(calls[key], days[key]))
            since[party][calls[key]] = day
    members: dict[str, list[str]] = defaultdict(list)
    for iri, root in sorted(first.items()):
        members[root].append(iri)
    evidence = {each.subject: each.evidence for each in reversed(union.identities)}
    return [
        Shared(tuple(parties), names(union.store, root), since[root], evidence[root])
        for root, parties in sorted(members.items())
        if len(since[root]) > 1
    ]


def _objects(store: Store, term: str) -> dict[str, str]:
    return {_iri(quad.subject): _iri(quad.object) for quad in _quads(store, msc(term))}


def _quads(store: Store, predicate: NamedNode) -> list[Quad]:
    return list(store.quads_for_pattern(None, predicate, None, _DEFAULT))


def _iri(term: object) -> str:
    return str(getattr(term, "value", ""))
