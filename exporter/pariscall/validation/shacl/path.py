"""Property paths: from SPARQL, as results hold them, back to the triples of SHACL.

https://www.w3.org/TR/shacl/#property-paths
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pyoxigraph import BlankNode, NamedNode, Triple

from ...rdf.namespaces import RDF, SH

Node = NamedNode | BlankNode

_TOKEN = re.compile(r"<[^>]*>|[()/|^*+?]")
_INVERSE, _ALTERNATIVE = NamedNode(SH + "inversePath"), NamedNode(SH + "alternativePath")
_REPEATED = {
    "*": NamedNode(SH + "zeroOrMorePath"),
    "+": NamedNode(SH + "oneOrMorePath"),
    "?": NamedNode(SH + "zeroOrOnePath"),
}
_FIRST, _REST, _NIL = (NamedNode(RDF + name) for name in ("first", "rest", "nil"))


class PathTriples:
    """The triples of one path; its blank nodes are labelled with a prefix and numbers."""

    def __init__(self, path: str, label: str) -> None:
        self._label = label
        self._number = 0
        self.triples: list[Triple] = []
        self.node = self._step(iter([*_TOKEN.findall(path), ""]))[0]

    def _step(self, tokens: Iterator[str]) -> tuple[Node, str]:
        """Read one step; return its node, with the token that follows it."""
        read = next(tokens)
        if read == "^":
            inner, following = self._step(tokens)
            return self._described(_INVERSE, inner), following
        if read != "(":
            return NamedNode(read[1:-1]), next(tokens)
        steps: list[Node] = []
        separator, following = "", "("
        while following != ")":
            separator = following if steps else ""
            step, following = self._step(tokens)
            steps.append(step)
        return self._repeated(self._combined(steps, separator), tokens)

    def _combined(self, steps: Sequence[Node], separator: str) -> Node:
        if len(steps) == 1:
            return steps[0]
        members = self._list(steps)
        return members if separator == "/" else self._described(_ALTERNATIVE, members)

    def _repeated(self, path: Node, tokens: Iterator[str]) -> tuple[Node, str]:
        following = next(tokens)
        if following in _REPEATED:
            return self._described(_REPEATED[following], path), next(tokens)
        return path, following

    def _list(self, members: Sequence[Node]) -> Node:
        rest: Node = _NIL
        for member in reversed(members):
            cell = self._described(_FIRST, member)
            self.triples.append(Triple(cell, _REST, rest))
            rest = cell
        return rest

    def _described(self, predicate: NamedNode, value: Node) -> BlankNode:
        """Return a new blank node with one property."""
        self._number += 1
        node = BlankNode(f"{self._label}{self._number}")
        self.triples.append(Triple(node, predicate, value))
        return node
