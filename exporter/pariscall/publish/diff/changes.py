"""Who joined, left, was renamed, moved or corrected between two snapshots."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from pyoxigraph import Literal, NamedNode, Quad

from ...project import current
from ...rdf.namespaces import BASE, PREFIXES, VOCABULARY, msc

_ACTIVE = NamedNode(VOCABULARY + "code/status#active")
_LABEL = NamedNode(PREFIXES["skos"] + "prefLabel")
_SIGNATORY, _STATUS, _CATEGORY = msc("signatory"), msc("status"), msc("category")
_CALL = msc("call")
_COUNTRY = msc("country")


@dataclass
class Profile:
    """A party as described in one snapshot; ``categories`` are those in which it is listed, by call."""

    names: list[str] = field(default_factory=list)
    countries: list[str] = field(default_factory=list)
    categories: dict[str, list[str]] = field(default_factory=dict)
    other: Counter[str] = field(default_factory=Counter)

    @property
    def name(self) -> str:
        """The first of its names."""
        return self.names[0] if self.names else ""


@dataclass(frozen=True)
class Change:
    """A change of a party; ``before`` and ``after`` are the values in the two snapshots."""

    kind: str
    party: str
    name: str
    before: str = ""
    after: str = ""


KINDS = ("joined", "left", "renamed", "reclassified", "moved", "corrected")


def find_changes(old: Iterable[Quad], new: Iterable[Quad]) -> list[Change]:
    """Return the changes of all signatories, by kind and then by party."""
    before, after = _profiles(old), _profiles(new)
    changes = [
        change
        for party in sorted(before.keys() | after.keys())
        for change in _changes_of(party, before.get(party), after.get(party))
    ]
    return sorted(changes, key=lambda change: (KINDS.index(change.kind), change.party))


def _changes_of(party: str, old: Profile | None, new: Profile | None) -> list[Change]:
    before, after = (profile.categories if profile else {} for profile in (old, new))
    changes = []
    for call in sorted(before.keys() | after.keys()):
        was, now = before.get(call, []), after.get(call, [])
        if was != now:
            kind = "reclassified" if was and now else "joined" if now else "left"
            name = (new if now and new else old or Profile()).name
            changes.append(Change(kind, party, name, _of_call(was, call), _of_call(now, call)))
    if not (old and new and before and after):
        return changes
    compared = (("renamed", old.names, new.names), ("moved", old.countries, new.countries))
    changes += [
        Change(kind, party, new.name, _joined(a), _joined(b)) for kind, a, b in compared if a != b
    ]
    corrected = sorted((old.other - new.other) + (new.other - old.other))
    if corrected:
        changes.append(Change("corrected", party, new.name, after=_joined(corrected)))
    return changes


def _profiles(quads: Iterable[Quad]) -> dict[str, Profile]:
    """Return the profile of each signatory by its IRI."""
    described: dict[str, list[Quad]] = {}
    for quad in quads:
        if isinstance(quad.subject, NamedNode):
            described.setdefault(quad.subject.value, []).append(quad)
    profiles: dict[str, Profile] = {}
    for statements in described.values():
        terms = {quad.predicate: quad.object for quad in statements}
        party = terms.get(_SIGNATORY)
        if isinstance(party, NamedNode):
            profile = profiles.setdefault(party.value, Profile())
            category = terms.get(_CATEGORY)
            if terms.get(_STATUS) == _ACTIVE and isinstance(category, NamedNode):
                call = str(terms.get(_CALL, "")).strip("<>")
                profile.categories.setdefault(call, []).append(_local(category.value))
    for party_iri, profile in profiles.items():
        _describe(profile, described.get(party_iri, []))
    return profiles


def _describe(profile: Profile, statements: Iterable[Quad]) -> None:
    for quad in statements:
        if quad.predicate == _LABEL and isinstance(quad.object, Literal):
            profile.names.append(quad.object.value)
        elif quad.predicate == _COUNTRY and isinstance(quad.object, NamedNode):
            profile.countries.append(_local(quad.object.value))
        elif not quad.predicate.value.startswith(_DERIVED):
            profile.other[f"{_local(quad.predicate.value)} {_local(str(quad.object))}"] += 1
    for values in (profile.names, profile.countries, *profile.categories.values()):
        values.sort()


# What follows from the endorsements of a party is no correction of the party.
_DERIVED = (msc("hasEndorsement").value, msc("endorses").value)


def _local(iri: str) -> str:
    return iri.rstrip(">").rpartition("#")[2].rpartition("/")[2]


def _of_call(categories: Iterable[str], call: str) -> str:
    """Join the categories of a party, and name the call unless it is that of the project."""
    joined = _joined(categories)
    is_usual = call in ("", f"{BASE}call/{current().call}")
    return joined if is_usual or not joined else f"{joined}, {_local(call)}"


def _joined(values: Iterable[str]) -> str:
    return ", ".join(values)


def count(changes: Iterable[Change]) -> Mapping[str, int]:
    """Count changes by kind, in the order of ``KINDS``."""
    found = Counter(change.kind for change in changes)
    return {kind: found[kind] for kind in KINDS}
