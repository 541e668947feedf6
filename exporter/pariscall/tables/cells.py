"""Where a cell of a table is written: its line, and its column counted in characters."""

from __future__ import annotations

import re
from pathlib import Path

from ..errors import relative
from .csvw import Table
from .dialect import ENCODING, read_dialect

_LINE_END = re.compile(r"\r\n?|\n")


def cell_form(delimiter: str) -> re.Pattern[str]:
    """Return what a cell looks like in the text of a table (RFC 4180)."""
    return re.compile(rf'"(?:[^"]|"")*"|[^{re.escape(delimiter)}\r\n]*')


def cell_end(form: re.Pattern[str], text: str, start: int) -> int:
    """Return the offset at which a cell ends."""
    found = form.match(text, start)
    return found.end() if found else start


class CellPlaces:
    """The places of cells; each table is read once."""

    def __init__(self) -> None:
        self._texts: dict[Path, tuple[str, list[int], re.Pattern[str]]] = {}

    def place(self, table: Table, line: int, column: str) -> str:
        """Return where a cell is, as ``file:line:column``; of no column, as ``file:line``."""
        place = f"{relative(table.path)}:{line}"
        if column not in table.index:
            return place
        text, lines, form = self._text(table)
        start = at = lines[line - 1]
        for _ in range(table.index[column]):
            at = cell_end(form, text, at) + 1
        before = text[start:at]
        ends = [found.end() for found in _LINE_END.finditer(before)]  # in quoted cells
        if ends:
            return f"{relative(table.path)}:{line + len(ends)}:{len(before) - ends[-1] + 1}"
        return f"{place}:{len(before) + 1}"

    def _text(self, table: Table) -> tuple[str, list[int], re.Pattern[str]]:
        if table.path not in self._texts:
            with table.path.open(encoding=ENCODING, newline="") as file:
                delimiter = read_dialect(table, file).delimiter
                file.seek(0)
                text = file.read()
            lines = [0, *(found.end() for found in _LINE_END.finditer(text))]
            self._texts[table.path] = text, lines, cell_form(delimiter)
        return self._texts[table.path]
