"""The graph by resource, read in both directions, for pages to show.

Predicates are prefixed names, as in ``party.value("msc:country")``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import groupby

from pyoxigraph import Quad

from ...rdf.ntriples import is_iri, tag_of, text_of
from ...rdf.prefixes import KNOWN_PREFIXES
from ...tables.document import Document
from ...tables.text import without_accents
from ..routes.pages import PageAddress, locate

_NAMES = ("skos:prefLabel", "rdfs:label", "dcterms:title", "foaf:name")


@dataclass(frozen=True, slots=True)
class Text:
    """A literal: its text, its language if it has one, and the name of its datatype."""

    value: str
    lang: str = ""
    datatype: str = "xsd:string"


class Resource:
    """A resource: the statements about it, and the statements that refer to it."""

    def __init__(self, iri: str) -> None:
        self.iri = iri
        self._said: dict[str, list[Text | Resource]] = {}
        self._mentions: dict[str, list[Resource]] = {}
        self._names: dict[str, Text] = {}  # by language, once they were asked for

    def add(self, predicate: str, value: Text | Resource) -> None:
        """Add a statement."""
        self._said.setdefault(predicate, []).append(value)
        self._names.clear()
        if isinstance(value, Resource):
            value._mentions.setdefault(predicate, []).append(self)  # noqa: SLF001 the same class

    def values(self, predicate: str) -> list[Text | Resource]:
        """Return the values of a predicate."""
        return self._said.get(predicate, [])

    def value(self, predicate: str) -> Text | Resource | None:
        """Return the value of a predicate that has at most one, or None."""
        return next(iter(self.values(predicate)), None)

    def resources(self, predicate: str) -> list[Resource]:
        """Return the resources among the values of a predicate."""
        return [value for value in self.values(predicate) if isinstance(value, Resource)]

    def incoming(self, predicate: str) -> list[Resource]:
        """Return the resources that have this one as value of a predicate."""
        return self._mentions.get(predicate, [])

    def date(self, predicate: str) -> str:
        """Return the date of a predicate, or an empty text."""
        value = self.value(predicate)
        return value.value if isinstance(value, Text) else ""

    def values_in(self, predicate: str, lang: str) -> list[Text | Resource]:
        """Return the values for readers of a language: texts in it, or else in any."""
        values = self.values(predicate)
        best = [value for value in values if isinstance(value, Text) and value.lang == lang]
        plain = [value for value in values if isinstance(value, Resource) or not value.lang]
        return [*best, *plain] or values

    def name(self, lang: str) -> Text:
        """Return the name in a language, or else in any, or else the compact IRI."""
        if lang not in self._names:
            values = (value for name in _NAMES for value in self.values_in(name, lang))
            texts = (value for value in values if isinstance(value, Text))
            self._names[lang] = next(texts, None) or Text(_compact(self.iri))
        return self._names[lang]

    @property
    def is_named(self) -> bool:
        """Whether the resource has a name."""
        return any(self.values(predicate) for predicate in _NAMES)

    @property
    def is_described(self) -> bool:
        """Whether there is a statement about the resource."""
        return bool(self._said)

    @cached_property
    def types(self) -> list[str]:
        """The prefixed names of its classes."""
        return [_compact(resource.iri) for resource in self.resources("rdf:type")]

    @cached_property
    def location(self) -> PageAddress | None:
        """Its page on the site, if it has one."""
        return locate(self.iri)

    @property
    def uses(self) -> int:
        """The number of statements that refer to the resource."""
        return sum(map(len, self._mentions.values()))

    @cached_property
    def code(self) -> str:
        """The last part of its IRI."""
        return self.iri.replace("#", "/").rpartition("/")[2]


class Resources:
    """All resources of a graph, by IRI."""

    def __init__(self, documents: Iterable[Document], quads: Iterable[Quad] = ()) -> None:
        self._resources: dict[str, Resource] = {}
        for document in documents:
            for description in document.descriptions.values():
                self._read(description.subject, description.statements())
        for subject, about in groupby(quads, key=lambda quad: str(quad.subject)):
            self._read(subject, map(_spelt, about))

    def _read(self, subject: str, statements: Iterable[tuple[str, str, str]]) -> None:
        """Read statements about a subject; the terms are spelt as in N-Triples."""
        if not is_iri(subject):
            return
        resource = self[text_of(subject)]
        for _, predicate, term in statements:
            if is_iri(term):
                resource.add(_compact_term(predicate), self[text_of(term)])
            elif term.startswith('"'):
                resource.add(_compact_term(predicate), _text(term))

    def __getitem__(self, iri: str) -> Resource:
        resource = self._resources.get(iri)
        if resource is None:
            resource = self._resources[iri] = Resource(iri)
        return resource

    def __iter__(self) -> Iterator[Resource]:
        """Yield the described resources, in the order of the graph."""
        return (resource for resource in self._resources.values() if resource.is_described)

    def of_class(self, name: str, lang: str = "en") -> list[Resource]:
        """Return the resources of a class, in the order of their names."""
        return in_order(self._classes.get(name, []), lang)

    @cached_property
    def _classes(self) -> dict[str, list[Resource]]:
        """The described resources of each class; all statements are there from the beginning."""
        classes: dict[str, list[Resource]] = {}
        for resource in self:
            for name in resource.types:
                classes.setdefault(name, []).append(resource)
        return classes


def in_order(resources: Iterable[Resource], lang: str) -> list[Resource]:
    """Return resources in the order of their names, without regard to case and accents."""
    return sorted(resources, key=lambda resource: (fold(resource.name(lang).value), resource.iri))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Return a text without case, accents, and the punctuation before its first letter."""
    return re.sub(r"^\W+(?=\w)", "", without_accents(text.casefold()))


def _spelt(quad: Quad) -> tuple[str, str, str]:
    return str(quad.subject), str(quad.predicate), str(quad.object)


@lru_cache(maxsize=65536)
def _text(literal: str) -> Text:
    tag = tag_of(literal)
    if tag.startswith("@"):
        return Text(text_of(literal), tag[1:], "rdf:langString")
    return Text(text_of(literal), "", _compact_term(tag[2:]) if tag else "xsd:string")


@lru_cache(maxsize=4096)
def _compact_term(term: str) -> str:
    return _compact(text_of(term))


@lru_cache(maxsize=4096)
def _compact(iri: str) -> str:
    return KNOWN_PREFIXES.compact(iri)
