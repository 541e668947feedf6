"""Plain statements at the beginning of a Turtle, TriG, N-Triples or N-Quads text.

A plain statement has no brackets. Oxigraph returns the triples of plain statements in the order of
the text, so they need no pairing: the n-th that is written is the n-th that is returned. They are
only counted here, and looked at more closely when one of them is asked for.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from pyoxigraph import Quad

from .pairing import LINKS, Spans

# The tokens are those of ``turtle``. A token that has matched is never split, so nothing is tried twice.
# Groups are atomic, and not possessive: before 3.11.5, Python repeats possessive groups wrongly.
_SPACE = r"(?>(?:[\s\ufeff]+|\#[^\r\n]*)*)"
_IRI = r"<(?!<)[^>]*>"
_WORD = r"""(?!\.)(?>(?:[^\s<>"'()\[\]{};,\#\\.^~|]+|\\.|\.(?=[^\s<>"'()\[\]{};,\#^~|]))+)"""
_NAME = rf"(?>{_IRI}|{_WORD})"
_STRING = (
    r'(?>"{3}(?>(?:[^"\\]+|\\.|"{1,2}(?!"))*)"{3}' + r"|'{3}(?>(?:[^'\\]+|\\.|'{1,2}(?!'))*)'{3}"
    r'|"(?>(?:[^"\\]+|\\.)*)"' + r"|'(?>(?:[^'\\]+|\\.)*)')"
)
_OBJECT = (
    rf"(?>{_STRING}(?>(?:{_SPACE}(?:\^\^{_SPACE}{_NAME}|(?=@){_WORD}))?)"
    rf"|\.[0-9]+(?:[eE][+-]?[0-9]+)?|{_NAME})"
)
_SUBJECT = rf"""(?P<subject>(?>{_IRI}|(?=[^\s<>"'\#]*:){_WORD})){_SPACE}"""
_END = r"(?:[;,}]|\.(?![0-9]))"
_OBJECT_TO_END = rf"(?P<object>{_OBJECT}){_SPACE}{_END}"
_TO_END = rf"(?P<predicate>{_NAME}){_SPACE}{_OBJECT_TO_END}"
_DIRECTIVE = (
    rf"(?i:@?prefix(?=[\s\#]){_SPACE}{_WORD}{_SPACE}{_IRI}"
    rf"|@?(?:base|version)(?=[\s\#]){_SPACE}(?>{_IRI}|{_STRING}))(?>(?:{_SPACE}\.(?![0-9]))?)"
)
_GRAPH = rf"(?>(?:(?i:graph)(?=[\s\#<]){_SPACE})?)(?>(?:{_NAME}{_SPACE})?)\{{(?!\|)|\}}"


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(_SPACE + pattern, re.DOTALL)


# What can follow the end of a statement, a semicolon and a comma: up to the end of one triple.
_FIRST, _SECOND, _THIRD = b"spo"
_TRIPLE = {
    _FIRST: _compiled(rf"(?:{_SUBJECT}{_TO_END}|{_DIRECTIVE}|{_GRAPH})"),
    _SECOND: _compiled(rf"(?:{_TO_END}|[;}}]|\.(?![0-9]))"),
    _THIRD: _compiled(_OBJECT_TO_END),
}
_LINE = {
    _FIRST: _compiled(
        rf"(?:{_SUBJECT}(?P<predicate>{_NAME}){_SPACE}(?P<object>{_OBJECT}){_SPACE}"
        rf"(?>(?:{_NAME}{_SPACE})?)\.|{_DIRECTIVE})"
    )
}
_NEXT = {";": _SECOND, ",": _THIRD}
_REST = _compiled(r"\Z")

# Oxigraph resolves these, after which the text of an IRI need not be the end of the IRI.
_DOTS = re.compile(r"[/:]\.\.?[/>?#]")


class PlainStatements:
    """The triples of the plain statements with which a valid text begins.

    ``end`` is the offset at which the first other statement begins.
    """

    def __init__(self, text: str, quads: Sequence[Quad], *, by_line: bool = False) -> None:
        self._text = text
        self._patterns = _LINE if by_line else _TRIPLE
        self._starts: list[int] = []
        self._kinds = bytearray()
        self.end = 0
        # A collection is written in brackets, unless each of its triples is written on a line.
        most = len(quads) if by_line else _before_collections(quads)
        self._read(len(quads), most)

    def __len__(self) -> int:
        return len(self._starts)

    def spans(self, number: int) -> Spans:
        """Return the location of a triple; the first has number 0."""
        first = self._kinds.rfind(_FIRST, 0, number + 1)
        second = max(first, self._kinds.rfind(_SECOND, 0, number + 1))
        return Spans(
            self._match(first).span("subject"),
            self._match(second).span("predicate"),
            self._match(number).span("object"),
        )

    def _match(self, number: int) -> re.Match[str]:
        found = self._patterns[self._kinds[number]].match(self._text, self._starts[number])
        if found is None:
            raise AssertionError("what has matched once matches again")
        return found

    def _read(self, total: int, most: int) -> None:
        dots = _DOTS.search(self._text)
        last = dots.start() if dots else len(self._text)
        known = at = 0
        kind = _FIRST
        while found := self._patterns[kind].match(self._text, at):
            start, at = found.span()
            if found.start("object") >= 0:
                self._starts.append(start)
                self._kinds.append(kind)
            if at > last or len(self._starts) > most:
                break
            kind = _NEXT.get(self._text[at - 1], _FIRST)
            if kind == _FIRST:
                known, self.end = len(self._starts), at
        if _REST.match(self._text, self.end) and known != total:
            known = self.end = 0  # not understood: every triple would have been counted
        del self._starts[known:], self._kinds[known:]


def _before_collections(quads: Sequence[Quad]) -> int:
    return next((n for n, quad in enumerate(quads) if quad.predicate in LINKS), len(quads))
