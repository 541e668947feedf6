"""The judge of blocks: each goes past the look with its neighbourhood, and what stops there to the engine."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain

from pyoxigraph import Quad

from ...rdf.blocks import BlockFile, NeedsWholeError
from ..shacl.look.graph import quads_of, spelled
from ..shacl.look.plan import Pair
from ..shacl.look.terms import Statements
from ..shacl.look.view import SUBCLASS
from ..shacl.oxigraph import OxigraphEngine
from ..shacl.respelling import Respelling
from ..shacl.result import ValidationResult
from .index import Index
from .neighbourhood import Neighbourhood
from .statements import statements_of
from .survey import BlockSurvey


class BlockJudge:
    """Judges the blocks of files that were surveyed, together with a context that all are read with."""

    def __init__(
        self,
        engine: OxigraphEngine,
        files: Sequence[BlockFile],
        index: Index,
        survey: BlockSurvey,
        context: Sequence[Quad],
    ) -> None:
        self._engine, self._files = engine, files
        self._context = spelled(context)
        self._look = look = engine.look(is_streaming=True)
        self._queries = engine.with_queries
        self._judged_pairs: set[Pair] = set()
        self._has_queried = False
        footprint = look.footprint()
        self._neighbourhood = Neighbourhood(index, footprint, look.view.said, survey.subjects)
        look.add(self._context)
        look.add(survey.ordering)
        look.add(self._neighbourhood.around(footprint.named | footprint.constants))

    def judge(self) -> list[ValidationResult]:
        """Return the results of all blocks, and of the context.

        Raises:
            NeedsWholeError: if a query may find something that only the whole can tell.
        """
        around = self._neighbourhood.around
        found = self._judged(self._context, around(self._context), self._look.failing_named())
        for file in self._files:
            for block in file.blocks():
                statements = statements_of(file.triples(block.text))
                shown = {**around(statements, statements, block), **statements}
                found += self._judged(statements, shown)
        if self._has_queried and self._is_respelled():
            raise NeedsWholeError("a query, and literals that a store does not keep as written")
        return found

    def _judged(
        self, judged: Statements, shown: Statements, named: Iterable[Pair] = ()
    ) -> list[ValidationResult]:
        """Return the results of nodes, where what is shown is known besides what is always known."""
        look = self._look
        # What orders classes is always known.
        look.show({node: said for node, said in shown.items() if SUBCLASS not in said})
        if look.failing_queries(judged):
            raise NeedsWholeError("a query about any node")
        # An object of several blocks is judged once.
        pairs = {*named, *look.failing(judged)} - self._judged_pairs
        self._judged_pairs |= pairs
        self._has_queried |= any(shape in self._queries for shape, _ in pairs)
        found = self._engine.judge_pairs(look.view, pairs) if pairs else {}
        look.hide()
        return list(chain(*found.values()))

    def _is_respelled(self) -> bool:
        """Return whether the data have literals because of which a query is put to another store."""
        if Respelling(quads_of(self._context)).stored:
            return True
        parts = (file.parse(block.text) for file in self._files for block in file.blocks())
        return any(Respelling(quads).stored for quads in parts)
