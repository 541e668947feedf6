"""Where the node objects of a JSON-LD text, and their properties, are.

Which node an object is about, only a JSON-LD processor knows. So it reads a copy of the document
in which each node object carries the number of its location. The copy has the same triples in the
same order, which tells what its blank nodes are in the document.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal, InvalidOperation

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from ...rdf.json_text import JsonValue
from ..unmapped import NodeObject, node_objects
from .pairing import Span

Read = Callable[[str], list[Quad]]

_MARK = "x-pariscall-location:"  # the scheme is no term of a context


class JsonLdLocator:
    """The locations of the nodes of a valid JSON-LD text.

    ``quads`` are those that the text was read as, and ``read`` turns JSON-LD into triples.
    """

    def __init__(self, text: str, quads: Sequence[Quad], read: Read) -> None:
        objects = node_objects(text)
        self._nodes: dict[object, NodeObject] = {}
        marked = read(_marked(text, objects))
        originals = _blank_nodes(marked, quads)
        for quad in marked:
            if quad.predicate.value == _MARK and isinstance(quad.object, Literal):
                subject = originals.get(quad.subject, quad.subject)
                self._add(subject, objects[int(quad.object.value)])

    def subject(self, node: object) -> Span | None:
        """Return the location of the node object that says most about a node."""
        found = self._nodes.get(node)
        if found is None:
            return None
        start = found.value.span[0]
        return found.identifier or (start, start + 1)

    def statement(self, node: object, predicate: NamedNode | None, term: object) -> Span | None:
        """Return the location of a value of a property, or of the first property if none is given."""
        nodes = [self._nodes.get(node)] if node else self._nodes.values()
        fitting = [
            property_
            for found in nodes
            if found
            for property_ in found.properties
            if predicate is None or predicate.value == property_.predicate
        ]
        for property_ in fitting:
            for value in property_.values:
                for item in _items(value):
                    if term is None:
                        return property_.span[0], value.span[1]
                    if _may_be(item, term):
                        return item.span
        # A value can be written in a form of its own, such as JSON.
        written = (value.span for property_ in fitting for value in property_.values)
        return next(written, None) if predicate and node else None

    def mention(self, node: object) -> Span | None:
        """Return the location where a node is named as a value."""
        return self.subject(node) or self.statement(None, None, node)

    def _add(self, node: object, found: NodeObject) -> None:
        known = self._nodes.get(node)
        if known is None or len(known.value.members) < len(found.value.members):
            self._nodes[node] = found


def _blank_nodes(marked: Sequence[Quad], quads: Sequence[Quad]) -> dict[object, BlankNode]:
    """Return the blank nodes of the document by those of its marked copy."""
    plain = [quad for quad in marked if quad.predicate.value != _MARK]
    return {
        copy: original
        for one, other in zip(plain, quads, strict=False)
        for copy, original in ((one.subject, other.subject), (one.object, other.object))
        if isinstance(copy, BlankNode) and isinstance(original, BlankNode)
    }


def _marked(text: str, objects: Sequence[NodeObject]) -> str:
    """Return a copy of a text that says in each object which of them it is."""
    parts = []
    done = 0
    for number, found in enumerate(objects):
        start = found.value.span[0] + 1
        parts += [text[done:start], f'"{_MARK}":{{"@value":"{number}"}},']
        done = start
    return "".join([*parts, text[done:]])


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
