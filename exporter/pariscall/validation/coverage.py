"""Coverage: what the shapes look at, and what in the data no shape looks at."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from pyoxigraph import NamedNode, Quad

from ..rdf.namespaces import RDFS, TYPE
from .shacl.blank import BlankNodes
from .shacl.data import DataGraph
from .shacl.look.survey import Survey
from .shacl.look.terms import read_term, spell
from .shacl.result import Node, Term
from .shacl.rules import Rules
from .shacl.shapes import Shape
from .shacl.targets import focus_nodes

LINKS = ("targetSubjectsOf", "targetObjectsOf")
_SUBCLASS = NamedNode(RDFS + "subClassOf")


@dataclass(frozen=True)
class Coverage:
    """What shapes and data have to do with each other.

    ``targets`` counts the focus nodes of each rule. ``nodes`` are those that no target reaches,
    ``classes`` and ``predicates`` those that no shape looks at, each with how often it is used.
    """

    targets: Mapping[str, int]
    nodes: Sequence[str]
    classes: Mapping[str, int]
    predicates: Mapping[str, int]


class Reach:
    """What targets can reach in some data, whose classes a context may order."""

    def __init__(self, data: Collection[Quad], context: Collection[Quad] = ()) -> None:
        self._data = data
        self._context = context

    def reaches(self, shape: Shape) -> bool:
        """Tell whether the target of a shape matches any node."""
        links = [term for name in LINKS for term in shape.all(name)]
        return (
            not self._classes.isdisjoint(shape.all("targetClass"))
            or not self._predicates.isdisjoint(links)
            or any(self._is_there(node) for node in shape.all("targetNode"))
        )

    def reaches_any(self, shapes: Collection[Shape]) -> bool:
        """Tell whether any of some shapes is about a class or a predicate of the data."""
        links = {term for shape in shapes for name in LINKS for term in shape.all(name)}
        classes = {term for shape in shapes for term in shape.all("targetClass")}
        named = links | classes
        # One look is mostly enough; only subclasses take more.
        return any(
            quad.predicate in named or quad.object in named for quad in self._data
        ) or not self._classes.isdisjoint(classes)

    @cached_property
    def _predicates(self) -> set[NamedNode]:
        return {quad.predicate for quad in self._data}

    @cached_property
    def _classes(self) -> set[object]:
        """The classes of the data, and those above them."""
        parents: dict[object, set[object]] = {}
        for quad in (*self._context, *self._data):
            if quad.predicate == _SUBCLASS:
                parents.setdefault(quad.subject, set()).add(quad.object)
        classes = self._types()
        waiting = list(classes)
        while waiting:
            above = parents.get(waiting.pop(), set()) - classes
            classes |= above
            waiting += above
        return classes

    def _types(self) -> set[object]:
        return {quad.object for quad in self._data if quad.predicate == TYPE}

    def _is_there(self, node: Term) -> bool:
        return any(node in (quad.subject, quad.object) for quad in (*self._data, *self._context))


class SurveyReach(Reach):
    """What targets can reach in documents that were surveyed, together with a context."""

    def __init__(self, survey: Survey, context: Collection[Quad]) -> None:
        super().__init__((), context)
        self._survey = survey
        self._predicates = {NamedNode(predicate[1:-1]) for predicate in survey.predicates}

    def reaches_any(self, shapes: Collection[Shape]) -> bool:
        """Tell whether any of some shapes is about a class or a predicate of the documents."""
        return any(
            not self._classes.isdisjoint(shape.all("targetClass"))
            or not self._predicates.isdisjoint([t for name in LINKS for t in shape.all(name)])
            for shape in shapes
        )

    def _types(self) -> set[object]:
        return set(map(read_term, self._survey.classes))

    def _is_there(self, node: Term) -> bool:
        return spell(node) in self._survey.met


def measure(data: Collection[Quad], context: Collection[Quad], rules: Rules) -> Coverage:
    """Measure what the shapes look at in some data, which are read together with a context."""
    blank = BlankNodes(data)
    graph = DataGraph([*context, *data])
    subjects = {quad.subject for quad in data}
    nodes_of_data = subjects | {quad.object for quad in data}
    targets: dict[str, int] = {}
    reached: set[Node] = set()
    looked_at: set[object] = {TYPE}
    for shape in rules.graph.targeted():
        nodes = focus_nodes(graph, shape)
        targets[rules.name(shape.node)] = len(nodes.keys() & nodes_of_data)
        reached.update(nodes)
        looked_at.update(rules.predicates(shape.node))
        looked_at.update(shape.all("targetSubjectsOf"), shape.all("targetObjectsOf"))
    unseen = subjects - reached
    seen_classes = {q.object for q in data if q.predicate == TYPE and q.subject in reached}
    classes = (q.object for q in data if q.predicate == TYPE and q.object not in seen_classes)
    predicates = (q.predicate for q in data if q.predicate not in looked_at)
    return Coverage(
        targets=dict(sorted(targets.items())),
        nodes=sorted(rules.prefixes.compact_term(node) for node in map(blank.stable, unseen)),
        classes=_counted(map(rules.prefixes.compact_term, classes)),
        predicates=_counted(map(rules.prefixes.compact_term, predicates)),
    )


def _counted(names: Iterable[str]) -> dict[str, int]:
    return dict(sorted(Counter(names).items()))
