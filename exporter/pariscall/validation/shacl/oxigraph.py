"""The fast engine: shapes made ready as functions, and SPARQL for what shapes say in SPARQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from concurrent.futures import ThreadPoolExecutor

from pyoxigraph import Quad

from ...errors import ShapesError
from ...io.activity import tell
from ...io.memory import no_collection
from .dash import definitions
from .data import DataGraph
from .evaluator import Evaluator
from .result import ValidationResult, in_order
from .shapes import Shape, ShapesGraph
from .solutions import QueryStore
from .targets import focus_nodes


class OxigraphEngine:
    """Validates data against one shapes graph.

    Raises:
        ShapesError: if the shapes are broken, or ask for what no engine does.
        NothingValidatedError: if they validate nothing.
    """

    def __init__(self, shapes: Iterable[Quad] | ShapesGraph) -> None:
        graph = shapes if isinstance(shapes, ShapesGraph) else ShapesGraph(shapes)
        components = definitions(graph.quads)
        self._graph = ShapesGraph([*graph.quads, *components]) if components else graph
        self._graph.check_nesting()
        beyond = self._graph.terms_beyond()
        if beyond:
            names = ", ".join(f"sh:{name}" for name in beyond)
            raise ShapesError(f"no engine can judge {names}.")
        self._targeted = self._graph.targeted()
        # What is broken is found before there are data.
        evaluator = Evaluator(self._graph, DataGraph(()), self._store(()))
        for node in self._graph.reached():
            evaluator.ready(node)
        self._notes = evaluator.notes

    @property
    def name(self) -> str:
        """What the engine is called, and which constraints it left to something else, and why."""
        return "; ".join(["oxigraph", *self._notes])

    def validate(self, data: Iterable[Quad]) -> list[ValidationResult]:
        """Find what does not conform in the default graph of the data."""
        data = list(data)
        with no_collection(), ThreadPoolExecutor(1) as beside:
            graph = DataGraph(data)
            # Oxigraph lets go of the interpreter while it answers queries.
            evaluators = [Evaluator(self._graph, graph, self._store(data)) for _ in range(2)]
            by_query = beside.submit(_results, evaluators[0], self._targeted, by_query=True)
            results = _results(evaluators[1], self._targeted, by_query=False)
            results += by_query.result()
        for evaluator in evaluators:
            self._notes |= evaluator.notes
            evaluator.close()
        return in_order(results)

    def _store(self, data: Collection[Quad]) -> QueryStore:
        return QueryStore(data, self._graph.quads)


def _results(
    evaluator: Evaluator, shapes: Iterable[Shape], *, by_query: bool
) -> list[ValidationResult]:
    """Return the results of those shapes that say what they ask for by a query, or of the others."""
    found: list[ValidationResult] = []
    for shape in shapes:
        if bool(shape.all("sparql")) is by_query:
            tell(f"the shape {shape.node}")
            found += evaluator.results(shape.node, focus_nodes(evaluator.data, shape))
    return found
