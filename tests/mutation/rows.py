"""Faults in whole rows and lines: lost, twice there, out of order, with cells mixed up."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence

from pariscall.tables.csvw import Table
from pariscall.tables.writer import delimiter_of

from .mutant import Mutant, RowChange, SourceText, spread
from .source import Source

Row = tuple[str, ...]

_LONG = 1000
_PAIRS = 4
_WINDOWS = (("earliest", "latest"), ("start", "end"), ("first_seen", "last_seen"))


def row_mutants(source: Source) -> Iterator[Mutant]:
    """Make every fault in the rows of every table."""
    for table in source.schema.tables:
        faults = _Faults(source, table)
        for fault, change in ROW_FAULTS.items():
            yield from faults.lines(fault, change)
        yield from faults.out_of_order()
        yield from faults.swapped_cells()
        yield from faults.windows_turned_round()


def line(cells: Sequence[str], delimiter: str = ",") -> bytes:
    """Write a row as a line of a table."""
    text = io.StringIO()
    csv.writer(text, delimiter=delimiter, lineterminator="\n").writerow(cells)
    return text.getvalue().encode()


class _Faults:
    """The faults in the rows of one table."""

    def __init__(self, source: Source, table: Table) -> None:
        self._source = source
        self._table = table
        self._rows = [row for _, row in source.rows[table.name]]
        self._number = 1 if len(self._rows) < _LONG else 2

    def lines(self, fault: str, change: Callable[[Row, str], SourceText]) -> Iterator[Mutant]:
        """Put other lines in the place of a row."""
        for at in spread(range(len(self._rows)), self._number, f"{fault} {self._table.name}"):
            yield self._mutant(fault, at, 1, change(self._rows[at], delimiter_of(self._table)))

    def out_of_order(self) -> Iterator[Mutant]:
        """Swap rows that follow each other."""
        fault = "row out of order"
        for at in spread(range(len(self._rows) - 1), self._number, f"{fault} {self._table.name}"):
            yield self._mutant(fault, at, 2, (self._rows[at + 1], self._rows[at]))

    def swapped_cells(self) -> Iterator[Mutant]:
        """Swap the cells of some columns that stand side by side."""
        names = list(self._table.index)
        for left in spread(range(len(names) - 1), _PAIRS, f"columns {self._table.name}"):
            pair = names[left], names[left + 1]
            filled = [at for at, row in enumerate(self._rows) if row[left] or row[left + 1]]
            for at in spread(filled, 1, f"swapped {self._table.name} {pair}"):
                yield self._swapped("two cells swapped", at, pair)

    def windows_turned_round(self) -> Iterator[Mutant]:
        """Swap the first and the last day of a window."""
        for pair in _WINDOWS:
            if set(pair) <= self._table.index.keys():
                left, right = (self._table.index[name] for name in pair)
                open_ = [
                    at
                    for at, row in enumerate(self._rows)
                    if row[left] and row[right] and row[left] != row[right]
                ]
                for at in spread(open_, 2, f"window {self._table.name}"):
                    yield self._swapped("window turned round", at, pair)

    def _swapped(self, fault: str, at: int, pair: tuple[str, str]) -> Mutant:
        left, right = (self._table.index[name] for name in pair)
        row = self._rows[at]
        cells = list(row)
        cells[left], cells[right] = row[right], row[left]
        change = RowChange(self._table.name, at, 1, (tuple(cells),))
        before, after = f"{row[left]},{row[right]}", f"{row[right]},{row[left]}"
        location = self._source.location(self._table, at)
        return Mutant(fault, location, ",".join(pair), before, after, change)

    def _mutant(self, fault: str, at: int, replaced: int, lines: SourceText) -> Mutant:
        change = RowChange(self._table.name, at, replaced, lines, fault != "row out of order")
        before = _shown(tuple(self._rows[at : at + replaced]))
        location = self._source.location(self._table, at)
        return Mutant(fault, location, "row", before, _shown(lines), change)


def _shown(lines: SourceText) -> str:
    shown = b"".join(each if isinstance(each, bytes) else line(each) for each in lines)
    return shown.decode(errors="replace").rstrip("\n")


def _lost(_row: Row, _delimiter: str) -> SourceText:
    return ()


def _twice(row: Row, _delimiter: str) -> SourceText:
    return (row, row)


def _cell_too_many(row: Row, delimiter: str) -> SourceText:
    return (line((*row, ""), delimiter),)


def _cell_too_few(row: Row, delimiter: str) -> SourceText:
    return (line(row[:-1], delimiter),)


def _open_quote(row: Row, delimiter: str) -> SourceText:
    return (b'"' + line(row, delimiter),)


def _other_encoding(row: Row, delimiter: str) -> SourceText:
    return (
        line((*row[:-1], f"{row[-1]}é"), delimiter).decode().encode("latin-1", errors="replace"),
    )


ROW_FAULTS: dict[str, Callable[[Row, str], SourceText]] = {
    "row lost": _lost,
    "row twice": _twice,
    "cell too many": _cell_too_many,
    "cell too few": _cell_too_few,
    "open quote": _open_quote,
    "line in Latin-1": _other_encoding,
}
