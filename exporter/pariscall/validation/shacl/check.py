"""A check: a constraint, made ready to look at the value nodes of a focus node."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple, Protocol

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from .data import DataGraph
from .result import Messages, Node, Term
from .shapes import Shape, ShapesGraph

Values = Collection[Node]


class Violation(NamedTuple):
    """What violates: a value node, if it is one, and a path and messages of its own."""

    value: Node | None = None
    path: str | None = None
    messages: Messages | None = None


@dataclass(frozen=True)
class Check:
    """A constraint of a component: what it finds in the value nodes of a focus node.

    ``prepare`` may be told of many value nodes before each is looked at. A check that
    ``needs_values`` finds nothing where there are none.
    """

    component: str
    find: Callable[[Node, Values], Iterable[Violation]]
    prepare: Callable[[Iterable[Node]], None] | None = None
    needs_values: bool = False


class Context(Protocol):
    """What checks are made from: the shapes, the data, and whether nodes conform."""

    @property
    def graph(self) -> ShapesGraph:
        """The shapes."""

    @property
    def data(self) -> DataGraph:
        """The data."""

    def conforms(self, shape: Term, node: Node) -> bool:
        """Return whether a node conforms to a shape."""

    def note(self, text: str) -> None:
        """Keep what the report must say about how a constraint was judged."""


Maker = Callable[[Context, Shape, Term], Iterable[Check]]


def each(component: str, is_valid: Callable[[Node], bool]) -> Check:
    """Check every value node separately."""
    return Check(
        component,
        lambda _, values: [Violation(node) for node in values if not is_valid(node)],
        needs_values=True,
    )


def whole(component: str, is_valid: Callable[[Node, Values], bool]) -> Check:
    """Check the value nodes of a focus node together; no single one is to blame."""
    return Check(component, lambda focus, values: () if is_valid(focus, values) else (Violation(),))


def text_of(node: Node) -> str | None:
    """Return what the function STR of SPARQL returns; None if it fails."""
    return None if isinstance(node, BlankNode | Triple) else node.value


def iri_of(parameter: Term) -> str:
    """Return an IRI, or an empty text for any other term."""
    return parameter.value if isinstance(parameter, NamedNode) else ""


def number_of(parameter: Term) -> int:
    """Return a count; what is not one has been refused as ill-formed.

    ``int`` refuses texts of more than 4,300 digits, which a decimal number does not.
    """
    return int(Decimal(parameter.value)) if isinstance(parameter, Literal) else 0
