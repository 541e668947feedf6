"""A graph in the SHACL vocabulary, shapes or report, indexed for reading."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from pyoxigraph import Literal, NamedNode, Quad, Triple

from ...errors import ShapesError
from ...rdf.namespaces import RDF, RDFS, SH, XSD
from .result import Messages, Term

_FIRST, _REST = RDF + "first", RDF + "rest"
_NIL = NamedNode(RDF + "nil")
_TRUE = Literal("true", datatype=NamedNode(XSD + "boolean"))
_DEEPEST_PATH = 50
_LONGEST_PATH = 100_000  # characters; steps that share their blank nodes double it at each level
_UNARY_PATHS = (
    ("inversePath", "^", ""),
    ("zeroOrMorePath", "(", ")*"),
    ("oneOrMorePath", "(", ")+"),
    ("zeroOrOnePath", "(", ")?"),
)


class ShaclGraph:
    """The triples of a graph by subject and predicate; ``sh:`` names go without prefix."""

    def __init__(self, quads: Iterable[Quad]) -> None:
        self.quads = list(quads)
        self._properties: dict[Term, dict[str, list[Term]]] = {}
        self._lists: dict[Term, list[Term]] = {}
        self._members: dict[Term, frozenset[Term]] = {}
        self._cells: dict[Term, list[Term]] = {}
        names: dict[NamedNode, str] = {}
        for subject, predicate, term, _ in self.quads:
            if isinstance(term, Triple):
                raise ShapesError("a triple term has no place in SHACL.")
            name = names.get(predicate)
            if name is None:
                name = names[predicate] = predicate.value.removeprefix(SH)
            said = self._properties.get(subject)
            if said is None:
                said = self._properties[subject] = {}
            if name in said:
                said[name].append(term)
            else:
                said[name] = [term]

    def having(self, name: str, value: Term) -> list[Term]:
        """Return the nodes that have a value for a property."""
        return self._inverse.get((name, value), [])

    def instances(self, name: str) -> list[Term]:
        """Return the instances of a class of SHACL and of the classes below it, in order."""
        found: dict[Term, None] = {}
        classes: list[Term] = [NamedNode(SH + name)]
        for parent in classes:
            found |= dict.fromkeys(self.having(RDF + "type", parent))
            classes += [c for c in self.having(RDFS + "subClassOf", parent) if c not in classes]
        return sorted(found, key=str)

    @cached_property
    def _inverse(self) -> dict[tuple[str, Term], list[Term]]:
        found: dict[tuple[str, Term], list[Term]] = {}
        for node, said in self._properties.items():
            for name, values in said.items() if _FIRST not in said else ():
                for value in values:
                    found.setdefault((name, value), []).append(node)
        return found

    def subjects(self) -> list[Term]:
        """Give every subject, in order."""
        return sorted(self._properties, key=str)

    def described(self) -> list[Term]:
        """Return every subject that is more than a cell of a list, in order."""
        cell = {_FIRST, _REST}
        return sorted(
            (node for node, said in self._properties.items() if not cell.issuperset(said)), key=str
        )

    def properties(self, node: Term) -> dict[str, list[Term]]:
        """Give the values of a node by property."""
        return self._properties.get(node, {})

    def values(self, node: Term, name: str) -> list[Term]:
        """Give the values of one property of a node."""
        return self.properties(node).get(name, [])

    def items(self, head: Term) -> list[Term]:
        """Read an RDF list.

        Raises:
            ShapesError: if the list does not end.
        """
        if head not in self._lists:
            self._lists[head] = [self._properties[cell][_FIRST][0] for cell in self.cells(head)]
        return self._lists[head]

    def members(self, head: Term) -> frozenset[Term]:
        """Return the different items of an RDF list.

        Raises:
            ShapesError: if the list does not end.
        """
        if head not in self._members:
            self._members[head] = frozenset(self.items(head))
        return self._members[head]

    def cells(self, head: Term) -> list[Term]:
        """Return the nodes that an RDF list is made of.

        Raises:
            ShapesError: if the list does not end.
        """
        if head not in self._cells:
            self._cells[head] = self._read_cells(head)
        return self._cells[head]

    def _read_cells(self, head: Term) -> list[Term]:
        cells: list[Term] = []
        while head != _NIL:
            said = self._properties.get(head, {})
            if _FIRST not in said or _REST not in said or len(cells) > len(self._properties):
                raise ShapesError("a list does not end. Check its brackets.")
            cells.append(head)
            head = said[_REST][0]
        return cells

    def path(self, node: Term, depth: int = 0) -> str:
        """Write a SHACL property path as a SPARQL property path.

        Raises:
            ShapesError: if it is none of https://www.w3.org/TR/shacl/#property-paths.
        """
        if isinstance(node, NamedNode):
            return str(node)
        if depth > _DEEPEST_PATH:
            raise ShapesError(f"a property path is nested more than {_DEEPEST_PATH} deep.")
        if self.values(node, RDF + "first"):
            return f"({self._joined('/', node, depth)})"
        for alternatives in self.values(node, "alternativePath"):
            return f"({self._joined('|', alternatives, depth)})"
        for name, before, after in _UNARY_PATHS:
            for inner in self.values(node, name):
                return f"{before}{self.path(inner, depth + 1)}{after}"
        raise ShapesError(f"{node} is not a property path of SHACL.")

    def _joined(self, operator: str, head: Term, depth: int) -> str:
        steps: list[str] = []
        length = 0
        for step in self.items(head):
            steps.append(self.path(step, depth + 1))
            length += len(steps[-1]) + 1
            if length > _LONGEST_PATH:
                raise ShapesError(f"a property path is longer than {_LONGEST_PATH:,} characters.")
        return operator.join(steps)


def texts(messages: Iterable[Term]) -> Messages:
    """Pair the language of each message with its text, in order of language."""
    found = [(m.language or "", m.value) for m in messages if isinstance(m, Literal)]
    return tuple(sorted(found))


def is_true(values: Iterable[Term]) -> bool:
    """Return whether a property is set to ``true``, which ``1`` is not for SHACL."""
    return any(value == _TRUE for value in values)


def local_name(term: Term) -> str:
    """Give the name of a SHACL term without its namespace; other terms in full."""
    return term.value.removeprefix(SH) if isinstance(term, NamedNode) else str(term)
