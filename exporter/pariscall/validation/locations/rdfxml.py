"""Where each triple of an RDF/XML text is written.

The text is known to be valid, and its entities to be harmless, because it was read before.

Grammar: https://www.w3.org/TR/rdf12-xml/#section-Infoset-Grammar.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import accumulate
from xml.parsers import expat

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from ...rdf.namespaces import RDF, TYPE
from ..shacl.result import Node
from .pairing import Candidate, Span, Spans, pair

_TAG = re.compile(r"""<(?:[^>"']|"[^"]*"|'[^']*')*>""")
_ATTRIBUTE = r"""(?<=[\s"'])(?:[^\s"'=:]+:)?{}\s*=\s*("[^"]*"|'[^']*')"""
_NAMESPACE = RDF + " "
_SYNTAX = frozenset(
    _NAMESPACE + name for name in ("about", "ID", "nodeID", "resource", "datatype", "parseType")
)

_REIFYING = {TYPE, *(NamedNode(RDF + name) for name in ("subject", "predicate", "object"))}

_Term = Callable[[Node], bool]


def find_elements(text: str, quads: Iterable[Quad]) -> Iterator[tuple[Quad, Spans]]:
    """Pair the triples of a valid RDF/XML text with their locations."""
    return pair(_Elements(text).candidates, quads)


@dataclass
class _Element:
    """An element that is open: a node, a property, or what is in neither.

    ``subject`` and ``span`` are those of the node, or of the node that a property belongs to;
    ``object`` is what a property was found to lead to, ``statement`` the name it is given.
    """

    kind: str
    subject: _Term
    span: Span
    name: Span = (0, 0)
    predicate: _Term | None = None
    object: tuple[_Term, Span] | None = None
    tag_end: int = 0
    is_collection: bool = False
    statement: tuple[_Term, Span] | None = None


class _Elements:
    """The elements of a text, from which the locations of its triples follow."""

    def __init__(self, text: str) -> None:
        self.candidates: list[Candidate] = []
        self._text = text
        self._content = text.encode()
        self._lines = _line_starts(text)
        self._open: list[_Element] = []
        self._literal = 0  # how deep in an XML literal
        self._characters: list[str] = []
        self._parser = expat.ParserCreate("utf-8", " ")
        self._parser.buffer_text = True
        self._parser.specified_attributes = True  # RDF reads no defaults of a document type
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.CharacterDataHandler = self._characters.append
        self._parser.Parse(self._content, True)  # noqa: FBT003 expat names no argument

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._characters.clear()
        if self._literal:
            self._literal += 1
            return
        tag = _TAG.match(self._text, self._offset())
        if tag is None:
            raise AssertionError("an element begins with a tag, for entities hold none")
        around = self._open[-1] if self._open else None
        if name == _NAMESPACE + "RDF" and around is None:
            self._open.append(_Element("root", _is_blank, tag.span()))
        elif around is not None and around.kind == "node":
            self._property(around, name, attributes, tag)
        else:
            self._node(around, name, attributes, tag)

    def _end(self, _name: str) -> None:
        if self._literal > 1:
            self._literal -= 1
            return
        self._literal = 0
        closed = self._open.pop()
        if closed.kind == "property" and closed.predicate:
            text = "".join(self._characters)
            end = max(self._offset(), closed.tag_end)
            found = closed.object or (partial(_has_value, text), (closed.tag_end, end))
            self._add(closed.subject, closed.span, closed.predicate, closed.name, *found)
            if closed.statement:  # rdf:ID, which reifies by four triples
                name, span = closed.statement
                for _ in range(4):
                    self._add(name, span, _is_reifying, span, _is_any, span)
        self._characters.clear()

    def _node(
        self, around: _Element | None, name: str, attributes: dict[str, str], tag: re.Match[str]
    ) -> None:
        subject, span = self._named(attributes, tag)
        if around is not None and around.kind == "property" and not around.is_collection:
            around.object = (subject, span)
        self._open.append(_Element("node", subject, span))
        if name != _NAMESPACE + "Description":
            self._add(subject, span, _is(TYPE), _name_of(tag), _is(_iri(name)), _name_of(tag))
        self._attributes(subject, span, attributes, tag)

    def _property(
        self, node: _Element, name: str, attributes: dict[str, str], tag: re.Match[str]
    ) -> None:
        is_item = name == _NAMESPACE + "li"
        predicate = _is_item if is_item else _is(_iri(name))
        opened = _Element(
            "property", node.subject, node.span, _name_of(tag), predicate, None, tag.end()
        )
        kind = attributes.get(_NAMESPACE + "parseType")
        resource = self._resource(attributes, tag)
        if kind == "Resource":
            span = _name_of(tag)
            self._add(node.subject, node.span, predicate, span, _is_blank, span)
            opened = _Element("node", _is_blank, span)
        elif kind == "Collection":
            opened.object, opened.is_collection = (_is_list, tag.span()), True
        elif kind is not None:
            opened.object = (_is_literal, (tag.end(), tag.end()))
            self._literal = 1
        elif resource:
            opened.object = resource
            self._attributes(*resource, attributes, tag)
        elif attributes.keys() - _SYNTAX:
            opened.object = (_is_blank, _name_of(tag))
            self._attributes(*opened.object, attributes, tag)
        if identifier := attributes.get(_NAMESPACE + "ID"):
            opened.statement = (
                partial(_ends_with, f"#{identifier}"),
                _attribute(tag, "ID") or tag.span(),
            )
        self._open.append(opened)

    def _attributes(
        self, subject: _Term, span: Span, attributes: dict[str, str], tag: re.Match[str]
    ) -> None:
        for name, value in attributes.items():
            if name not in _SYNTAX and " " in name and not name.startswith("http://www.w3.org/XML"):
                is_type = name == _NAMESPACE + "type"
                found = partial(_ends_with, value) if is_type else partial(_has_value, value)
                span = _attribute(tag, name.rpartition(" ")[2]) or tag.span()
                self._add(subject, span, _is(_iri(name)), span, found, span)

    def _named(self, attributes: dict[str, str], tag: re.Match[str]) -> tuple[_Term, Span]:
        """Return what the subject of a node is, and where it is named."""
        for key, suffix in (("about", ""), ("ID", "#")):
            if (value := attributes.get(_NAMESPACE + key)) is not None:
                return partial(_ends_with, suffix + value), _attribute(tag, key) or _name_of(tag)
        return _is_blank, _attribute(tag, "nodeID") or _name_of(tag)

    def _resource(
        self, attributes: dict[str, str], tag: re.Match[str]
    ) -> tuple[_Term, Span] | None:
        if (value := attributes.get(_NAMESPACE + "resource")) is not None:
            return partial(_ends_with, value), _attribute(tag, "resource") or tag.span()
        if _NAMESPACE + "nodeID" in attributes:
            return _is_blank, _attribute(tag, "nodeID") or tag.span()
        return None

    def _add(  # noqa: PLR0913, PLR0917 three terms and three locations
        self, subject: _Term, at: Span, predicate: _Term, name: Span, term: _Term, value: Span
    ) -> None:
        def may_be(quad: Quad) -> bool:
            return predicate(quad.predicate) and term(quad.object) and subject(quad.subject)

        self.candidates.append(Candidate(Spans(at, name, value), may_be))

    def _offset(self) -> int:
        """Return the offset in characters of where the parser is."""
        at = self._parser.CurrentByteIndex
        line = bisect_right(self._lines[1], at) - 1
        start = self._lines[1][line]
        return self._lines[0][line] + len(self._content[start:at].decode())


def _line_starts(text: str) -> tuple[list[int], list[int]]:
    """Return the offsets at which lines start, in characters and in bytes."""
    lines = text.split("\n")
    characters = accumulate((len(line) + 1 for line in lines), initial=0)
    content = accumulate((len(line.encode()) + 1 for line in lines), initial=0)
    return list(characters), list(content)


def _name_of(tag: re.Match[str]) -> Span:
    found = re.match(r"<[^\s/>]+", tag[0])
    return tag.start() + 1, tag.start() + (found.end() if found else 2)


def _attribute(tag: re.Match[str], local: str) -> Span | None:
    """Return the location of the value of an attribute, without its quotation marks."""
    found = re.search(_ATTRIBUTE.format(re.escape(local)), tag[0])
    return (tag.start() + found.start(1) + 1, tag.start() + found.end(1) - 1) if found else None


def _iri(name: str) -> str:
    return name.replace(" ", "", 1)


def _is(iri: str | NamedNode) -> _Term:
    return partial(_equals, iri if isinstance(iri, NamedNode) else NamedNode(iri))


def _equals(iri: NamedNode, term: Node) -> bool:
    return term == iri


def _ends_with(text: str, term: Node) -> bool:
    is_relative = text.startswith(".") or not text
    return isinstance(term, NamedNode) and (is_relative or term.value.endswith(text))


def _has_value(text: str, term: Node) -> bool:
    return isinstance(term, Literal) and term.value == text


def _is_literal(term: Node) -> bool:
    return isinstance(term, Literal)


def _is_blank(term: Node) -> bool:
    return isinstance(term, BlankNode)


def _is_list(term: Node) -> bool:
    return isinstance(term, BlankNode) or term == NamedNode(RDF + "nil")


def _is_reifying(term: Node) -> bool:
    return term in _REIFYING


def _is_any(_term: Node) -> bool:
    return True


def _is_item(term: Node) -> bool:
    return isinstance(term, NamedNode) and term.value.startswith(RDF + "_")
