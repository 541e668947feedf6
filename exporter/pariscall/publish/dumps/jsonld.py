"""JSON-LD, compact: plain objects under the terms of our context, nested as people read them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache, lru_cache
from json.encoder import encode_basestring as _quoted
from typing import Any, BinaryIO

from ...rdf.jsonld import bundled_context
from ...rdf.ntriples import text_of
from ...tables.document import Description, Document
from .compaction import Context, Json, Place
from .parted import Parted


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

    def objects(self, document: Document) -> Iterator[dict[str, Json]]:
        """Yield the objects of a document; an object that another refers to is nested in it."""
        seen: set[str] = set()
        for description in document.descriptions.values():
            if description.subject not in seen:
                yield self._node(description, document, seen)

    def write_object(self, node: dict[str, Json]) -> None:
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

    def _node(
        self, description: Description, document: Document, seen: set[str]
    ) -> dict[str, Json]:
        seen.add(description.subject)
        node: dict[str, Any] = {"id": f'"{text_of(description.subject)}"'}
        types: list[Json] = [self._context.type(term) for term in description.types]
        if types:
            node["type"] = types[0] if len(types) == 1 else types
        reference, descriptions = self._context.reference, document.descriptions
        for predicate, term in description.properties:
            if term[0] == "<":
                place, value = reference(predicate, term)
                if place.may_nest and term in descriptions and term not in seen:
                    value = self._node(descriptions[term], document, seen)
            else:
                place, value = self._literal(predicate, term)
            key = place.key
            if place.language:
                _add(node.setdefault(key, {}), place.language, value)
            elif key in node:
                _add(node, key, value)
            else:
                node[key] = [value] if place.container == "@set" else value
        return node

    def _literal(self, predicate: str, term: str) -> tuple[Place, Json]:
        """Return where a literal stands, and its JSON."""
        end = term.rindex('"') + 1
        place, in_json = self._context.literal(predicate, term[end:])
        text = term[:end]
        if "\\" in text:  # JSON quotes a text without escapes as N-Triples does
            text = _quoted(text_of(text))
        return place, in_json(text) if in_json else text


@cache
def _bundled() -> tuple[Context, bytes]:
    """Read our own context, and write what each file begins with; many files may be written."""
    definitions = bundled_context()
    context = json.dumps(definitions, ensure_ascii=False)
    return Context(definitions), f'{{"@context": {context},\n"@graph": ['.encode()


def to_json(node: dict[str, Json]) -> str:
    """Write an object as JSON: a key a line, lists of plain values on one line."""
    return _text(node, "\n")


def _text(value: Json, newline: str) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return f"[{', '.join([_text(item, newline) for item in value])}]"
    inner = newline + " "
    members = [
        f"{inner}{_key(key)}: {item if isinstance(item, str) else _text(item, inner)}"
        for key, item in value.items()
    ]
    return f"{{{','.join(members)}{newline}}}"


_key = lru_cache(1024)(_quoted)


def _add(node: dict[str, Any], key: str, value: Json) -> None:
    """Add a value to those that a key has already, if any."""
    if key not in node:
        node[key] = value
    elif isinstance(node[key], list):
        node[key].append(value)
    else:
        node[key] = [node[key], value]
