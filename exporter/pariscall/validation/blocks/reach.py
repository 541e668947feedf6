"""What targets can reach in blocks that were surveyed."""

from __future__ import annotations

from collections.abc import Collection

from pyoxigraph import NamedNode, Quad

from ..coverage import LINKS, Reach
from ..shacl.look.graph import quads_of
from ..shacl.look.terms import read_term, spell
from ..shacl.result import Term
from ..shacl.shapes import Shape
from .survey import BlockSurvey


class BlockReach(Reach):
    """What targets can reach in blocks, in ``own`` that counts as data, and in a context."""

    def __init__(
        self, survey: BlockSurvey, own: Collection[Quad], context: Collection[Quad]
    ) -> None:
        super().__init__([*own, *quads_of(survey.ordering)], context)
        self._survey = survey
        predicates = {quad.predicate for quad in own}
        self._predicates = predicates | {NamedNode(name[1:-1]) for name in survey.predicates}

    def reaches_any(self, shapes: Collection[Shape]) -> bool:
        """Return whether any of some shapes is about a class or a predicate of the blocks."""
        links = {t for shape in shapes for name in LINKS for t in shape.all(name)}
        named = links | {term for shape in shapes for term in shape.all("targetClass")}
        return (
            not self._predicates.isdisjoint(named)
            or not self._survey.named.isdisjoint(map(spell, named))
            or super().reaches_any(shapes)
        )

    def _types(self) -> set[object]:
        return super()._types() | set(map(read_term, self._survey.classes))

    def _is_there(self, node: Term) -> bool:
        name = spell(node)
        is_met = name in self._survey.met or name in self._survey.named
        return is_met or super()._is_there(node)
