"""The fast engine: shapes made ready as functions, and SPARQL for what shapes say in SPARQL."""

from __future__ import annotations

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from pyoxigraph import Quad

from ...errors import ShapesError
from .data import DataGraph
from .evaluator import Evaluator
from .result import ValidationResult, in_order
from .shapes import ShapesGraph
from .solutions import QueryStore
from .targets import focus_nodes


class OxigraphEngine:
    """Validates data against one shapes graph.

    Raises:
        ShapesError: if the shapes are broken, or ask for what no engine does.
        NothingValidatedError: if they validate nothing.
    """

    def __init__(self, shapes: Iterable[Quad]) -> None:
        self._shapes = list(shapes)
        self._graph = ShapesGraph(self._shapes)
        self._graph.check_nesting()
        beyond = self._graph.terms_beyond()
        if beyond:
            names = ", ".join(f"sh:{name}" for name in beyond)
            raise ShapesError(f"no engine can judge {names}.")
        self._targeted = self._graph.targeted()
        # What is broken is found before there are data.
        evaluator = self._evaluator(())
        for node in self._graph.reached():
            evaluator.ready(node)
        self._notes = evaluator.notes

    @property
    def name(self) -> str:
        """What the engine is called, and which constraints it left to something else, and why."""
        return "; ".join(["oxigraph", *self._notes])

    def validate(self, data: Iterable[Quad]) -> list[ValidationResult]:
        """Find what does not conform in the default graph of the data."""
        with _no_collection():
            evaluator = self._evaluator(list(data))
            found = in_order(
                result
                for shape in self._targeted
                for result in evaluator.results(shape.node, focus_nodes(evaluator.data, shape))
            )
        self._notes |= evaluator.notes
        return found

    def _evaluator(self, data: Iterable[Quad]) -> Evaluator:
        return Evaluator(self._graph, DataGraph(data), QueryStore(data, self._shapes))


@contextmanager
def _no_collection() -> Iterator[None]:
    """Keep the collector of garbage from looking through an index again and again."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
