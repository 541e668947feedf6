"""Where the node objects of a JSON-LD text, and their properties, stand.

What a key or an address means depends on contexts, which only a JSON-LD processor understands.
So the processor is asked: it reads a copy of the document in which each node object carries
the number of its place, and small documents in which each key stands alone.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from ...rdf.namespaces import TYPE

Span = tuple[int, int]
_Token = tuple[str, int, int]
Read = Callable[[bytes], list[Quad]]

_TOKEN = re.compile(r'[\s,:]+|("(?:[^"\\]|\\.)*"|[{}\[\]]|[^\s,:{}\[\]"]+)')
_MARK = "urn:x-pariscall:place"
_KEY = "urn:x-pariscall:key:"


@dataclass
class Value:
    """A JSON value and the offsets between which it stands; members of objects have keys."""

    content: Any
    span: Span
    members: list[tuple[str, Span, Value]] = field(default_factory=list)
    items: list[Value] = field(default_factory=list)


class JsonLdLocator:
    """The places of the nodes of a valid JSON-LD text.

    ``read`` turns JSON-LD into statements; ``known`` holds the contexts that go by an address.
    """

    def __init__(self, text: str, read: Read, known: Mapping[str, Any]) -> None:
        self._read = read
        self._objects: list[Value] = []
        root = _read_value(text)
        contexts = [context for value in _walk(root) for context in _contexts(value)]
        parts = [part for context in contexts for part in _parts(context)]
        self._context = [known.get(part, part) if isinstance(part, str) else part for part in parts]
        self._keywords = _aliases(self._context)
        copy = self._marked(root)
        self._nodes: dict[object, Value] = {}
        for quad in read(json.dumps(copy).encode()):
            if quad.predicate.value == _MARK and isinstance(quad.object, Literal):
                self._add(quad.subject, self._objects[int(quad.object.value)])
        self._predicates: dict[str, NamedNode | None] = {}

    def subject(self, node: object) -> Span | None:
        """Give the place of the node object that says most about a node."""
        value = self._nodes.get(node)
        if value is None:
            return None
        ids = (m for m in value.members if self._keywords.get(m[0]) == "@id")
        named = next(ids, None)
        return (named[1][0], named[2].span[1]) if named else (value.span[0], value.span[0] + 1)

    def statement(self, node: object, predicate: NamedNode | None, term: object) -> Span | None:
        """Give the place of a value of a property, or of the first property if none is asked for."""
        nodes = [self._nodes.get(node)] if node else self._nodes.values()
        members = (member for value in nodes if value for member in value.members)
        for name, key, inner in members:
            if predicate in (self._predicate(name), None):
                said = [item.span for item in _items(inner) if _may_be(item, term)]
                if said or term is None:
                    return said[0] if said else (key[0], inner.span[1])
        return None

    def _add(self, node: object, value: Value) -> None:
        if isinstance(node, NamedNode | BlankNode):
            known = self._nodes.get(node)
            if known is None or len(known.members) < len(value.members):
                self._nodes[node] = value

    def _marked(self, value: Value) -> Any:
        """Copy a value, with a mark in each object that has an ``@id`` or a ``@type``."""
        if value.items:
            return [self._marked(item) for item in value.items]
        if not value.members:
            return value.content
        copy = {
            name: inner.content if name == "@context" else self._marked(inner)
            for name, _, inner in value.members
        }
        keywords = {self._keywords.get(name) for name in copy}
        if keywords & {"@id", "@type"} and "@value" not in keywords:
            copy[_MARK] = {"@value": str(len(self._objects))}
            self._objects.append(value)
        return copy

    def _predicate(self, key: str) -> NamedNode | None:
        """Ask the processor what predicate a key stands for."""
        if self._keywords.get(key) == "@type":
            return TYPE
        if key.startswith("@"):
            return None
        if key not in self._predicates:
            found: list[Quad] = []
            for example in ({"@id": _KEY}, _KEY, {"en": _KEY}):
                document = {"@context": self._context, "@id": _KEY + "node", key: example}
                try:
                    found = self._read(json.dumps(document).encode())
                except SyntaxError:
                    continue
                if found:
                    break
            self._predicates[key] = found[0].predicate if found else None
        return self._predicates[key]


def _read_value(text: str) -> Value:
    tokens = ((m[1], *m.span(1)) for m in _TOKEN.finditer(text) if m[1])
    return _value(next(tokens), tokens)


def _value(token: _Token, tokens: Iterator[_Token]) -> Value:
    text, start, end = token
    if text == "[":
        items = []
        while (token := next(tokens))[0] != "]":
            items.append(_value(token, tokens))
        return Value([item.content for item in items], (start, token[2]), items=items)
    if text == "{":
        members = []
        while (token := next(tokens))[0] != "}":
            members.append((json.loads(token[0]), token[1:], _value(next(tokens), tokens)))
        content = {name: value.content for name, _, value in members}
        return Value(content, (start, token[2]), members)
    return Value(json.loads(text), (start, end))


def _walk(value: Value) -> Iterator[Value]:
    yield value
    for inner in [
        *value.items,
        *(member for name, _, member in value.members if name != "@context"),
    ]:
        yield from _walk(inner)


def _contexts(value: Value) -> Iterator[Any]:
    return (inner.content for name, _, inner in value.members if name == "@context")


def _parts(context: Any) -> list[Any]:
    return context if isinstance(context, list) else [context]


def _aliases(contexts: list[Any]) -> dict[str, str]:
    """Find the names under which the contexts know the keywords."""
    aliases = {keyword: keyword for keyword in ("@id", "@type", "@value")}
    for context in contexts:
        for name, meaning in context.items() if isinstance(context, dict) else ():
            target = meaning.get("@id") if isinstance(meaning, dict) else meaning
            if target in ("@id", "@type", "@value"):
                aliases[name] = target
    return aliases


def _items(value: Value) -> Iterator[Value]:
    """Give the single values of a property: through arrays, and through maps by language."""
    if value.items:
        for item in value.items:
            yield from _items(item)
    else:
        yield value


def _may_be(item: Value, term: object) -> bool:
    if isinstance(term, Literal):
        return term.value in (item.content, json.dumps(item.content)) or any(
            term.value == inner.content for _, _, inner in item.members
        )
    if isinstance(term, NamedNode):
        said = [item.content, *(inner.content for _, _, inner in item.members)]
        return any(
            isinstance(text, str) and text and term.value.endswith(text.split(":", 1)[-1])
            for text in said
        )
    return False
