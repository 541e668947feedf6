"""Labels of blank nodes that are the same in every run: they are numbered as they come.

A parser gives random ones, so that those of two files differ. What is asked of the nodes would
then come in another order, and with other labels, each time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import count
from typing import Any

from pyoxigraph import BlankNode, Quad, Triple


class Numbering:
    """Numbers blank nodes as they come, through as many files as are read together."""

    def __init__(self) -> None:
        self._numbers = count(1)
        self._known: dict[BlankNode, BlankNode] = {}

    def numbered(self, quads: Iterable[Quad]) -> Iterator[Quad]:
        """Yield quads with each blank node labelled by its number: ``b1``, ``b2`` and so on."""
        for quad in quads:
            terms = (quad.subject, quad.predicate, quad.object, quad.graph_name)
            is_plain = not any(isinstance(term, BlankNode | Triple) for term in terms)
            yield quad if is_plain else Quad(*map(self._numbered, terms))

    def _numbered(self, term: Any) -> Any:
        if isinstance(term, Triple):
            return Triple(*map(self._numbered, term))
        if not isinstance(term, BlankNode):
            return term
        known = self._known.get(term)
        if known is None:
            known = self._known[term] = BlankNode(f"b{next(self._numbers)}")
        return known
