"""Blank nodes, told by what is said about them, since their labels mean nothing."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from pyoxigraph import BlankNode, Literal, Quad

from .result import Node

DEPTH = 8


class BlankNodes:
    """The blank nodes of a graph by their descriptions."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self._said: dict[object, list[tuple[str, Node]]] = {}
        self._known: dict[tuple[Node, int], str] = {}
        for quad in quads:
            if isinstance(quad.subject, BlankNode):
                self._said.setdefault(quad.subject, []).append((str(quad.predicate), quad.object))
            if isinstance(quad.object, BlankNode):
                self._said.setdefault(quad.object, [])

    def describe(self, node: Node, depth: int = DEPTH) -> str:
        """Describe a node by its statements; a node that is not blank by its name.

        Each blank node is described once per depth, so the work is linear in the statements.
        """
        if not isinstance(node, BlankNode):
            return str(node).lower() if isinstance(node, Literal) and node.language else str(node)
        if depth == 0:
            return "[]"
        known = self._known.get((node, depth))
        if known is None:
            known = self._known[node, depth] = self._hash(node, depth)
        return known

    def _hash(self, node: BlankNode, depth: int) -> str:
        statements = [
            f"{predicate} {self.describe(term, depth - 1)}"
            for predicate, term in self._said.get(node, ())
        ]
        return hashlib.sha256("\n".join(sorted(statements)).encode()).hexdigest()

    def stable(self, node: Node) -> Node:
        """Give a blank node a label that depends on its description alone."""
        return BlankNode("b" + self.describe(node)[:12]) if isinstance(node, BlankNode) else node

    def by_description(self) -> dict[str, list[BlankNode]]:
        """Return the nodes of each description, in the order in which they come."""
        found: dict[str, list[BlankNode]] = {}
        for node in self._said:
            if isinstance(node, BlankNode):
                found.setdefault(self.describe(node), []).append(node)
        return found
