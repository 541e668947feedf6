"""Where each statement of a Turtle, TriG, N-Triples or N-Quads text stands.

Oxigraph has read the text before, so it is known to be valid, and gave its statements nearly
in the order of the text. The walk through the tokens finds places in that order, without
knowing what prefixes and blank nodes stand for, and each goes to the next statement that it
can be the text of. The statements that only hold a ``( )`` together have no place.

Grammar: https://www.w3.org/TR/turtle/#sec-grammar, https://www.w3.org/TR/trig/#sec-grammar.
"""

from __future__ import annotations

import re
from collections.abc import Generator, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from pyoxigraph import BlankNode, Literal, NamedNode, Quad

from ...rdf.namespaces import RDF, TYPE
from ..shacl.result import Node

Span = tuple[int, int]
_Token = tuple[str, int, int]
_Nested = Generator["Spans", None, Span]  # gives the statements inside, returns the span

_TOKEN = re.compile(
    r"""
    [\s\ufeff]+ | \#[^\r\n]*
  | ( <[^>]*>
    | \"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*\"{3} | '{3}(?:[^'\\]|\\.|'{1,2}(?!'))*'{3}
    | "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*'
    | \^\^ | \.[0-9]+(?:[eE][+-]?[0-9]+)? | [.;,()\[\]{}]
    | (?:[^\s<>"'()\[\]{};,\#\\.^]|\\.|\.(?=[^\s<>"'()\[\]{};,\#^]))+
    )
    """,
    re.VERBOSE | re.DOTALL,
)
_END = ("", -1, -1)
_LITERALS = (*"\"'+-.0123456789",)
_NAMES = {"a": TYPE, "(": NamedNode(RDF + "nil")}
_LINKS = {NamedNode(RDF + "first"), NamedNode(RDF + "rest")}
_AHEAD = 8  # Oxigraph may give the statement around a [ ] before the last one inside


@dataclass(frozen=True)
class Spans:
    """The offsets between which subject, predicate and object of a statement stand."""

    subject: Span
    predicate: Span
    object: Span


def find_statements(text: str, quads: Iterable[Quad]) -> Iterator[tuple[Quad, Spans]]:
    """Pair the statements of a valid Turtle or TriG text with their places.

    Stops at a place that belongs to none of the statements.
    """
    statements = (quad for quad in quads if quad.predicate not in _LINKS)
    waiting = list(islice(statements, _AHEAD))
    for spans in _Walk(text).document():
        found = next((quad for quad in waiting if _may_be(text, spans, quad)), None)
        if found is None:
            return
        waiting.remove(found)
        waiting.extend(islice(statements, 1))
        yield found, spans


def find_lines(text: str, quads: Iterable[Quad]) -> Iterator[tuple[Quad, Spans]]:
    """Pair the statements of a valid N-Triples or N-Quads text with their places."""
    walk = _Walk(text)
    for quad in quads:
        yield quad, Spans(walk.term(), walk.term(), walk.term())
        while walk.take()[0] != ".":
            pass  # the graph of a quad


def _may_be(text: str, spans: Spans, quad: Quad) -> bool:
    return (
        _may_spell(text[slice(*spans.predicate)], quad.predicate)
        and _may_spell(text[slice(*spans.object)], quad.object)
        and _may_spell(text[slice(*spans.subject)], quad.subject)
    )


def _may_spell(text: str, term: Node) -> bool:
    """Tell whether a text can stand for a term, whatever its prefix and its base are."""
    if isinstance(term, BlankNode):
        return text.startswith(("_:", "[", "("))
    if isinstance(term, Literal):
        return text.startswith(_LITERALS) or text in ("true", "false")
    return isinstance(term, NamedNode) and _may_name(text, term)


def _may_name(text: str, iri: NamedNode) -> bool:
    if text in _NAMES:
        return iri == _NAMES[text]
    if text.startswith("<"):
        is_plain = "\\" not in text and not text.startswith("<.")
        return iri.value.endswith(text[1:-1]) or not is_plain
    _, colon, local = text.partition(":")
    is_name = bool(colon) and not text.startswith((*_LITERALS, "_"))
    return is_name and iri.value.endswith(local.replace("\\", ""))


class _Walk:
    """A walk through the tokens of a text; each method goes past what it is named after."""

    def __init__(self, text: str) -> None:
        self._tokens = ((m[1], *m.span(1)) for m in _TOKEN.finditer(text) if m[1])
        self.next: _Token = next(self._tokens, _END)

    def take(self) -> _Token:
        """Go past one token."""
        taken, self.next = self.next, next(self._tokens, _END)
        return taken

    def document(self) -> Iterator[Spans]:
        while self.next[0]:
            word = self.next[0].lower()
            if word in ("@prefix", "prefix", "@base", "base"):
                while not self.take()[0].startswith("<"):
                    pass
            elif word in ("graph", ".", "{", "}"):
                self.take()
            else:
                yield from self._block()

    def _block(self) -> Iterator[Spans]:
        """Go past a subject and all that is said about it, or past the name of a graph."""
        subject = yield from self._node()
        if self.next[0] not in (".", "{", "}"):
            yield from self._properties(subject)

    def _properties(self, subject: Span) -> Iterator[Spans]:
        while self.next[0] not in ("", ".", "]", "}"):
            predicate = self.term()
            yield from self._objects(subject, predicate)
            while self.next[0] == ";":
                self.take()

    def _objects(self, subject: Span, predicate: Span) -> Iterator[Spans]:
        while True:
            if self.next[0] == "(":  # a collection is said before what is in it
                yield Spans(subject, predicate, self.next[1:])
                yield from self._node()
            else:
                value = yield from self._node()
                yield Spans(subject, predicate, value)
            if self.next[0] != ",":
                return
            self.take()

    def _node(self) -> _Nested:
        opening = self.next
        if opening[0] == "[":
            self.take()
            yield from self._properties(opening[1:])
            self.take()
        elif opening[0] == "(":
            self.take()
            while self.next[0] != ")":
                yield from self._node()
            self.take()
        else:
            return self.term()
        return opening[1:]

    def term(self) -> Span:
        """Go past an IRI, a blank node label or a literal with its datatype or language."""
        text, start, end = self.take()
        if text.startswith(('"', "'")):
            if self.next[0] == "^^":
                self.take()
                end = self.take()[2]
            elif self.next[0].startswith("@"):
                end = self.take()[2]
        return start, end
