"""What the graph says, thing by thing and read in both directions, for pages to show.

A predicate goes by its prefixed name, as in ``party.one("msc:country")``.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache

from pyoxigraph import Literal, NamedNode, Quad

from ...rdf.namespaces import shorten
from ..routes.pages import Location, locate

_NAMES = ("skos:prefLabel", "rdfs:label", "dcterms:title", "foaf:name")


@dataclass(frozen=True, slots=True)
class Text:
    """A literal: its text, its language if it has one, and the name of its datatype."""

    value: str
    lang: str = ""
    datatype: str = "xsd:string"


class Thing:
    """Whatever an IRI names: what is said of it, and what says something of it."""

    def __init__(self, iri: str) -> None:
        self.iri = iri
        self._said: dict[str, list[Text | Thing]] = {}
        self._mentions: dict[str, list[Thing]] = {}

    def say(self, predicate: str, value: Text | Thing) -> None:
        """Add a statement."""
        self._said.setdefault(predicate, []).append(value)
        if isinstance(value, Thing):
            value._mentions.setdefault(predicate, []).append(self)  # noqa: SLF001 the same class

    def all(self, predicate: str) -> list[Text | Thing]:
        """Give the values of a predicate."""
        return self._said.get(predicate, [])

    def one(self, predicate: str) -> Text | Thing | None:
        """Give the value of a predicate that has one at most."""
        return next(iter(self.all(predicate)), None)

    def things(self, predicate: str) -> list[Thing]:
        """Give the things that a predicate leads to."""
        return [value for value in self.all(predicate) if isinstance(value, Thing)]

    def back(self, predicate: str) -> list[Thing]:
        """Give the things from which a predicate leads here."""
        return self._mentions.get(predicate, [])

    def day(self, predicate: str) -> str:
        """Give a day, or nothing."""
        value = self.one(predicate)
        return value.value if isinstance(value, Text) else ""

    def said(self, predicate: str, lang: str) -> list[Text | Thing]:
        """Give the values for readers of a language: texts in it, or else in any."""
        values = self.all(predicate)
        best = [value for value in values if isinstance(value, Text) and value.lang == lang]
        plain = [value for value in values if isinstance(value, Thing) or not value.lang]
        return [*best, *plain] or values

    def name(self, lang: str) -> Text:
        """Give the name of the thing in a language, or else as it stands, or its short IRI."""
        for predicate in _NAMES:
            for value in self.said(predicate, lang):
                if isinstance(value, Text):
                    return value
        return Text(shorten(self.iri))

    @property
    def is_named(self) -> bool:
        """Whether a name of the thing is known."""
        return any(self.all(predicate) for predicate in _NAMES)

    @property
    def is_described(self) -> bool:
        """Whether anything is said of the thing."""
        return bool(self._said)

    @cached_property
    def types(self) -> list[str]:
        """The names of its classes."""
        return [shorten(thing.iri) for thing in self.things("rdf:type")]

    @cached_property
    def location(self) -> Location | None:
        """Where it stands on the site, if it is ours."""
        return locate(self.iri)

    @property
    def uses(self) -> int:
        """How many statements lead to the thing."""
        return sum(map(len, self._mentions.values()))

    @cached_property
    def code(self) -> str:
        """What tells it from others of its kind: the end of its IRI."""
        return self.iri.replace("#", "/").rpartition("/")[2]


class Things:
    """All things that a graph names, by IRI."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._things: dict[str, Thing] = {}
        for quad in quads:
            if isinstance(quad.subject, NamedNode):
                self._read(quad.subject, quad)

    def _read(self, subject: NamedNode, quad: Quad) -> None:
        term = quad.object
        if isinstance(term, NamedNode):
            self[subject.value].say(_short(quad.predicate.value), self[term.value])
        elif isinstance(term, Literal):
            text = Text(term.value, term.language or "", _short(term.datatype.value))
            self[subject.value].say(_short(quad.predicate.value), text)

    def __getitem__(self, iri: str) -> Thing:
        thing = self._things.get(iri)
        if thing is None:
            thing = self._things[iri] = Thing(iri)
        return thing

    def __iter__(self) -> Iterator[Thing]:
        """Give the things of which something is said, in the order of the graph."""
        return (thing for thing in self._things.values() if thing.is_described)

    def of_class(self, name: str, lang: str = "en") -> list[Thing]:
        """Give the things of a class in the order of their names."""
        return in_order((thing for thing in self if name in thing.types), lang)


def in_order(things: Iterable[Thing], lang: str) -> list[Thing]:
    """Sort by name in a language, whatever the case and the accents."""
    return sorted(things, key=lambda thing: (fold(thing.name(lang).value), thing.iri))


@lru_cache(maxsize=65536)
def fold(text: str) -> str:
    """Write a text without case, accents, and the signs that stand before its first letter."""
    letters = unicodedata.normalize("NFKD", text.casefold())
    folded = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return re.sub(r"^\W+(?=\w)", "", folded)


@lru_cache(maxsize=4096)
def _short(iri: str) -> str:
    return shorten(iri)
