"""Where the triples of tables are written: in which cell of which row."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import chain

from pyoxigraph import NamedNode

from ...tables.document import Document
from ...tables.graph import TableGraph
from ...tables.mapping import mapper_of
from ...tables.rows import Row
from ..shacl.result import Node, ValidationResult
from .cells import CellLocator
from .location import Location
from .statement import statement_of


@dataclass(frozen=True, slots=True)
class _Cell:
    """A cell and its triple as N-Triples spells it; the term of an empty cell is None."""

    row: Row
    column: str
    predicate: str
    term: str | None


class TableLocator:
    """The locations of what the tables say about the nodes that results name."""

    def __init__(self, graph: TableGraph, results: Iterable[ValidationResult]) -> None:
        self._rows: dict[str, Row] = {}
        self._cells: dict[str, list[_Cell]] = {}
        self._mappers = {
            table.name: mapper_of(table) for table in graph.schema.tables if table.is_mapped
        }
        self._text = CellLocator()
        results = list(results)
        nodes = {node for result in results for node in (result.focus, result.value)}
        wanted = {str(node) for node in nodes if isinstance(node, NamedNode)}
        statements = filter(None, map(statement_of, results))
        objects = {str(term) for subject, _, term in statements if not subject}
        for document in graph.documents():
            found = wanted & document.descriptions.keys()
            if objects:
                found |= {
                    subject
                    for subject, description in document.descriptions.items()
                    if not objects.isdisjoint(description.objects())
                }
            if found:
                self._add(document, found)
        self._mentions: dict[str, _Cell] = {}
        if missing := wanted - self._rows.keys():
            self._find_mentions(graph, missing)

    def mention(self, node: Node) -> Location | None:
        """Return the first cell whose value is a node."""
        cell = self._mentions.get(str(node))
        return self._location(cell.row, cell.column) if cell else None

    def subject(self, node: Node) -> Location | None:
        """Return the location of the row that introduces a node: its first cell."""
        row = self._rows.get(str(node))
        return self._location(row, row.table.cells[0].name) if row else None

    def statement(
        self, node: Node | None, predicate: NamedNode | None, term: Node | None
    ) -> Location | None:
        """Return the cell of a triple, or the one that would have it if it were not empty."""
        cells = self._cells.get(str(node), []) if node else list(chain(*self._cells.values()))
        fitting = [c for c in cells if predicate is None or c.predicate == str(predicate)]
        if term is not None:
            # What is derived from a cell, such as a window from its day, is found by its value.
            fitting = [cell for cell in [*fitting, *cells] if cell.term == str(term)]
        fitting.sort(key=lambda cell: cell.term is None)
        return self._location(fitting[0].row, fitting[0].column) if fitting else None

    def _find_mentions(self, graph: TableGraph, nodes: set[str]) -> None:
        for document in graph.documents():
            for row in document.rows:
                origins = self._mappers[row.table.name].origins(row.cells)
                for column, _, predicate, term in origins:
                    if term is not None and term in nodes:
                        self._mentions.setdefault(term, _Cell(row, column, predicate, term))

    def _add(self, document: Document, subjects: set[str]) -> None:
        for subject, description in document.descriptions.items():
            if subject in subjects:
                self._rows[subject] = description.row
        for row in document.rows:
            for column, subject, predicate, term in self._mappers[row.table.name].origins(
                row.cells
            ):
                if subject in subjects:
                    cell = _Cell(row, column, predicate, term)
                    self._cells.setdefault(subject, []).append(cell)

    def _location(self, row: Row, column: str) -> Location:
        return self._text.location(*row.place(column), row.key)
