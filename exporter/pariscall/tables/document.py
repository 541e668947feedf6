"""A document: what belongs to one party, call, source or other head row, as triples.

The terms are texts in the canonical spelling of N-Triples (``rdf.ntriples``): they are cheap to
make, to compare and to write. Statements become objects only where a library needs them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from pyoxigraph import Quad, RdfFormat, parse

from ..rdf.namespaces import TYPE
from ..rdf.ntriples import is_iri
from .rows import Row

_TYPE = str(TYPE)


@dataclass(slots=True)
class Description:
    """What is said about one subject, and the row that introduced it.

    The properties are pairs of a predicate and an object; the types are not among them.
    """

    subject: str
    row: Row
    types: list[str] = field(default_factory=list)
    properties: list[tuple[str, str]] = field(default_factory=list)

    def add(self, predicate: str, term: str) -> None:
        """Add a statement about the subject."""
        if predicate != _TYPE or not is_iri(term):
            self.properties.append((predicate, term))
        elif term not in self.types:  # a party with two endorsements is a signatory once
            self.types.append(term)

    def values(self) -> dict[str, list[str]]:
        """Return the objects by their predicate, the types among them."""
        found = {_TYPE: [*self.types]} if self.types else {}
        for predicate, term in self.properties:
            found.setdefault(predicate, []).append(term)
        return found

    def objects(self) -> list[str]:
        """Return the objects of all statements, the types first."""
        return [*self.types, *(term for _, term in self.properties)]

    def statements(self) -> Iterator[tuple[str, str, str]]:
        """Yield the triples about the subject, types first."""
        for term in self.types:
            yield self.subject, _TYPE, term
        for predicate, term in self.properties:
            yield self.subject, predicate, term

    def lines(self) -> list[str]:
        """Return the triples about the subject as lines of N-Triples, types first."""
        subject = self.subject
        return [f"{subject} {_TYPE} {term} .\n" for term in self.types] + [
            f"{subject} {predicate} {term} .\n" for predicate, term in self.properties
        ]

    def quads(self) -> list[Quad]:
        """Return the triples about the subject as quads, types first."""
        return _parsed("".join(self.lines()))


@dataclass(slots=True, eq=False)
class Document:
    """The descriptions that belong together, by subject, and the rows they were made from."""

    rows: list[Row] = field(default_factory=list)
    descriptions: dict[str, Description] = field(default_factory=dict)
    _quads: list[Quad] = field(default_factory=list)

    def describe(self, subject: str, row: Row) -> Description:
        """Return the description of a subject; if there is none, this row begins it."""
        description = self.descriptions.get(subject)
        if description is None:
            description = self.descriptions[subject] = Description(subject, row)
        return description

    def ntriples(self) -> str:
        """Return all triples as N-Triples, subject by subject and types first."""
        return "".join([line for each in self.descriptions.values() for line in each.lines()])

    def quads(self) -> list[Quad]:
        """Return all triples as quads, subject by subject and types first; they are made once."""
        if not self._quads:
            self._quads = _parsed(self.ntriples())
        return self._quads


def quads(parts: Iterable[Document]) -> Iterator[Quad]:
    """Yield the triples of documents as quads of the default graph."""
    return (quad for document in parts for quad in document.quads())


def _parsed(lines: str) -> list[Quad]:
    return list(parse(lines, format=RdfFormat.N_TRIPLES))
