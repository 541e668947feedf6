"""The graph: the documents that the tables hold, one after the other, as triples.

A document is what belongs to one party, call, source or other head row. Documents come in
the order of the tables, so that a registry of any size streams through little memory.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from functools import cached_property
from pathlib import Path

from pyoxigraph import Quad

from .as_of import AsOf
from .checks import check_tables
from .csvw import TABLES, Table
from .derivation import read_tables
from .document import Document, quads
from .files import TableFiles
from .inference import materialize
from .mapping import mapper_of
from .rows import Row, read_rows

KEPT = 2500


class TableGraph:
    """The documents of the tables of a folder, in the order of the tables.

    With ``as_of``, they hold what the registry listed on that day. Few documents are kept, and
    many are made anew each time, so that memory stays flat. Large tables are checked in so many
    processes (``jobs``), or on all cores.

    Raises:
        TableError: if the tables cannot be read or break their description.
        MisuseError: if nothing is known of the registry on that day.
    """

    def __init__(
        self, folder: Path = TABLES, as_of: date | None = None, jobs: int | None = 1
    ) -> None:
        self.folder = folder
        self.files = TableFiles(folder)
        self.schema = read_tables(folder)
        self.rows = check_tables(self.schema, jobs)
        self.as_of = as_of
        self._as_of = AsOf(self.schema, as_of) if as_of else None
        self.heads = [group[0].name for group in self.schema.documents()]
        number = sum(self.rows[head] for head in self.heads)
        self._kept = list(self._made(self.heads)) if number <= KEPT else None

    @property
    def is_kept(self) -> bool:
        """Whether the documents are made once and kept, as few of them are."""
        return self._kept is not None

    def documents(self, heads: Collection[str] | None = None) -> Iterator[Document]:
        """Yield all documents, or those of certain head tables."""
        heads = self.heads if heads is None else heads
        if self._kept is None:
            return self._made(heads)
        return (document for document in self._kept if document.rows[0].table.name in heads)

    def quads(self) -> Iterator[Quad]:
        """Yield the triples of all documents as quads of the default graph."""
        return quads(self.documents())

    def table(self, name: str) -> Iterable[Row]:
        """Return the rows of a table as it is now, whatever the date."""
        if self._kept is None or self._as_of is not None or not self.schema[name].is_mapped:
            return read_rows(self.schema[name])
        return self._tables.get(name, [])

    @cached_property
    def _tables(self) -> dict[str, list[Row]]:
        """The rows of the documents that are kept, by the name of the table."""
        found: dict[str, list[Row]] = {}
        for document in self.documents():
            for row in document.rows:
                found.setdefault(row.table.name, []).append(row)
        return found

    def joined_parties(self) -> Iterator[list[Row]]:
        """Yield the rows of each party as the tables have them now, whatever the date."""
        if self._kept is not None and self._as_of is None:
            return (document.rows for document in self.documents(["parties.csv"]))
        return joined(self.schema.group("parties.csv"))

    def _made(self, heads: Collection[str]) -> Iterator[Document]:
        for group in self.schema.documents():
            if group[0].name in heads:
                yield from documents(group, self._as_of)


Read = Callable[[Table], Iterable[Row]]


def documents(
    group: tuple[Table, ...], as_of_rows: AsOf | None = None, read: Read = read_rows
) -> Iterator[Document]:
    """Stream the documents of the tables that a head table and its members make up.

    With ``as_of_rows``, the rows are those of its date. ``read`` gives the rows of each table: all
    of them, or those of a span.

    Raises:
        TableError: if a table cannot be read.
    """
    mappers = {table.name: mapper_of(table) for table in group}
    for present in joined(group, read):
        rows = as_of_rows.rows(present) if as_of_rows else present
        document = Document(rows)
        for row in rows:
            mappers[row.table.name].describe(document, row)
        materialize(document)
        yield document


def joined(group: tuple[Table, ...], read: Read = read_rows) -> Iterator[list[Row]]:
    """Join sorted tables on their first key column, the head table leading."""
    head, *members = group
    streams = [(iter(read(member)), member.index[member.primary_key[0]]) for member in members]
    pending = [next(rows, None) for rows, _ in streams]
    at = head.index[head.primary_key[0]]
    for row in read(head):
        joined = [row]
        for number, (rows, member_at) in enumerate(streams):
            waiting = pending[number]
            while waiting is not None and waiting.cells[member_at] == row.cells[at]:
                joined.append(waiting)
                waiting = next(rows, None)
            pending[number] = waiting
        yield joined
