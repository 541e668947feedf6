"""The rows of the reviewed tables, read as streams.

A table is UTF-8 CSV (RFC 4180), sorted by its primary key and described by its schema; other
delimiters and a byte order mark are read too. Sorted tables can be joined and checked as streams, in little memory.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Protocol, TextIO

from ..errors import TableError, relative
from .csvw import Table
from .dialect import ENCODING, read_dialect

Key = tuple[str | int, ...]

INTEGERS = {"integer": r"-?(0|[1-9][0-9]*)", "positiveInteger": r"[1-9][0-9]*"}
# Without a last 0: stores keep values, and give 0.9 back where 0.90 was loaded.
NUMBERS = {**INTEGERS, "decimal": r"-?(0|[1-9][0-9]*)([.][0-9]*[1-9])?"}


class Reader(Protocol):
    """A reader of CSV: the cells of each row, and how many lines it has read."""

    line_num: int

    def __iter__(self) -> Iterator[list[str]]:
        """Return an iterator of rows."""

    def __next__(self) -> list[str]:
        """Return the cells of the next row."""


class NamedCells(Protocol):
    """Cells by the names of their columns: a row, or a record."""

    def __getitem__(self, column: str, /) -> str:
        """Return the cell of a column."""


@dataclass(frozen=True)
class Origin:
    """Where the cells of derived rows are written: in another file, whose columns have other names."""

    table: Table
    columns: Mapping[str, str]


@dataclass(slots=True)
class Row:
    """One row of a table and the line it starts on, in that table or in that of its origin."""

    table: Table
    line: int
    cells: list[str]
    origin: Origin | None = None

    def __getitem__(self, column: str) -> str:
        return self.cells[self.table.index[column]]

    def texts(self, name: str) -> dict[str, str]:
        """Return the texts of the columns ``NAME_LANGUAGE`` that are not empty, by language."""
        return {
            column.lang: cell
            for column, cell in zip(self.table.cells, self.cells, strict=True)
            if cell and column.lang and column.name == f"{name}_{column.lang}"
        }

    def replaced(self, values: Mapping[str, str]) -> Row:
        """Return the row with other values in some of its columns."""
        cells = [
            values.get(name, cell) for name, cell in zip(self.table.index, self.cells, strict=True)
        ]
        return Row(self.table, self.line, cells, self.origin)

    @property
    def key(self) -> str:
        """The key of the row, its parts joined by commas."""
        return ",".join(self[column] for column in self.table.primary_key)

    @property
    def location(self) -> str:
        """Where the row is, as ``file:line``."""
        return f"{relative(self.place('')[0].path)}:{self.line}"

    def place(self, column: str) -> tuple[Table, int, str]:
        """Return the table, the line and the column in which a cell is written.

        The column is empty if no single cell has it.
        """
        if self.origin is None:
            return self.table, self.line, column
        written = self.origin.columns.get(column, "")
        is_there = written in self.origin.table.index
        return self.origin.table, self.line, written if is_there else ""


Read = Callable[[str], Iterable[Row]]  # gives the rows of a table by name


def read_rows(table: Table) -> Iterator[Row]:
    """Read the rows of a table in order; a table that may be missing, and is, has none.

    What follows from the list of signatories is among them. A row of the file takes the place of a
    derived row with the same key.

    Raises:
        TableError: if the file cannot be read as the CSV that the schema describes.
    """
    written = read_file(table)
    return _merged(written, table.derive(), key_getter(table)) if table.derive else written


def _merged(
    written: Iterator[Row], derived: Iterable[Row], key_of: Callable[[list[str]], Key]
) -> Iterator[Row]:
    more = iter(derived)
    following = next(more, None)
    for row in written:
        try:
            key = key_of(row.cells)
        except ValueError:  # a number that is none has no place, and is reported by the checks
            yield row
            continue
        while following is not None and (derived_key := key_of(following.cells)) <= key:
            if derived_key < key:
                yield following
            following = next(more, None)
        yield row
    if following is not None:
        yield following
        yield from more


def read_file(table: Table) -> Iterator[Row]:
    """Read the rows that are in the file of a table.

    Raises:
        TableError: if the file cannot be read as the CSV that the schema describes.
    """
    if table.may_be_missing and not table.path.exists():
        return
    try:
        with table.path.open(encoding=ENCODING, newline="") as file:
            yield from read_text(table, file)
    except OSError as error:
        raise TableError([f"{relative(table.path)}: {error.strerror}."]) from None
    except UnicodeDecodeError as error:
        line = table.path.read_bytes()[: error.start].count(b"\n") + 1
        raise TableError(
            [f"{relative(table.path)}:{line}: not UTF-8. Save the file as UTF-8."]
        ) from None


def read_text(table: Table, file: TextIO) -> Iterator[Row]:
    """Read the rows of a table from its text, which begins with the header.

    Raises:
        TableError: if it is not the CSV that the schema describes.
    """
    dialect = read_dialect(table, file)
    reader = csv.reader(file, delimiter=dialect.delimiter, strict=True)
    names = list(table.index)
    try:
        header = next(reader, [])
    except csv.Error as error:
        raise _not_csv(table, dialect.header, error) from None
    if header != names:
        problem = f"the header must read {','.join(names)}."
        raise TableError([f"{relative(table.path)}:{dialect.header}: {problem}"])
    yield from read_data_rows(table, reader, dialect.header)


def read_data_rows(table: Table, reader: Reader, first: int) -> Iterator[Row]:
    """Read the rows that a reader of CSV is at, given the number of the first line that it had.

    Raises:
        TableError: if a row is not CSV, or has another number of cells than the table.
    """
    number = len(table.index)
    line = reader.line_num + first
    try:
        for cells in reader:
            if len(cells) != number:
                location = f"{relative(table.path)}:{line}"
                found = f"{len(cells)} cells instead of {number}"
                raise TableError([f"{location}: {found}. Check the commas and quotes."])
            yield Row(table, line, cells)
            line = reader.line_num + first
    except csv.Error as error:
        raise _not_csv(table, line, error) from None


def _not_csv(table: Table, line: int, error: csv.Error) -> TableError:
    return TableError([f"{relative(table.path)}:{line}: not CSV: {error}."])


def read_records(table: Table) -> list[dict[str, str]]:
    """Read a whole table as records: column name to cell."""
    return [dict(zip(table.index, row.cells, strict=True)) for row in read_rows(table)]


def key_getter(table: Table) -> Callable[[list[str]], Key]:
    """Return a function from the cells of a row to its key, in which integers are numbers."""
    columns = [
        (table.index[name], table.cells[table.index[name]].datatype in INTEGERS)
        for name in table.primary_key
    ]
    return lambda cells: tuple(
        [int(cells[at]) if is_number else cells[at] for at, is_number in columns]
    )
