"""The sources by kind: the press and the parties first, the states of a registry on one timeline."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from ...rdf.namespaces import VOCABULARY
from .page import Content, Page
from .resources import Resource, in_order

SOURCE_TYPES = VOCABULARY + "code/source-type"
# What others say comes before a registry, whose many states would hide it.
_FIRST = ("news", "party-statement", "official-statement", "reference")


@dataclass(frozen=True)
class Kind:
    """A kind of source: its documents by name, and the states of registries by day."""

    type: Resource
    documents: list[Resource]
    days: list[tuple[str, list[Resource]]]

    @property
    def number(self) -> int:
        """The number of all its sources."""
        return len(self.documents) + sum(len(states) for _, states in self.days)


def sources(content: Content, lang: str) -> Iterator[Page]:
    """Yield the page of the sources."""
    types = content.resources[SOURCE_TYPES].incoming("skos:inScheme")
    kinds = [_kind(each, lang) for each in sorted(types, key=_place)]
    yield Page("sources", "sources.html", values={"kinds": [kind for kind in kinds if kind.number]})


def _place(kind: Resource) -> tuple[int, str]:
    place = _FIRST.index(kind.code) if kind.code in _FIRST else len(_FIRST)
    return place, kind.iri


def _kind(kind: Resource, lang: str) -> Kind:
    found = kind.incoming("msc:sourceType")
    documents = [source for source in found if not _is_state(source)]
    states = sorted(filter(_is_state, found), key=lambda state: (_day(state), state.iri))
    days = [(day, list(each)) for day, each in groupby(states, key=_day)]
    return Kind(kind, in_order(documents, lang), days)


def _is_state(source: Resource) -> bool:
    """Return whether a source is a state of a registry."""
    return bool(source.resources("prov:specializationOf"))


def _day(source: Resource) -> str:
    return source.date("dcterms:issued")
