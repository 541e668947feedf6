"""Where each triple of a Turtle, TriG, N-Triples or N-Quads 1.2 text is written.

The text is known to be valid, because Oxigraph has read it before.

Grammar: https://www.w3.org/TR/rdf12-turtle/#sec-grammar-grammar,
https://www.w3.org/TR/rdf12-trig/#sec-grammar.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, Triple

from ...rdf.namespaces import RDF, TYPE
from ..shacl.result import Node
from .pairing import Candidate, Span, Spans, pair

_Token = tuple[str, int, int]

_TOKEN = re.compile(
    r"""
    [\s\ufeff]+ | \#[^\r\n]*
  | ( <<\(? | \)?>> | \{\| | \|\} | ~
    | <[^>]*>
    | \"{3}(?:[^"\\]|\\.|"{1,2}(?!"))*\"{3} | '{3}(?:[^'\\]|\\.|'{1,2}(?!'))*'{3}
    | "(?:[^"\\]|\\.)*" | '(?:[^'\\]|\\.)*'
    | \^\^ | \.[0-9]+(?:[eE][+-]?[0-9]+)? | [.;,()\[\]{}]
    | (?:[^\s<>"'()\[\]{};,\#\\.^~|]|\\.|\.(?=[^\s<>"'()\[\]{};,\#^~|]))+
    )
    """,
    re.VERBOSE | re.DOTALL,
)
_END = ("", -1, -1)
_LITERALS = (*"\"'+-.0123456789",)
_BLANK = ("_:", "[", "(", "<<", "~", "{|")
_NAMES = {"a": TYPE, "(": NamedNode(RDF + "nil")}
_REIFIES = NamedNode(RDF + "reifies")
_CLOSING = {"[": "]", "(": ")", "<<": ">>", "<<(": ")>>", "{|": "|}"}
_NO_REIFIER = frozenset(("", ".", ";", ",", "~", "{|", "|}", "]", "}", ">>"))


def find_statements(
    text: str, quads: Iterable[Quad], *, by_line: bool = False, start: int = 0
) -> Iterator[tuple[Quad, Spans]]:
    """Pair the triples of a valid text, or of what begins at an offset, with their locations.

    ``by_line`` is for N-Triples and N-Quads, where a term after the object names the graph.
    """
    found = _Walk(text, start, by_line=by_line).document()
    return pair((Candidate(spans, partial(_may_be, text, spans)) for spans in found), quads)


def _may_be(text: str, spans: Spans, quad: Quad) -> bool:
    return (
        _may_relate(text[slice(*spans.predicate)], quad.predicate)
        and _may_stand_for(text[slice(*spans.object)], quad.object)
        and _may_stand_for(text[slice(*spans.subject)], quad.subject)
    )


def _may_relate(text: str, predicate: NamedNode) -> bool:
    if text in ("<<", "~", "{|"):
        return predicate == _REIFIES
    return _may_name(text, predicate)


def _may_stand_for(text: str, term: Node) -> bool:
    """Report whether a text can be that of a term, whatever its prefix and its base are."""
    if isinstance(term, BlankNode):
        return text.startswith(_BLANK)
    if isinstance(term, Literal):
        return text.startswith(_LITERALS) or text in ("true", "false")
    if isinstance(term, Triple):
        return True  # the triple that an annotation is about can be written in three ways
    return _may_name(text, term)


def _may_name(text: str, iri: NamedNode) -> bool:
    if text in _NAMES:
        return iri == _NAMES[text]
    if text.startswith("<"):
        is_plain = "\\" not in text and not text.startswith("<.")
        return iri.value.endswith(text[1:-1]) or not is_plain
    _, colon, local = text.partition(":")
    is_name = bool(colon) and not text.startswith((*_LITERALS, "_"))
    return is_name and iri.value.endswith(local.replace("\\", ""))


@dataclass
class _Frame:
    """What is open while the text is read: a statement, or brackets with the token that opens them.

    ``terms`` are those of the triple that is being read; ``reifier`` is the location of the
    name of the reified triple.
    """

    kind: str = ""
    opening: Span = (0, 0)
    terms: list[Span] = field(default_factory=list)
    reifier: Span | None = None
    is_named: bool = False  # the object has been read

    def restart(self) -> None:
        """Begin a new statement."""
        self.terms, self.reifier, self.is_named = [], None, False


class _Walk:
    """A walk through the tokens of a text, with a stack of what is open."""

    def __init__(self, text: str, start: int, *, by_line: bool) -> None:
        self._tokens = ((m[1], *m.span(1)) for m in _TOKEN.finditer(text, start) if m[1])
        self._next: _Token = next(self._tokens, _END)
        self._open = [_Frame()]
        self._by_line = by_line

    def document(self) -> Iterator[Spans]:
        """Yield the locations of all triples."""
        while self._next[0]:
            yield from self._step()

    def _take(self) -> _Token:
        taken, self._next = self._next, next(self._tokens, _END)
        return taken

    def _step(self) -> Iterator[Spans]:
        word = self._next[0]
        frame = self._open[-1]
        if word in _CLOSING:
            yield from self._begin()
        elif word in _CLOSING.values() and word == _CLOSING.get(frame.kind):
            yield from self._end()
        elif word == "~":
            yield from self._reify(*self._reifier())
        elif word in (".", "{", "}"):
            self._take()
            frame.restart()
        elif word in (";", ","):
            self._take()
            del frame.terms[1 if word == ";" else 2 :]
            frame.reifier, frame.is_named = None, False
        elif not frame.kind and not frame.terms and self._is_directive():
            pass
        else:
            yield from self._feed(self._term())

    def _is_directive(self) -> bool:
        """Go past a directive, or the word GRAPH, if there is one."""
        word = self._next[0].lower()
        if word == "graph":
            self._take()
        elif word in ("@prefix", "prefix"):
            while not self._take()[0].startswith("<"):
                pass
        elif word in ("@base", "base", "@version", "version"):
            self._take()
            self._take()
        else:
            return False
        return True

    def _begin(self) -> Iterator[Spans]:
        kind, *span = self._take()
        opening = (span[0], span[1])
        frame = self._open[-1]
        inner = _Frame(kind, opening)
        if kind == "[":
            inner.terms = [opening]
        elif kind == "(" and len(frame.terms) == 2 and frame.kind != "(":
            yield from self._feed(opening)  # a collection is said before what is in it
        elif kind == "{|":
            if frame.reifier is None:
                yield from self._reify(opening, opening)
            inner.terms = [frame.reifier or opening]
            frame.reifier = None
        self._open.append(inner)

    def _end(self) -> Iterator[Spans]:
        _, _, end = self._take()
        inner = self._open.pop()
        whole = (inner.opening[0], end)
        if inner.kind == "[" or (
            inner.kind == "(" and not (self._open[-1].is_named and self._is_last(inner.opening))
        ):
            yield from self._feed(inner.opening)
        elif inner.kind == "<<":
            yield Spans(inner.reifier or inner.opening, inner.opening, whole)
            yield from self._feed(inner.reifier or whole)
        elif inner.kind == "<<(":
            yield from self._feed(whole)

    def _is_last(self, opening: Span) -> bool:
        """Report whether a collection was said already, as an object."""
        return self._open[-1].terms[-1] == opening

    def _reifier(self) -> tuple[Span, Span]:
        _, *span = self._take()
        sign = (span[0], span[1])
        return (sign if self._next[0] in _NO_REIFIER else self._term()), sign

    def _reify(self, name: Span, sign: Span) -> Iterator[Spans]:
        frame = self._open[-1]
        frame.reifier = name
        if frame.kind != "<<" and frame.terms:
            yield Spans(name, sign, frame.terms[-1])

    def _feed(self, span: Span) -> Iterator[Spans]:
        """Add a term to the triple that is being read."""
        frame = self._open[-1]
        if frame.kind == "(" or (frame.is_named and self._by_line):
            return
        if len(frame.terms) < 2:
            frame.terms.append(span)
            return
        frame.terms[2:] = [span]
        frame.is_named, frame.reifier = True, None
        if frame.kind not in ("<<", "<<("):
            yield Spans(frame.terms[0], frame.terms[1], span)

    def _term(self) -> Span:
        """Go past an IRI, a blank node label or a literal with its datatype or language."""
        text, start, end = self._take()
        if text.startswith(('"', "'")):
            if self._next[0] == "^^":
                self._take()
                end = self._take()[2]
            elif self._next[0].startswith("@"):
                end = self._take()[2]
        return start, end
