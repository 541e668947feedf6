"""Where the statements of an RDF file stand."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import chain

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, parse

from ...rdf.jsonld import CONTEXT_IRI, bundled_context, with_bundled_context
from ...rdf.reader import RdfFile
from ..shacl.result import Node
from .jsonld import JsonLdLocator
from .location import Location, SourceText
from .turtle import Span, Spans, find_lines, find_statements

_BY_STATEMENT = {RdfFormat.TURTLE, RdfFormat.TRIG}
_BY_LINE = {RdfFormat.N_TRIPLES, RdfFormat.N_QUADS}


class RdfFileLocator:
    """The places in one file; of RDF/XML, only the file is known."""

    def __init__(self, file: RdfFile) -> None:
        self._file = file
        self._subjects = {quad.subject for quad in file.quads}
        self._parents: dict[Node, Node] = {
            quad.object: quad.subject for quad in file.quads if isinstance(quad.object, BlankNode)
        }

    @cached_property
    def _lines(self) -> SourceText:
        return SourceText(self._file.name, self._file.text)

    @cached_property
    def _index(self) -> _Statements | JsonLdLocator | None:
        return _index(self._file)

    def subject(self, node: Node) -> Location | None:
        """Give the place where something is first said of a node."""
        if node not in self._subjects:
            return None
        span = self._index.subject(node) if self._index else None
        if span is None and node in self._parents:
            return self.subject(self._parents[node])
        return self._lines.location(*span) if span else Location(self._file.name)

    def statement(
        self, node: Node | None, predicate: NamedNode | None, term: Node | None
    ) -> Location | None:
        """Give the place of the first statement that has what is not None."""
        if node is not None and node not in self._subjects:
            return None
        span = self._index.statement(node, predicate, term) if self._index else None
        return self._lines.location(*span) if span else None


class _Statements:
    """The places of statements that were found one by one."""

    def __init__(self, found: Iterable[tuple[Quad, Spans]]) -> None:
        self._subjects: dict[object, Span] = {}
        self._statements: dict[object, list[tuple[Quad, Spans]]] = {}
        for quad, spans in found:
            self._subjects.setdefault(quad.subject, spans.subject)
            self._statements.setdefault(quad.subject, []).append((quad, spans))

    def subject(self, node: Node) -> Span | None:
        return self._subjects.get(node)

    def statement(
        self, node: Node | None, predicate: NamedNode | None, term: Node | None
    ) -> Span | None:
        every = chain(*self._statements.values())
        for quad, spans in self._statements.get(node, ()) if node else every:
            if predicate in (quad.predicate, None) and (
                term is None or _is_same(quad.object, term)
            ):
                return spans.object if term else (spans.predicate[0], spans.object[1])
        return None


def _index(file: RdfFile) -> _Statements | JsonLdLocator | None:
    if file.format.rdf in _BY_STATEMENT:
        return _Statements(find_statements(file.text, file.quads))
    if file.format.rdf in _BY_LINE:
        return _Statements(find_lines(file.text, file.quads))
    if file.format.rdf == RdfFormat.JSON_LD:
        return JsonLdLocator(file.text, _read_json_ld, {CONTEXT_IRI: bundled_context()})
    return None


def _read_json_ld(text: str) -> list[Quad]:
    return list(parse(with_bundled_context("", text), format=RdfFormat.JSON_LD))


def _is_same(said: object, term: Node) -> bool:
    """Compare terms as an Oxigraph store does, which writes language tags in lower case."""
    if isinstance(said, Literal) and isinstance(term, Literal) and said.language and term.language:
        return said.value == term.value and said.language.lower() == term.language.lower()
    return said == term
