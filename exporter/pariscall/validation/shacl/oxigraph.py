"""The fast engine: shapes made ready as functions, and SPARQL for what shapes say in SPARQL."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property, partial
from itertools import chain

from pyoxigraph import Quad

from ...errors import ShapesError
from ...io.activity import tell
from ...io.memory import no_collection
from .dash import definitions
from .data import DataGraph
from .evaluator import Evaluator
from .look.graph import ViewGraph, ViewQuads, spelled
from .look.look import Look
from .look.plan import Pair
from .look.terms import read_term
from .look.view import View
from .result import Term, ValidationResult, in_order
from .shapes import Shape, ShapesGraph
from .solutions import QueryStore
from .targets import focus_nodes


class OxigraphEngine:
    """Validates data against one shapes graph.

    Raises:
        ShapesError: if the shapes are broken, or ask for what no engine does.
        NothingValidatedError: if they validate nothing.
    """

    def __init__(self, shapes: Iterable[Quad] | ShapesGraph, *, looks_first: bool = True) -> None:
        self._looks_first = looks_first
        self._shapes = graph = shapes if isinstance(shapes, ShapesGraph) else ShapesGraph(shapes)
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

    def __reduce__(self) -> tuple[object, ...]:
        """Have an engine that is sent to another process made anew there, of the same shapes."""
        return partial(OxigraphEngine, looks_first=self._looks_first), (self._shapes.quads,)

    @property
    def name(self) -> str:
        """What the engine is called, and which constraints it left to something else, and why."""
        return "; ".join(["oxigraph", *self._notes])

    @cached_property
    def judged_whole(self) -> Mapping[Term, str]:
        """The shapes whose focus nodes are all judged, and what no look at them can tell."""
        return self.look().inexpressible

    @property
    def with_queries(self) -> frozenset[Term]:
        """The shapes with a target that are SPARQL constraints, or have some."""
        return frozenset(shape.node for shape in self._targeted if shape.all("sparql"))

    def look(self, *, is_streaming: bool = False) -> Look:
        """Return a new look, which knows no data yet; ``is_streaming`` says that they come bit by bit."""
        return Look(self._graph, is_streaming=is_streaming)

    def validate(
        self, data: Iterable[Quad], about: Iterable[Quad] | None = None
    ) -> list[ValidationResult]:
        """Find what does not conform in the default graph of the data.

        With ``about``, what is sound besides is not looked at: only the subjects of these statements,
        which are among the data, and their objects are focus nodes of a look.
        """
        data = list(data)
        with no_collection():
            if not self._looks_first:
                return in_order(self._judged(data, self._targeted))
            look = self.look()
            look.add(spelled(data))
            chosen = look.view.said if about is None else spelled(about)
            pairs = [*look.failing_named(), *look.failing(chosen)]
            left = look.inexpressible.keys() | set(look.failing_queries(look.view.said))
            by_pair = self.judge_pairs(look.view, (pair for pair in pairs if pair[0] not in left))
            results = [*chain(*by_pair.values()), *self.judge_whole(data, left)]
        return in_order(results)

    def judge_pairs(self, view: View, pairs: Iterable[Pair]) -> dict[Pair, list[ValidationResult]]:
        """Return the results of each pair of shape and focus node, where a view knows what is followed."""
        focus_nodes_by_shape: dict[Term, dict[str, None]] = {}
        for shape, focus in pairs:
            focus_nodes_by_shape.setdefault(shape, {})[focus] = None
        judged = {focus for nodes in focus_nodes_by_shape.values() for focus in nodes}
        graph = ViewGraph(view, judged)
        evaluator = Evaluator(self._graph, graph, self._store(ViewQuads(view)))
        results = {
            (shape, focus): list(evaluator.results(shape, (read_term(focus),)))
            for shape, nodes in focus_nodes_by_shape.items()
            for focus in nodes
        }
        self._notes |= evaluator.notes
        evaluator.close()
        return results

    def judge_whole(self, data: list[Quad], shapes: Collection[Term]) -> list[ValidationResult]:
        """Return the results of some shapes with a target on all their focus nodes in the data."""
        chosen = [shape for shape in self._targeted if shape.node in shapes]
        return self._judged(data, chosen) if chosen else []

    def _judged(self, data: list[Quad], shapes: Collection[Shape]) -> list[ValidationResult]:
        """Return the results of shapes on all their focus nodes."""
        graph = DataGraph(data)
        with ThreadPoolExecutor(1) as beside:
            # Oxigraph lets go of the interpreter while it answers queries.
            evaluators = [Evaluator(self._graph, graph, self._store(data)) for _ in range(2)]
            by_query = beside.submit(_results, evaluators[0], shapes, by_query=True)
            results = _results(evaluators[1], shapes, by_query=False)
            results += by_query.result()
        for evaluator in evaluators:
            self._notes |= evaluator.notes
            evaluator.close()
        return results

    def _store(self, data: Iterable[Quad]) -> QueryStore:
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
