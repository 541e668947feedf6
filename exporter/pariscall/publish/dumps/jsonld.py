"""JSON-LD, compact: plain objects under the terms of our context, nested as people read them.

Compaction (https://www.w3.org/TR/json-ld11-api/#compaction) of one document at a time, for
the features that our context uses: prefixes, type coercion, scoped ``@vocab`` and the
containers ``@language`` and ``@set``. A value without a fitting term is written in full.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from json.encoder import encode_basestring as _quoted
from typing import Any, BinaryIO

from ...rdf.jsonld import bundled_context
from ...rdf.namespaces import XSD
from ...rdf.ntriples import is_iri, tag_of, text_of
from ...rdf.prefixes import Prefixes
from ...tables.document import Description, Document
from .parted import Parted

_STRING = XSD + "string"
_INTEGER = XSD + "integer"


@dataclass(frozen=True)
class _TermDefinition:
    name: str
    type: str | None
    vocab: str | None
    container: str | None

    def fits(self, value: str) -> bool:
        if is_iri(value):
            if self.type == "@vocab":
                return value.startswith(self.vocab or "", 1)
            return self.type == "@id"
        tag = tag_of(value)
        if tag.startswith("@"):
            return self.container == "@language"
        return self.container != "@language" and (self.type or _STRING) == (tag[3:-1] or _STRING)


class Context:
    """A JSON-LD context, read for compaction."""

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

    def _read(self, name: str, definition: str | dict[str, Any]) -> tuple[str, _TermDefinition]:
        if isinstance(definition, str):
            return self._prefixes.expand(definition), _TermDefinition(name, None, None, None)
        vocab = definition.get("@context", {}).get("@vocab")
        datatype = self._prefixes.expand(definition["@type"]) if "@type" in definition else None
        term = _TermDefinition(name, datatype, vocab, definition.get("@container"))
        return self._prefixes.expand(definition["@id"]), term

    def compact(self, iri: str) -> str:
        """Write an IRI as a term or prefixed name, or in full."""
        for term in self._terms.get(iri, ()):
            if term.type is None and term.container is None:
                return term.name
        return self.compact_reference(iri)

    def compact_reference(self, iri: str) -> str:
        """Write an IRI in a place where terms are not looked up."""
        found = self._prefixes.split(iri)
        return ":".join(found) if found and found[1] else iri

    def term(self, predicate: str, value: str) -> _TermDefinition | None:
        """Find the term for a predicate whose coercion gives this very value, as N-Triples spells it."""
        for term in self._terms.get(predicate, ()):
            if term.fits(value):
                return term
        return None


class JsonLdWriter(Parted):
    """Writes https://www.w3.org/TR/json-ld11/ with the context inline, so that nothing is fetched."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._context, head = _bundled()
        self._file.write(head)
        self._separator = "\n"

    def write(self, document: Document) -> None:
        """Write the objects of a document."""
        for node in self.objects(document):
            self.write_object(node)

    def objects(self, document: Document) -> Iterator[dict[str, Any]]:
        """Yield the objects of a document; an object that another refers to is nested in it."""
        seen: set[str] = set()
        for description in document.descriptions.values():
            if description.subject not in seen:
                yield self._node(description, document, seen)

    def write_object(self, node: dict[str, Any]) -> None:
        """Write one object."""
        self._file.write(f"{self._separator}{to_json(node)}".encode())
        self._separator = ",\n"

    def append(self, part: BinaryIO, kept: str) -> None:
        """Write the objects of a part, with a comma between them and those before."""
        first = part.read(1)
        if first:
            self._file.write(self._separator.encode())
            super().append(part, kept)
            self._separator = ",\n"

    def close(self) -> None:
        """Close the list of objects."""
        self._file.write(b"\n]}\n")

    def _node(self, description: Description, document: Document, seen: set[str]) -> dict[str, Any]:
        seen.add(description.subject)
        node: dict[str, Any] = {"id": text_of(description.subject)}
        types = [self._context.compact(text_of(term)) for term in description.types]
        if types:
            node["type"] = types[0] if len(types) == 1 else types
        for predicate, value in description.properties:
            iri = text_of(predicate)
            term = self._context.term(iri, value)
            inner = document.descriptions.get(value)
            if inner and inner.subject not in seen and term and term.type == "@id":
                _add(node, term.name, self._node(inner, document, seen), term.container)
            elif term is None:
                _add(node, self._context.compact_reference(iri), _in_full(value), None)
            elif term.container == "@language":
                _add(node.setdefault(term.name, {}), tag_of(value)[1:], text_of(value), None)
            else:
                _add(node, term.name, self._coerced(value, term), term.container)
        return node

    def _coerced(self, value: str, term: _TermDefinition) -> str | int:
        text = text_of(value)
        if is_iri(value):
            if term.vocab:
                return text.removeprefix(term.vocab)
            return self._context.compact_reference(text)
        return int(text) if term.type == _INTEGER else text


@cache
def _bundled() -> tuple[Context, bytes]:
    """Read our own context, and write what each file begins with; many files may be written."""
    definitions = bundled_context()
    context = json.dumps(definitions, ensure_ascii=False)
    return Context(definitions), f'{{"@context": {context},\n"@graph": ['.encode()


def to_json(node: dict[str, Any]) -> str:
    """Write an object as JSON: a key a line, lists of plain values on one line."""
    return _text(node, "\n")


def _text(value: Any, newline: str) -> str:
    if isinstance(value, str):
        return _quoted(value)
    if isinstance(value, dict):
        inner = newline + " "
        members = [f"{inner}{_quoted(key)}: {_text(item, inner)}" for key, item in value.items()]
        return f"{{{','.join(members)}{newline}}}"
    if isinstance(value, list):
        return f"[{', '.join([_text(item, newline) for item in value])}]"
    return str(value)


def _in_full(value: str) -> str | dict[str, str]:
    text = text_of(value)
    if is_iri(value):
        return {"@id": text}
    tag = tag_of(value)
    if tag.startswith("@"):
        return {"@value": text, "@language": tag[1:]}
    return {"@value": text, "@type": tag[3:-1]} if tag else text


def _add(node: dict[str, Any], key: str, value: Any, container: str | None) -> None:
    if key not in node:
        node[key] = [value] if container == "@set" else value
    elif isinstance(node[key], list):
        node[key].append(value)
    else:
        node[key] = [node[key], value]
