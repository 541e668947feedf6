"""The look at a graph: which pairs of shape and focus node an engine must judge."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

from ....errors import ShapesError
from ..graph import is_true
from ..prebinding import read_template
from ..result import Term
from ..shapes import Shape, ShapesGraph
from .compiled import Compiled, Conforms, SetTest
from .compiler import Compiler
from .paths import InexpressibleError
from .plan import Pair, Plan
from .queries import Query, objects_of
from .query_reader import read_needs
from .survey import Footprint
from .terms import Statements, spell
from .view import NOTHING, TYPE, View

_BOUND = ("this", "shapesGraph", "currentShape")
_MOST_KINDS = 5_000


class Look:
    """Shapes compiled, with a view of the data.

    ``view`` must know whatever the shapes follow. ``inexpressible`` names the shapes that a look
    cannot tell, and why: an engine must judge them as a whole. ``is_streaming`` says that documents
    come one by one.
    """

    def __init__(self, graph: ShapesGraph, *, is_streaming: bool = False) -> None:
        self.view = View()
        self.inexpressible: dict[Term, str] = {}
        self._is_streaming, self._reads_predicates = is_streaming, False
        self._depth = 0.0
        self._constants: set[str] = set()
        self._compiler = Compiler(graph, self.view, is_streaming=is_streaming)
        self._queries: list[tuple[Term, Query]] = []
        self._by_class: list[tuple[set[str], Compiled]] = []
        self._by_subject: dict[str, list[tuple[Conforms, Term]]] = {}
        self._by_object: dict[str, list[tuple[Conforms, Term]]] = {}
        self._named: list[tuple[str, Conforms, Term]] = []
        self._plans: dict[tuple[str, ...], Plan] = {}
        for shape in graph.targeted():
            try:
                self._add(graph, shape)
            except (InexpressibleError, ShapesError, ValueError) as error:
                self.inexpressible[shape.node] = str(error)

    def footprint(self) -> Footprint:
        """Return which predicates the shapes follow, and which nodes they name."""
        return Footprint(
            followed=frozenset(self._compiler.followed),
            backwards=frozenset(self.view.incoming),
            objects=frozenset(self._by_object),
            named=frozenset(node for node, _, _ in self._named),
            constants=frozenset(self._constants),
            reads_predicates=self._reads_predicates,
            depth=self._depth,
        )

    def add(self, statements: Statements) -> None:
        """Let the view know what is to stay known."""
        self.view.add(statements)
        self._plans.clear()
        self._compiler.forget()

    def show(self, document: Statements) -> None:
        """Let the view know a document until it is hidden.

        Raises:
            ValueError: as the view does.
        """
        self.view.show(document)
        self._compiler.forget()

    def hide(self) -> None:
        """Let the view forget the document that is shown."""
        self.view.hide()
        self._compiler.forget()

    def failing_named(self) -> Iterator[Pair]:
        """Yield the pairs of the focus nodes that have a name in the shapes, when all is known."""
        for node, conforms, shape in self._named:
            if not conforms(node, self.view.said.get(node, NOTHING)):
                yield shape, node

    def failing(self, document: Statements) -> Iterator[Pair]:
        """Yield the pairs of the focus nodes of a document that the view knows, some repeatedly."""
        for node in document:
            said = self.view.said.get(node, NOTHING)
            yield from self._plan(tuple(said.get(TYPE, ()))).failing(node, said)

    def failing_queries(self, document: Statements) -> list[Term]:
        """Return the shapes whose queries about any node may find something in a document."""
        objects = cache(lambda: objects_of(document))
        return [shape for shape, query in self._queries if query.may_find_in(document, objects)]

    def _plan(self, types: tuple[str, ...]) -> Plan:
        plan = self._plans.get(types)
        if plan is None:
            if len(self._plans) >= _MOST_KINDS:
                self._plans.clear()
            chosen = [shape for classes, shape in self._by_class if not classes.isdisjoint(types)]
            unique = {shape.node: shape for shape in chosen}
            plan = Plan(unique.values(), self._by_subject, self._by_object, self.view)
            self._plans[types] = plan
        return plan

    def _add(self, graph: ShapesGraph, shape: Shape) -> None:
        compiled = self._compiler.compile(shape.node, with_queries=True)
        queries = [self._query(graph, shape, node) for node in shape.all("sparql")]
        for query in filter(None, queries):
            if self._is_streaming and not query.names_this and not _is_named_only(shape):
                raise InexpressibleError("a query about any node, for nodes that are found")
            self._compiler.followed |= query.followed
            self._constants |= query.constants
            self._reads_predicates |= query.reads_predicates
            self._depth = max(self._depth, query.depth)
            if query.names_this:
                compiled.sets.append(_finds_nothing(query))
            else:
                self._queries.append((shape.node, query))
        for parent in shape.all("targetClass"):
            self._by_class.append((self.view.below(spell(parent)), compiled))
        # A focus node that is an object is a step away from the subject that has it.
        begins_at = 1 if shape.all("targetObjectsOf") else 0
        self._depth = max(self._depth, compiled.depth + begins_at)
        conforms = compiled.conforms()
        for predicate in shape.all("targetSubjectsOf"):
            self._by_subject.setdefault(spell(predicate), []).append((conforms, shape.node))
        for predicate in shape.all("targetObjectsOf"):
            self._by_object.setdefault(spell(predicate), []).append((conforms, shape.node))
            if compiled.reads:
                self._compiler.followed.add(spell(predicate))
        self._named += [(spell(node), conforms, shape.node) for node in shape.all("targetNode")]

    def _query(self, graph: ShapesGraph, shape: Shape, node: Term) -> Query | None:
        if is_true(graph.values(node, "deactivated")) or shape.is_deactivated:
            return None
        [text] = graph.values(node, "select")
        template = read_template(text.value, _BOUND, shape.path)
        return Query(read_needs(template.tokens, graph.prefixes(node)), self.view)


def _is_named_only(shape: Shape) -> bool:
    """Return whether the focus nodes of a shape are known without data."""
    return not any(map(shape.all, ("targetClass", "targetSubjectsOf", "targetObjectsOf")))


def _finds_nothing(query: Query) -> SetTest:
    return SetTest(lambda node, _said, _values: not query.may_find(node), other=query.begins_with)
