"""Where the triples of an RDF file are written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from ...rdf.jsonld import with_bundled_context
from ...rdf.reader import RdfFile
from ..shacl.result import Node
from .location import Location, SourceText
from .pairing import Span, Spans

if TYPE_CHECKING:
    from .jsonld import JsonLdLocator

_BY_LINE = {RdfFormat.N_TRIPLES, RdfFormat.N_QUADS}


class RdfFileLocator:
    """The locations in one file."""

    def __init__(self, file: RdfFile) -> None:
        self._file = file
        self._known: dict[Node, Span | None] = {}

    def subject(self, node: Node) -> Location | None:
        """Return the location where something is first said of a node, or of what it belongs to."""
        if node not in self._subjects:
            return None
        span = self._span(node)
        return self._lines.location(*span) if span else Location(self._file.name)

    def _span(self, node: Node) -> Span | None:
        """Find a node or what it belongs to, once for all nodes between them, as in a long list."""
        passed: dict[Node, None] = {}
        span = None
        while node not in passed:
            if node in self._known:
                span = self._known[node]
                break
            passed[node] = None
            if span := self._index.subject(node):
                break
            node = self._parents.get(node, node)
        self._known |= dict.fromkeys(passed, span)
        return span

    def statement(
        self, node: Node | None, predicate: NamedNode | None, term: Node | None
    ) -> Location | None:
        """Return the location of the first triple that has what is not None."""
        if node is not None and node not in self._subjects:
            return None
        span = self._index.statement(node, predicate, term)
        return self._lines.location(*span) if span else None

    def mention(self, node: Node) -> Location | None:
        """Return the location where a node is first named as an object."""
        if node not in self._objects:
            return None
        span = self._index.mention(node)
        return self._lines.location(*span) if span else Location(self._file.name)

    @cached_property
    def _subjects(self) -> set[Node]:
        return {quad.subject for quad in self._file.quads}

    @cached_property
    def _parents(self) -> dict[Node, Node]:
        return {
            quad.object: quad.subject
            for quad in self._file.quads
            if isinstance(quad.object, BlankNode)
        }

    @cached_property
    def _lines(self) -> SourceText:
        return SourceText(self._file.name, self._file.text)

    @cached_property
    def _index(self) -> _Statements | JsonLdLocator:
        return _index(self._file)

    @cached_property
    def _objects(self) -> set[Node]:
        return {quad.object for quad in self._file.quads}


class _Statements:
    """The triples that were located, and a function that returns the location of the n-th."""

    def __init__(self, quads: Sequence[Quad], spans: Callable[[int], Spans]) -> None:
        self._quads = quads
        self._spans = spans
        self._numbers: dict[object, list[int]] = {}
        for number, quad in enumerate(quads):
            self._numbers.setdefault(quad.subject, []).append(number)

    def subject(self, node: Node) -> Span | None:
        numbers = self._numbers.get(node)
        return self._spans(numbers[0]).subject if numbers else None

    def mention(self, node: Node) -> Span | None:
        number = self._mentions.get(node)
        return None if number is None else self._spans(number).object

    def statement(
        self, node: Node | None, predicate: NamedNode | None, term: Node | None
    ) -> Span | None:
        every = chain(*self._numbers.values())
        for number in self._numbers.get(node, ()) if node else every:
            quad = self._quads[number]
            if predicate in (quad.predicate, None) and (
                term is None or _is_same(quad.object, term)
            ):
                spans = self._spans(number)
                return spans.object if term else (spans.predicate[0], spans.object[1])
        return None

    @cached_property
    def _mentions(self) -> dict[object, int]:
        mentions: dict[object, int] = {}
        for number, quad in enumerate(self._quads):
            mentions.setdefault(quad.object, number)
        return mentions


def _index(file: RdfFile) -> _Statements | JsonLdLocator:
    """Find the triples in a file, by what is imported for its format; few files are ever asked."""
    if file.format.rdf == RdfFormat.JSON_LD:
        from .jsonld import JsonLdLocator

        return JsonLdLocator(file.text, file.quads, _read_json_ld)
    if file.format.rdf == RdfFormat.RDF_XML:
        from .rdfxml import find_elements

        found = list(find_elements(file.text, file.quads))
        return _Statements([quad for quad, _ in found], lambda number: found[number][1])
    return _statements(file)


def _statements(file: RdfFile) -> _Statements:
    """Count the plain statements with which a file begins, and walk through the rest of it."""
    from .plain import PlainStatements
    from .turtle import find_statements

    by_line = file.format.rdf in _BY_LINE
    plain = PlainStatements(file.text, file.quads, by_line=by_line)
    count = len(plain)
    rest = list(find_statements(file.text, file.quads[count:], by_line=by_line, start=plain.end))
    return _Statements(
        [*file.quads[:count], *(quad for quad, _ in rest)],
        lambda number: plain.spans(number) if number < count else rest[number - count][1],
    )


def _read_json_ld(text: str) -> list[Quad]:
    return list(parse(with_bundled_context("", text), format=RdfFormat.JSON_LD))


def _is_same(said: object, term: Node) -> bool:
    """Compare terms as an Oxigraph store does, which writes language tags in lower case."""
    if isinstance(said, Literal) and isinstance(term, Literal) and said.language and term.language:
        return said.value == term.value and said.language.lower() == term.language.lower()
    return said == term
