"""The neighbourhood of nodes: the descriptions that shapes may look at from them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ...rdf.blocks import Block, NeedsWholeError
from ..shacl.look.survey import Footprint
from ..shacl.look.terms import Description, Statements, is_literal
from .index import Index

NOTHING_SAID: Statements = {}
MOST_REPEATED = 20  # times that a description is needed, on average


class Neighbourhood:
    """Finds descriptions, step by step, as far as a footprint says.

    ``known`` is described anyway. ``subjects`` is the number of nodes that are described in the files.
    """

    def __init__(
        self, index: Index, footprint: Footprint, known: Mapping[str, Description], subjects: int
    ) -> None:
        self._index, self._footprint, self._known = index, footprint, known
        self._follows = footprint.followed | footprint.objects
        self._left = subjects * MOST_REPEATED

    def around(
        self,
        nodes: Iterable[str],
        statements: Statements = NOTHING_SAID,
        block: Block | None = None,
    ) -> Statements:
        """Return what else is said of some nodes, and around them; ``statements``, of a block, are at hand.

        Raises:
            NeedsWholeError: if neighbourhoods overlap so much that the whole is less.
        """
        level = set(nodes)
        found = dict(self._index.described(level - statements.keys()))
        seen, steps = set(level), 0
        while level and steps < self._footprint.depth:
            ahead = set(self._ahead(level, found, statements)) - seen
            referring = self._index.referring(level, block)
            wanted = [term for term in ahead if not is_literal(term) and term not in statements]
            reached = {**self._index.described(wanted), **referring}
            self._left -= len(reached)
            if self._left < 0:
                raise NeedsWholeError("too much is needed again and again")
            found.update((node, reached[node]) for node in reached.keys() - statements.keys())
            level = (ahead | reached.keys()) - seen
            seen |= level
            steps += 1
        return found

    def _ahead(self, level: Iterable[str], *places: Statements) -> Iterator[str]:
        for node in level:
            for place in (*places, self._known):
                said = place.get(node)
                if said is None:
                    continue
                for predicate in self._follows.intersection(said):
                    yield from said[predicate]
                if self._footprint.reads_predicates:
                    yield from said
