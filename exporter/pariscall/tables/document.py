"""A document: what belongs to one party, call, source or other head row, as triples."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import NamedNode, Quad

from ..rdf.namespaces import TYPE
from .mapping import Term
from .rows import Row


@dataclass(slots=True)
class Description:
    """What is said about one subject, and the row that introduced it."""

    subject: NamedNode
    row: Row
    types: list[NamedNode] = field(default_factory=list)
    properties: list[tuple[NamedNode, Term]] = field(default_factory=list)

    def add(self, properties: list[tuple[NamedNode, Term]]) -> None:
        """Add statements about the subject."""
        for predicate, term in properties:
            if predicate == TYPE and isinstance(term, NamedNode):
                if term not in self.types:  # a party with two endorsements is a signatory once
                    self.types.append(term)
            else:
                self.properties.append((predicate, term))

    def quads(self) -> list[Quad]:
        """Return the triples about the subject as quads, types first."""
        types = [Quad(self.subject, TYPE, term) for term in self.types]
        return types + [Quad(self.subject, *said) for said in self.properties]


@dataclass(slots=True, eq=False)
class Document:
    """The descriptions that belong together, and the rows they were made from."""

    rows: list[Row] = field(default_factory=list)
    descriptions: dict[NamedNode, Description] = field(default_factory=dict)
    _quads: list[Quad] = field(default_factory=list)

    def describe(self, subject: NamedNode, row: Row) -> Description:
        """Return the description of a subject; if there is none, this row begins it."""
        description = self.descriptions.get(subject)
        if description is None:
            description = self.descriptions[subject] = Description(subject, row)
        return description

    def quads(self) -> list[Quad]:
        """Return all triples as quads, subject by subject and types first; they are made once."""
        if not self._quads:
            for description in self.descriptions.values():
                self._quads += description.quads()
        return self._quads


def quads(parts: Iterable[Document]) -> Iterator[Quad]:
    """Yield the triples of documents as quads of the default graph."""
    return (quad for document in parts for quad in document.quads())
