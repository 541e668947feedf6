"""Spans: the tables cut between documents, so that each piece can be worked on by itself.

A span is so many documents of one head table. It says at which byte and line the first of its rows
is in each table of the group, so that a process on any machine finds them without reading what is
before. Rows that follow from a list of signatories are at no byte: their group is one span.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from io import TextIOWrapper
from itertools import islice
from pathlib import Path
from typing import BinaryIO

from ..errors import TableError
from .as_of import AsOf
from .cells import LINE
from .copies import address_of, copy_of
from .csvw import Schema, Table
from .derivation import read_tables
from .dialect import ENCODING, read_dialect
from .document import Document
from .files import TableFiles
from .graph import TableGraph, documents
from .rows import Row, read_rows


@dataclass(frozen=True)
class Start:
    """Where the rows of a span begin in a table, and how many they are.

    ``offset`` is in bytes; ``line`` is the number of the line in the whole file.
    """

    offset: int
    line: int
    rows: int
    delimiter: str


@dataclass(frozen=True)
class Span:
    """So many documents of a head table, in the order of the tables.

    A span without ``starts`` has all documents of its head table.
    """

    number: int
    head: str
    starts: Mapping[str, Start] = field(default_factory=dict)

    def read(self, table: Table) -> Iterator[Row]:
        """Read the rows of a table that are in the span, with the lines that they have in the file.

        Raises:
            TableError: if the rows of a whole table cannot be read.
        """
        start = self.starts.get(table.name)
        return _read_from(table, start) if start else read_rows(table)

    @property
    def location(self) -> str:
        """Which rows of the head table these are, as ``file:line`` and their number."""
        start = self.starts.get(self.head)
        return f"{self.head}:{start.line} ({start.rows} rows)" if start else self.head


class SpanReader:
    """Reads the documents of spans of the tables of a folder, which were checked before.

    Raises:
        TableError: if the description of the tables cannot be read.
        MisuseError: if nothing is known of the registry on the day.
    """

    def __init__(self, folder: Path, as_of: date | None = None) -> None:
        self.schema = read_tables(folder)
        self._as_of = AsOf(self.schema, as_of) if as_of else None

    def documents(self, span: Span) -> Iterator[Document]:
        """Yield the documents of a span."""
        return documents(self.schema.group(span.head), self._as_of, span.read)

    def preceding(self, span: Span, heads: Iterable[str]) -> Iterator[Document]:
        """Yield the documents of those head tables that come before that of a span."""
        for group in self.schema.documents():
            if group[0].name == span.head:
                return
            if group[0].name in heads:
                yield from documents(group, self._as_of)


@dataclass(frozen=True)
class TableSource:
    """The tables that spans are of, as they were when they were checked, for any process to read.

    ``digest`` is that of their files, which another machine must see as they are here, in the same
    folder or at the ``address`` that this is a copy of.
    """

    folder: Path
    digest: str
    as_of: date | None
    address: str | None = None

    @classmethod
    def of(cls, graph: TableGraph) -> TableSource:
        """Return the tables of a graph."""
        folder = graph.folder.resolve()
        return cls(folder, graph.files.digest(), graph.as_of, address_of(folder))

    def open(self) -> SpanReader:
        """Return a reader of the tables; a process keeps that of the tables it works on.

        Raises:
            TableError: if they are others than those that were checked.
        """
        return _open(self)


@lru_cache(maxsize=1)
def _open(source: TableSource) -> SpanReader:
    for is_new in (False, True):
        folder = copy_of(source.address, is_new=is_new) if source.address else source.folder
        if TableFiles(folder).digest() == source.digest:
            return SpanReader(folder, source.as_of)
        if not source.address:
            break  # nothing is copied
    problem = "the tables are not those that were checked. Run this again."
    raise TableError([f"{source.address or source.folder}: {problem}"])


@lru_cache(maxsize=1)
def spans_of(graph: TableGraph, size: int) -> Sequence[Span]:
    """Return the spans of a graph, which are cut once for all that is done with them."""
    return cut(graph.schema, size)


def cut(schema: Schema, size: int) -> list[Span]:
    """Cut tables, which were checked before, into spans of so many documents.

    The bytes of each table are read once.
    """
    spans: list[Span] = []
    for group in schema.documents():
        head = group[0].name
        if any(table.derive for table in group):
            spans.append(Span(len(spans), head))
        else:
            spans += (
                Span(number, head, starts)
                for number, starts in enumerate(_starts(group, size), len(spans))
            )
    return spans


def _starts(group: tuple[Table, ...], size: int) -> Iterator[dict[str, Start]]:
    """Yield where each span of a group begins; the rows are joined as ``graph.joined`` does."""
    cursors = [_Cursor(table) for table in group]
    head, *members = cursors
    while head.key is not None:
        begun = [(cursor.offset, cursor.line, cursor.passed) for cursor in cursors]
        for _ in range(size):
            key = head.key
            if key is None:
                break
            head.advance()
            for member in members:
                while member.key == key:
                    member.advance()
        yield {
            cursor.table.name: Start(offset, line, cursor.passed - passed, cursor.delimiter)
            for cursor, (offset, line, passed) in zip(cursors, begun, strict=True)
        }


class _Cursor:
    """Goes through the rows of a table: the first key of the next row, and where that row is."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.delimiter = ","
        self.key: str | None = None
        self.offset = self.line = self.passed = 0
        self._records = self._read()
        self._step()

    def advance(self) -> None:
        """Pass a row."""
        self.passed += 1
        self._step()

    def _step(self) -> None:
        self.key, self.offset, self.line = next(self._records, (None, self.offset, self.line))

    def _read(self) -> Iterator[tuple[str, int, int]]:
        table = self.table
        if table.may_be_missing and not table.path.exists():
            return
        with table.path.open(encoding=ENCODING, newline="") as text:
            dialect = read_dialect(table, text)
        self.delimiter = dialect.delimiter
        at = table.index[table.primary_key[0]]
        with table.path.open("rb") as file:
            lines = _Lines(file)
            each = iter(lines)
            for _ in range(dialect.header - 1):
                next(each)
            reader = csv.reader(each, delimiter=dialect.delimiter, strict=True)
            next(reader)  # the header
            offset, line = lines.offset, lines.number
            for cells in reader:
                yield cells[at], offset, line
                offset, line = lines.offset, lines.number


class _Lines:
    """The lines of a file as a text has them, and where the next of them is."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.offset, self.number = 0, 1

    def __iter__(self) -> Iterator[str]:
        for piece in self._file:
            for line in LINE.findall(piece) if b"\r" in piece else (piece,):
                self.offset += len(line)
                self.number += 1
                yield line.decode()


def _read_from(table: Table, start: Start) -> Iterator[Row]:
    if not start.rows:
        return
    with table.path.open("rb") as file:
        file.seek(start.offset)
        text = TextIOWrapper(file, "utf-8", newline="")
        reader = csv.reader(text, delimiter=start.delimiter, strict=True)
        line = start.line
        for cells in islice(reader, start.rows):
            yield Row(table, line, cells)
            line = start.line + reader.line_num
