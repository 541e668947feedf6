"""Where the node objects of a JSON-LD text, and their properties, are.

What a key or an address means depends on contexts, which only a JSON-LD processor understands.
So the processor is asked: it reads a copy of the document in which each node object carries
the number of its location, and small documents in which each key is alone.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal, InvalidOperation
from typing import Any

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from ...rdf.json_text import JsonValue, read_json
from ...rdf.namespaces import TYPE
from .pairing import Span

Read = Callable[[str], list[Quad]]

_MARK = "urn:x-pariscall:location"
_KEY = "urn:x-pariscall:key:"


class JsonLdLocator:
    """The locations of the nodes of a valid JSON-LD text.

    ``read`` turns JSON-LD into triples; ``known`` holds the contexts that go by an address.
    """

    def __init__(self, text: str, read: Read, known: Mapping[str, Any]) -> None:
        self._read = read
        root = read_json(text)
        values = list(_outside_contexts(root))
        contexts = [context.content for value in values if (context := value.member("@context"))]
        parts = [part for context in contexts for part in _parts(context)]
        self._context = [known.get(part, part) if isinstance(part, str) else part for part in parts]
        self._keywords = _aliases(self._context)
        objects = [value for value in values if self._is_node(value)]
        self._nodes: dict[object, JsonValue] = {}
        for quad in read(_marked(text, objects)):
            if quad.predicate.value == _MARK and isinstance(quad.object, Literal):
                self._add(quad.subject, objects[int(quad.object.value)])
        self._predicates: dict[str, NamedNode | None] = {}

    def subject(self, node: object) -> Span | None:
        """Return the location of the node object that says most about a node."""
        value = self._nodes.get(node)
        if value is None:
            return None
        ids = (m for m in value.members if self._keywords.get(m[0]) == "@id")
        named = next(ids, None)
        return (named[1][0], named[2].span[1]) if named else (value.span[0], value.span[0] + 1)

    def statement(self, node: object, predicate: NamedNode | None, term: object) -> Span | None:
        """Return the location of a value of a property, or of the first property if none is given."""
        nodes = [self._nodes.get(node)] if node else self._nodes.values()
        members = (member for value in nodes if value for member in value.members)
        for name, key, inner in members:
            if predicate in (self._predicate(name), None):
                said = [item.span for item in _items(inner) if _may_be(item, term)]
                if said or term is None:
                    return said[0] if said else (key[0], inner.span[1])
        return None

    def mention(self, node: object) -> Span | None:
        """Return the location where a node is named as a value."""
        return self.subject(node) or self.statement(None, None, node)

    def _add(self, node: object, value: JsonValue) -> None:
        if isinstance(node, NamedNode | BlankNode):
            known = self._nodes.get(node)
            if known is None or len(known.members) < len(value.members):
                self._nodes[node] = value

    def _is_node(self, value: JsonValue) -> bool:
        keywords = {self._keywords.get(name) for name, _, _ in value.members}
        return bool(keywords & {"@id", "@type"}) and "@value" not in keywords

    def _predicate(self, key: str) -> NamedNode | None:
        """Ask the processor what predicate a key expands to."""
        if self._keywords.get(key) == "@type":
            return TYPE
        if key.startswith("@"):
            return None
        if key not in self._predicates:
            found: list[Quad] = []
            for example in ({"@id": _KEY}, _KEY, {"en": _KEY}):
                document = {"@context": self._context, "@id": _KEY + "node", key: example}
                try:
                    found = self._read(json.dumps(document))
                except SyntaxError:
                    continue
                if found:
                    break
            self._predicates[key] = found[0].predicate if found else None
        return self._predicates[key]


def _outside_contexts(root: JsonValue) -> Iterator[JsonValue]:
    """Yield the values of a document that are in no context."""
    waiting = [root]
    while waiting:
        value = waiting.pop()
        yield value
        members = [member for name, _, member in value.members if name != "@context"]
        waiting += reversed(value.items or members)


def _marked(text: str, objects: list[JsonValue]) -> str:
    """Return a copy of a text that says in each object which of them it is."""
    parts = []
    done = 0
    for number, value in enumerate(objects):
        start = value.span[0] + 1
        parts += [text[done:start], f'"{_MARK}":{{"@value":"{number}"}},']
        done = start
    return "".join([*parts, text[done:]])


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


def _items(value: JsonValue) -> Iterator[JsonValue]:
    """Yield the single values of a property: those of an array, or itself."""
    return (item for item in value.walk() if not item.items) if value.items else iter([value])


def _may_be(item: JsonValue, term: object) -> bool:
    texts = [inner.text if inner.string is None else inner.string for inner in _scalars(item)]
    if isinstance(term, Literal):
        return term.value in texts or any(_is_number(text, term.value) for text in texts)
    if isinstance(term, NamedNode):
        return any(text and term.value.endswith(text.split(":", 1)[-1]) for text in texts)
    return False


def _scalars(item: JsonValue) -> list[JsonValue]:
    inside = [member for _, _, member in item.members] if item.is_object else [item]
    return [value for value in inside if not (value.items or value.members)]


def _is_number(text: str, lexical: str) -> bool:
    try:
        return Decimal(text) == Decimal(lexical)
    except InvalidOperation:
        return False
