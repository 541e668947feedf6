"""Compaction: under which term of a JSON-LD context a statement stands, and as what.

Compaction (https://www.w3.org/TR/json-ld11-api/#compaction) for the features that our context
uses: prefixes, type coercion, scoped ``@vocab`` and the containers ``@language`` and ``@set``.
A value without a fitting term is written in full. Statements are terms as N-Triples spells them.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from json.encoder import encode_basestring as _quoted
from typing import Any

from ...rdf.namespaces import XSD
from ...rdf.prefixes import Prefixes

# An object, a list, or any other value, which is written as JSON already.
Json = str | list[Any] | dict[str, Any]

# Makes the value of a text that is JSON; None for the text itself.
InJson = Callable[[str], Json] | None

_STRING = XSD + "string"
_INTEGER = XSD + "integer"


@dataclass(frozen=True)
class Place:
    """Where a value stands in an object: its key, and the container there if it needs one.

    In a map of languages, ``language`` is the key of the value. ``may_nest`` is whether the value is
    a reference in whose place the object itself may stand.
    """

    key: str
    container: str | None = None
    language: str = ""
    may_nest: bool = False


@dataclass(frozen=True)
class _TermDefinition:
    name: str
    type: str | None
    vocab: str | None
    container: str | None
    place: Place

    def fits_iri(self, iri: str) -> bool:
        if self.type == "@vocab":
            return iri.startswith(self.vocab or "")
        return self.type == "@id"

    def fits_literal(self, tag: str) -> bool:
        if tag.startswith("@"):
            return self.container == "@language"
        return self.container != "@language" and (self.type or _STRING) == (tag[3:-1] or _STRING)


class Context:
    """A JSON-LD context, read for compaction. What it says of equal terms is found once."""

    reference: Callable[[str, str], tuple[Place, Json]]
    """Return where the value of a predicate stands that is an IRI, and its JSON."""

    literal: Callable[[str, str], tuple[Place, InJson]]
    """Return where literals of a language or datatype stand, and how their texts are written."""

    def __init__(self, definitions: dict[str, Any]) -> None:
        self._definitions = definitions
        namespaces = {
            name: iri
            for name, iri in definitions.items()
            if isinstance(iri, str) and iri.endswith(("#", "/"))
        }
        self._prefixes = Prefixes(namespaces)
        self._terms: dict[str, list[_TermDefinition]] = {}
        for name, definition in definitions.items():
            if not name.startswith("@") and name not in namespaces:
                iri, term = self._read(name, definition)
                self._terms.setdefault(iri, []).append(term)
        self.reference = lru_cache(65536)(self._reference)
        self.type = lru_cache(1024)(self._type)
        self.literal = lru_cache(1024)(self._literal)

    def _read(self, name: str, definition: str | dict[str, Any]) -> tuple[str, _TermDefinition]:
        if isinstance(definition, str):
            definition = {"@id": definition}
        vocab = definition.get("@context", {}).get("@vocab")
        datatype = self._prefixes.expand(definition["@type"]) if "@type" in definition else None
        container = definition.get("@container")
        place = Place(name, container, may_nest=datatype == "@id")
        term = _TermDefinition(name, datatype, vocab, container, place)
        return self._prefixes.expand(definition["@id"]), term

    def _type(self, term: str) -> str:
        """Return a class as JSON: a term or prefixed name, or in full."""
        iri = term[1:-1]
        for known in self._terms.get(iri, ()):
            if known.type is None and known.container is None:
                return _quoted(known.name)
        return _quoted(self._compact(iri))

    def _reference(self, predicate: str, value: str) -> tuple[Place, Json]:
        iri = value[1:-1]
        for term in self._terms.get(predicate[1:-1], ()):
            if term.fits_iri(iri):
                text = iri.removeprefix(term.vocab) if term.vocab else self._compact(iri)
                return term.place, f'"{text}"'
        return self._unnamed(predicate), {"@id": f'"{iri}"'}

    def _literal(self, predicate: str, tag: str) -> tuple[Place, InJson]:
        for term in self._terms.get(predicate[1:-1], ()):
            if term.fits_literal(tag):
                if term.container == "@language":
                    return Place(term.name, language=tag[1:]), None
                return term.place, _number if term.type == _INTEGER else None
        return self._unnamed(predicate), _in_full(tag)

    def _unnamed(self, predicate: str) -> Place:
        return Place(self._compact(predicate[1:-1]))

    def _compact(self, iri: str) -> str:
        """Write an IRI in a place where terms are not looked up."""
        found = self._prefixes.split(iri)
        return ":".join(found) if found and found[1] else iri


def _number(text: str) -> str:
    return str(int(text[1:-1]))


def _in_full(tag: str) -> InJson:
    if not tag:
        return None
    name, said = ("@language", tag[1:]) if tag.startswith("@") else ("@type", tag[3:-1])
    return lambda text: {"@value": text, name: _quoted(said)}
