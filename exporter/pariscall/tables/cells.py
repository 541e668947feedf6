"""Where a cell of a table is written: its line, and its column counted in characters."""

from __future__ import annotations

import re
from array import array
from itertools import pairwise
from pathlib import Path

from ..errors import relative
from .csvw import Table
from .dialect import ENCODING, read_dialect

_LINE_END = re.compile(r"\r\n?|\n")
# The lines of a text that is read without translation of its line ends.
LINE = re.compile(rb"[^\r\n]*(?:\r\n?|\n)|[^\r\n]+")


def cell_form(delimiter: str) -> re.Pattern[str]:
    """Return what a cell looks like in the text of a table (RFC 4180)."""
    return re.compile(rf'"(?:[^"]|"")*"|[^{re.escape(delimiter)}\r\n]*')


def cell_end(form: re.Pattern[str], text: str, start: int) -> int:
    """Return the offset at which a cell ends."""
    found = form.match(text, start)
    return found.end() if found else start


class RowTexts:
    """The texts of the rows of a table, each read when it is asked for."""

    def __init__(self, table: Table) -> None:
        self._path = table.path
        with table.path.open(encoding=ENCODING, newline="") as file:
            self.form = cell_form(read_dialect(table, file).delimiter)
        self._starts = _starts(table.path)

    def text(self, line: int) -> str:
        """Return the text of the row that starts on a line, with the line ends in its cells."""
        found = b""
        with self._path.open("rb") as file:
            file.seek(self._starts[line - 1])
            for start, end in pairwise(self._starts[line - 1 :]):
                found += file.read(end - start)
                if found.count(b'"') % 2 == 0:
                    break
        return found.decode(ENCODING if line == 1 else "utf-8")


def _starts(path: Path) -> array[int]:
    """Return the offset in bytes at which each line of a file starts, and where the file ends."""
    starts = array("Q", [0])
    with path.open("rb") as file:
        for piece in file:
            for line in LINE.findall(piece) if b"\r" in piece else (piece,):
                starts.append(starts[-1] + len(line))
    return starts


class CellPlaces:
    """The places of cells."""

    def __init__(self) -> None:
        self._texts: dict[Path, RowTexts] = {}

    def place(self, table: Table, line: int, column: str) -> str:
        """Return where a cell is, as ``file:line:column``; of no column, as ``file:line``."""
        place = f"{relative(table.path)}:{line}"
        if column not in table.index:
            return place
        if table.path not in self._texts:
            self._texts[table.path] = RowTexts(table)
        texts = self._texts[table.path]
        text, at = texts.text(line), 0
        for _ in range(table.index[column]):
            at = cell_end(texts.form, text, at) + 1
        before = text[:at]
        ends = [found.end() for found in _LINE_END.finditer(before)]  # in quoted cells
        if ends:
            return f"{relative(table.path)}:{line + len(ends)}:{len(before) - ends[-1] + 1}"
        return f"{place}:{len(before) + 1}"
